import { statfsSync } from 'node:fs';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { CallHead, UnsentEvent } from '../call/call.ts';

/** A stored event; keys grow in the order the events happened. */
export interface SpooledEvent {
  readonly key: number;
  readonly event: UnsentEvent;
}

/** What is known on disk of a call that has not ended. */
export interface JournaledCall extends CallHead {
  readonly lastSeq: number;
  readonly lastEventAt: number;
}

export interface SpoolLimits {
  /** How much all events on disk may use. */
  readonly maxBytes: number;
  /** How much of the disk is left to others: the PBX may use the same one. */
  readonly reserveBytes: number;
}

/** An event that EventBridge will never accept, and why. */
export interface RejectedEvent {
  readonly event: UnsentEvent;
  readonly reason: string;
}

interface Waiting {
  readonly key: number;
  readonly bytes: number;
  /** In memory only while it is being written, or cannot be. */
  event: UnsentEvent | undefined;
  isBeingWritten: boolean;
}

interface Databases {
  readonly root: RootDatabase;
  readonly events: Database<UnsentEvent, number>;
  readonly calls: Database<JournaledCall, string>;
  readonly rejected: Database<RejectedEvent, number>;
}

const UNLIMITED: SpoolLimits = { maxBytes: Infinity, reserveBytes: 0 };
/** Without room on disk, events wait in memory up to this; beyond it, no new legs are accepted. */
const MAX_MEMORY_BYTES = 64 * 1_048_576;

/**
 * Events on disk until EventBridge has them, and a journal of the calls that are live. What does not fit on the disk
 * waits in memory, in its place in the order, and is written as soon as there is room.
 */
export class Spool {
  readonly #root: RootDatabase;
  readonly #events: Database<UnsentEvent, number>;
  readonly #calls: Database<JournaledCall, string>;
  readonly #rejected: Database<RejectedEvent, number>;
  readonly #limits: SpoolLimits;
  readonly #freeBytes: () => number;
  /** What waits of each call, oldest first; the calls in the order of their oldest. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** The newest event of each waiting call that the journal knows: an older one that is written later adds nothing. */
  readonly #journaled = new Map<string, number>();
  /** Keys of events that went and are still on disk. */
  readonly #taken = new Set<number>();
  #nextKey = 1;
  #count = 0;
  #diskBytes = 0;
  #memoryBytes = 0;

  private constructor(databases: Databases, limits: SpoolLimits, freeBytes: () => number) {
    this.#root = databases.root;
    this.#events = databases.events;
    this.#calls = databases.calls;
    this.#rejected = databases.rejected;
    this.#limits = limits;
    this.#freeBytes = freeBytes;
  }

  /**
   * Opens the spool of a folder, with what an earlier relay left in it.
   * @param freeBytes free bytes of the disk
   * @throws {Error} when the folder cannot be written.
   */
  static start(folder: string, limits: SpoolLimits = UNLIMITED, freeBytes = () => freeBytesOf(folder)): Spool {
    // A commit resolves only when it is on disk.
    const root = open({ path: folder, overlappingSync: false, maxDbs: 3 });
    const spool = new Spool(
      {
        root,
        events: root.openDB({ name: 'events', encoding: 'json' }),
        calls: root.openDB({ name: 'calls', encoding: 'json' }),
        rejected: root.openDB({ name: 'rejected', encoding: 'json' }),
      },
      limits,
      freeBytes,
    );
    spool.#read();
    return spool;
  }

  #read(): void {
    for (const { key, value } of this.#events.getRange()) {
      const bytes = bytesOf(value);
      this.#enqueue(value.callId, { key, bytes, event: undefined, isBeingWritten: false });
      this.#diskBytes += bytes;
      this.#nextKey = key + 1;
    }
  }

  /** Events that wait. */
  get count(): number {
    return this.#count;
  }

  /** Events that wait and are not on disk. */
  get unwrittenCount(): number {
    let count = 0;
    for (const { event } of this.#all()) if (event) count++;
    return count;
  }

  get rejectedCount(): number {
    return this.#rejected.getCount();
  }

  /** Whether the words of another call could be kept. */
  get hasRoom(): boolean {
    return this.#memoryBytes < MAX_MEMORY_BYTES;
  }

  /** Calls that were live when the last entry was written. */
  liveCalls(): JournaledCall[] {
    return Array.from(this.#calls.getRange(), ({ value }) => value);
  }

  rejected(): RejectedEvent[] {
    return Array.from(this.#rejected.getRange(), ({ value }) => value);
  }

  /**
   * Stores an event and what it implies for its call, both or neither. Resolves when they are on disk: true; or when
   * they wait in memory because the disk has no room for them: false.
   */
  async append(event: UnsentEvent): Promise<boolean> {
    const waiting: Waiting = { key: this.#nextKey++, bytes: bytesOf(event), event, isBeingWritten: true };
    this.#memoryBytes += waiting.bytes;
    this.#enqueue(event.callId, waiting);
    return this.#write(waiting, event);
  }

  /** Writes what could not be written before. Resolves when all is on disk: true; or when there is still no room. */
  async writeRest(): Promise<boolean> {
    for (const waiting of this.#all()) {
      const { event } = waiting;
      if (event && !waiting.isBeingWritten && !(await this.#write(waiting, event))) return false;
    }
    return true;
  }

  /** The oldest event of each call that `isBusy` lets through, at most `limit`. */
  firstOfEachCall(limit: number, isBusy: (callId: string) => boolean): SpooledEvent[] {
    const found: SpooledEvent[] = [];
    for (const [callId, [first]] of this.#waiting) {
      if (found.length === limit) break;
      if (!first || first.isBeingWritten || isBusy(callId)) continue;
      const event = first.event ?? this.#events.get(first.key);
      if (event) found.push({ key: first.key, event });
    }
    return found;
  }

  /** Forgets events, each the oldest of its call. */
  async remove(events: readonly SpooledEvent[]): Promise<void> {
    for (const { key, event } of events) if (this.#dequeue(event.callId)) this.#taken.add(key);
    await this.#forgetTaken();
  }

  /** Moves an event, the oldest of its call, out of the way of later ones. It stays on disk for a person to inspect. */
  async setAside({ key, event }: SpooledEvent, reason: string): Promise<void> {
    this.#dequeue(event.callId);
    this.#taken.add(key);
    await this.#root
      .transaction(() => {
        void this.#rejected.put(key, { event, reason });
      })
      .catch(() => undefined);
    await this.#forgetTaken();
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  async #write(waiting: Waiting, event: UnsentEvent): Promise<boolean> {
    waiting.isBeingWritten = true;
    const { maxBytes, reserveBytes } = this.#limits;
    const hasRoom = this.#diskBytes + waiting.bytes <= maxBytes && this.#freeBytes() >= reserveBytes;
    try {
      // The journal is a few bytes a call and is kept in any case: a seq must not be assigned twice.
      await this.#root.transaction(() => {
        if (hasRoom) void this.#events.put(waiting.key, event);
        this.#journal(waiting.key, event);
      });
    } catch {
      waiting.isBeingWritten = false;
      return false;
    }
    waiting.isBeingWritten = false;
    if (!hasRoom) return false;
    waiting.event = undefined;
    this.#memoryBytes -= waiting.bytes;
    this.#diskBytes += waiting.bytes;
    return true;
  }

  /** What a full disk does not forget now is forgotten the next time, or, after a restart, sent once more. */
  async #forgetTaken(): Promise<void> {
    const keys = [...this.#taken];
    if (keys.length === 0) return;
    try {
      await this.#root.transaction(() => {
        for (const key of keys) void this.#events.remove(key);
      });
      for (const key of keys) this.#taken.delete(key);
    } catch {
      // They stay in the set.
    }
  }

  *#all(): Generator<Waiting> {
    for (const list of this.#waiting.values()) yield* list;
  }

  #enqueue(callId: string, waiting: Waiting): void {
    this.#count++;
    const list = this.#waiting.get(callId);
    if (list) list.push(waiting);
    else this.#waiting.set(callId, [waiting]);
  }

  /** Returns whether the event is on disk. */
  #dequeue(callId: string): boolean {
    const list = this.#waiting.get(callId);
    const first = list?.shift();
    if (!list || !first) return false;
    // Behind the others, so that one talkative call does not hold up the rest.
    this.#waiting.delete(callId);
    if (list.length > 0) this.#waiting.set(callId, list);
    else this.#journaled.delete(callId);
    this.#count--;
    if (first.event) this.#memoryBytes -= first.bytes;
    else this.#diskBytes -= first.bytes;
    return first.event === undefined;
  }

  #journal(key: number, event: UnsentEvent): void {
    const { relayId, callId, pbx, callStartedAt } = event;
    if (key < (this.#journaled.get(callId) ?? 0)) return;
    if (this.#waiting.has(callId)) this.#journaled.set(callId, key);
    const head = { relayId, callId, pbx, callStartedAt };
    if (event.type === 'CallStarted') void this.#calls.put(callId, { ...head, lastSeq: 0, lastEventAt: callStartedAt });
    if (event.type === 'UtteranceTranscribed')
      void this.#calls.put(callId, { ...head, lastSeq: event.seq, lastEventAt: event.spokenAt });
    if (event.type === 'CallEnded') void this.#calls.remove(callId);
  }
}

function bytesOf(event: UnsentEvent): number {
  return Buffer.byteLength(JSON.stringify(event));
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
