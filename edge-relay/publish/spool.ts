import { statfsSync } from 'node:fs';
import { callMetadataSchema } from '#core/call/events.ts';
import { type RelayEvent, relayEventSchema } from '#core/contracts/events.ts';
import { nameSchema } from '#core/fields.ts';
import { type Channel, channelSchema } from '#core/ids.ts';
import { type TrunkAnswer, trunkAnswerSchema } from '#core/trunks.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { UnsentEvent } from '../call/call.ts';
import type { CallMemory, LeftCall } from '../call/memory.ts';
import type { Change } from '../store/record.ts';
import { Store } from '../store/store.ts';

/** An event that waits, by its key; keys grow in the order the events happened. */
export interface WaitingEvent {
  readonly key: number;
  readonly callId: string;
}

/** A stored event. */
export interface SpooledEvent {
  readonly key: number;
  readonly event: UnsentEvent;
}

export interface SpoolLimits {
  /** How much all events on disk may use. */
  readonly maxBytes: number;
  /** How much of the disk is left to others: the PBX may use the same one. */
  readonly reserveBytes: number;
}

type SpokenAt = Readonly<Partial<Record<Channel, number>>>;

const journaledCallSchema = z.object({
  relayId: nameSchema,
  callId: nameSchema,
  pbx: nameSchema,
  callStartedAt: z.number(),
  lastSeq: z.number(),
  lastEventAt: z.number(),
  spokenAt: z.partialRecord(channelSchema, z.number()).optional(),
});

const memorySchema = z.object({
  callId: nameSchema,
  keptAt: z.number(),
  sides: z.partialRecord(channelSchema, z.object({ heardUntilAt: z.number(), untoldMs: z.number() })),
  fromPbx: callMetadataSchema,
  fromDialler: callMetadataSchema,
});

interface Waiting extends WaitingEvent {
  readonly bytes: number;
  /** In memory only while it is being written, or cannot be. */
  event: UnsentEvent | undefined;
  isBeingWritten: boolean;
}

export interface SpoolDependencies {
  readonly now: () => number;
  readonly log: Logger;
  readonly limits?: SpoolLimits;
  /** Free bytes of the disk. */
  readonly freeBytes?: () => number;
}

const UNLIMITED: SpoolLimits = { maxBytes: Infinity, reserveBytes: 0 };
/** Without room on disk, events wait in memory up to this; beyond it, no new legs are accepted. */
const MAX_MEMORY_BYTES = 64 * 1_048_576;
/** How long the ids of calls that ended are kept. */
export const ENDED_KEPT_MS = 3_600_000;
/** Old ids that are forgotten with each call that ends: more than one, so that they do not pile up. */
const FORGOTTEN_AT_ONCE = 8;
const CREATED_AT = 'createdAt';
const TRUNK_ANSWERS = 'trunkAnswers';
/** Answers about trunks that are kept, the newest. */
const MAX_TRUNK_ANSWERS = 100;

/** The cloud refuses a call whose numbers jump further. */
const MAX_SKIPPED_SEQS = 1_000;

/**
 * Events on disk until EventBridge has them, and a journal of the calls that are live. What does not fit on the disk
 * waits in memory, in its place in the order, and is written as soon as there is room.
 */
export class Spool {
  readonly #store: Store;
  readonly #limits: SpoolLimits;
  readonly #freeBytes: () => number;
  /** What waits of each call, oldest first; the calls in the order of their oldest. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** The newest event of each waiting call that the journal knows: an older one that is written later adds nothing. */
  readonly #journaled = new Map<string, number>();
  /** Keys on disk of events that went and are still there. */
  readonly #taken = new Set<string>();
  /** When the last words of each side ended, of the calls that are live. */
  readonly #spokenAt = new Map<string, SpokenAt>();
  /** When calls ended, the longest ago first. */
  readonly #ended = new Map<string, number>();
  #leftCalls: readonly LeftCall[] = [];
  #createdAt = 0;
  #trunkAnswers: readonly TrunkAnswer[] = [];
  #nextKey = 1;
  #count = 0;
  #diskBytes = 0;
  #memoryBytes = 0;

  private constructor(store: Store, limits: SpoolLimits, freeBytes: () => number) {
    this.#store = store;
    this.#limits = limits;
    this.#freeBytes = freeBytes;
  }

  /**
   * Opens the spool of a folder, with what an earlier relay left in it. What is damaged is set aside; while the folder
   * cannot be written, events wait in memory.
   */
  static async start(folder: string, dependencies: SpoolDependencies): Promise<Spool> {
    const { limits = UNLIMITED, freeBytes = () => freeBytesOf(folder) } = dependencies;
    const spool = new Spool(await Store.open(folder, dependencies), limits, freeBytes);
    await spool.#read(dependencies.now());
    return spool;
  }

  async #read(now: number): Promise<void> {
    const found = Array.from(this.#store.keys('events'), ({ key, bytes }) => ({ ...readEventKey(key), bytes }));
    for (const { key, callId, bytes } of found.sort((a, b) => a.key - b.key)) {
      this.#enqueue({ key, callId, bytes, event: undefined, isBeingWritten: false });
      this.#diskBytes += bytes;
      this.#nextKey = key + 1;
    }
    await this.#readCalls();
    for (const { key, value } of await this.#store.readAll('ended'))
      if (typeof value === 'number') this.#ended.set(key, value);
    const createdAt = await this.#store.read('facts', CREATED_AT);
    // What is lost may have been calls.
    this.#createdAt = typeof createdAt === 'number' && this.lostRows === 0 ? createdAt : now;
    await this.#store.write([{ table: 'facts', key: CREATED_AT, value: this.#createdAt }]).catch(() => undefined);
    const answers = z.array(trunkAnswerSchema).safeParse(await this.#store.read('facts', TRUNK_ANSWERS));
    this.#trunkAnswers = answers.data ?? [];
  }

  async #readCalls(): Promise<void> {
    const memories = new Map<string, CallMemory>();
    for (const { key, value } of await this.#store.readAll('memories')) {
      const { data } = memorySchema.safeParse(value);
      if (data) memories.set(key, data);
    }
    // Rows that are lost may have been utterances: their numbers must not be given to others.
    const skipped = Math.min(this.lostRows, MAX_SKIPPED_SEQS);
    this.#leftCalls = (await this.#store.readAll('calls')).flatMap(({ value }) => {
      const { data } = journaledCallSchema.safeParse(value);
      if (!data) return [];
      const { spokenAt, ...call } = data;
      if (spokenAt) this.#spokenAt.set(call.callId, spokenAt);
      const memory = memories.get(call.callId);
      return [{ ...call, lastSeq: call.lastSeq + skipped, ...(spokenAt && { spokenAt }), ...(memory && { memory }) }];
    });
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
    return Array.from(this.#store.keys('rejected')).length;
  }

  /** Rows that are known to be lost since the start. */
  get lostRows(): number {
    return this.#store.setAside.lostRows;
  }

  /** Why nothing can be written; undefined while it can. */
  get problem(): string | undefined {
    return this.#store.problem;
  }

  /** Where damaged parts of it are, until a person deletes them. */
  get setAsideFolders(): string[] {
    return this.#store.setAside.folders;
  }

  /** Whether the words of another call could be kept. */
  get hasRoom(): boolean {
    return this.#memoryBytes < MAX_MEMORY_BYTES;
  }

  /** Calls that were live when an earlier relay wrote last, with what it kept of them. */
  leftCalls(): readonly LeftCall[] {
    return this.#leftCalls;
  }

  /**
   * Since when the journal knows every call: one that began before may have been numbered by a relay whose spool, or
   * part of it, is lost.
   */
  get createdAt(): number {
    return this.#createdAt;
  }

  /** What admins have answered about trunks. */
  get trunkAnswers(): readonly TrunkAnswer[] {
    return this.#trunkAnswers;
  }

  /** Keeps an answer about a trunk, in the place of an earlier one. Resolves when it is on disk, or cannot be. */
  async keepTrunkAnswer(answer: TrunkAnswer): Promise<void> {
    const others = this.#trunkAnswers.filter(({ prefix }) => prefix !== answer.prefix);
    this.#trunkAnswers = [...others, answer].slice(-MAX_TRUNK_ANSWERS);
    const change = { table: 'facts', key: TRUNK_ANSWERS, value: this.#trunkAnswers };
    await this.#store.write([change]).catch(() => undefined);
  }

  /** The ids of the calls that ended in the last hour. */
  endedCallIds(now: number): string[] {
    return [...this.#ended].flatMap(([callId, endedAt]) => (endedAt >= now - ENDED_KEPT_MS ? [callId] : []));
  }

  /** Keeps what the next relay needs to go on with these calls. Resolves when it is on disk, or cannot be. */
  async keep(memories: readonly CallMemory[]): Promise<void> {
    if (memories.length === 0) return;
    const changes = memories.map((memory) => ({ table: 'memories', key: memory.callId, value: memory }));
    await this.#store.write(changes).catch(() => undefined);
  }

  async rejected(): Promise<unknown[]> {
    return (await this.#store.readAll('rejected')).map(({ value }) => value);
  }

  /**
   * Stores an event and what it implies for its call, both or neither. Resolves when they are on disk: true; or when
   * they wait in memory because the disk has no room for them: false.
   */
  async append(event: UnsentEvent): Promise<boolean> {
    const { callId } = event;
    const waiting: Waiting = { key: this.#nextKey++, callId, bytes: bytesOf(event), event, isBeingWritten: true };
    this.#memoryBytes += waiting.bytes;
    this.#enqueue(waiting);
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
  firstOfEachCall(limit: number, isBusy: (callId: string) => boolean): WaitingEvent[] {
    const found: WaitingEvent[] = [];
    for (const [callId, [first]] of this.#waiting) {
      if (found.length === limit) break;
      if (first && !first.isBeingWritten && !isBusy(callId)) found.push(first);
    }
    return found;
  }

  /** Reads events, each the oldest of its call. What can no longer be read is forgotten and left out. */
  async load(waiting: readonly WaitingEvent[]): Promise<SpooledEvent[]> {
    const loaded = await Promise.all(waiting.map((each) => this.#load(each)));
    return loaded.filter((each) => each !== undefined);
  }

  async #load({ key, callId }: WaitingEvent): Promise<SpooledEvent | undefined> {
    const inMemory = this.#waiting.get(callId)?.find((each) => each.key === key)?.event;
    if (inMemory) return { key, event: inMemory };
    const stored = await this.#store.read('events', eventKey(key, callId));
    const event = readEvent(stored, callId);
    if (event) return { key, event };
    this.#dequeue(callId, key);
    if (stored !== undefined) await this.#reject(eventKey(key, callId), { event: stored, reason: 'Unreadable' });
    return undefined;
  }

  /** Forgets events, each the oldest of its call. */
  async remove(events: readonly SpooledEvent[]): Promise<void> {
    for (const { key, event } of events)
      if (this.#dequeue(event.callId, key)) this.#taken.add(eventKey(key, event.callId));
    await this.#forgetTaken();
  }

  /** Moves an event, the oldest of its call, out of the way of later ones. It stays on disk for a person to inspect. */
  async setAside({ key, event }: SpooledEvent, reason: string): Promise<void> {
    this.#dequeue(event.callId, key);
    await this.#reject(eventKey(key, event.callId), { event, reason });
  }

  async #reject(key: string, rejected: { readonly event: unknown; readonly reason: string }): Promise<void> {
    this.#taken.add(key);
    await this.#store.write([{ table: 'rejected', key, value: rejected }]).catch(() => undefined);
    await this.#forgetTaken();
  }

  async close(): Promise<void> {
    await this.#store.close();
  }

  async #write(waiting: Waiting, event: UnsentEvent): Promise<boolean> {
    waiting.isBeingWritten = true;
    const { maxBytes, reserveBytes } = this.#limits;
    const hasRoom = this.#diskBytes + waiting.bytes <= maxBytes && this.#freeBytes() >= reserveBytes;
    try {
      // The journal is a few bytes a call and is kept in any case: a seq must not be assigned twice.
      await this.#store.write([
        ...(hasRoom ? [{ table: 'events', key: eventKey(waiting.key, event.callId), value: event }] : []),
        ...this.#journal(waiting.key, event),
      ]);
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
      await this.#store.write(keys.map((key) => ({ table: 'events', key })));
      for (const key of keys) this.#taken.delete(key);
    } catch {
      // They stay in the set.
    }
  }

  *#all(): Generator<Waiting> {
    for (const list of this.#waiting.values()) yield* list;
  }

  #enqueue(waiting: Waiting): void {
    this.#count++;
    const list = this.#waiting.get(waiting.callId);
    if (list) list.push(waiting);
    else this.#waiting.set(waiting.callId, [waiting]);
  }

  /** Returns whether the event is on disk. */
  #dequeue(callId: string, key: number): boolean {
    const list = this.#waiting.get(callId);
    const first = list?.[0];
    if (!list || first?.key !== key) return false;
    list.shift();
    // Behind the others, so that one talkative call does not hold up the rest.
    this.#waiting.delete(callId);
    if (list.length > 0) this.#waiting.set(callId, list);
    else this.#journaled.delete(callId);
    this.#count--;
    if (first.event) this.#memoryBytes -= first.bytes;
    else this.#diskBytes -= first.bytes;
    return first.event === undefined;
  }

  /** What the event implies for its call. */
  #journal(key: number, event: UnsentEvent): Change[] {
    const { relayId, callId, pbx, callStartedAt } = event;
    if (key < (this.#journaled.get(callId) ?? 0)) return [];
    if (this.#waiting.has(callId)) this.#journaled.set(callId, key);
    const head = { relayId, callId, pbx, callStartedAt };
    const putCall = (value: LeftCall): Change[] => [{ table: 'calls', key: callId, value }];
    if (event.type === 'CallStarted') return putCall({ ...head, lastSeq: 0, lastEventAt: callStartedAt });
    if (event.type === 'UtteranceTranscribed') {
      const spokenAt = { ...this.#spokenAt.get(callId), [event.channel]: event.spokenAt };
      this.#spokenAt.set(callId, spokenAt);
      return putCall({ ...head, lastSeq: event.seq, lastEventAt: event.spokenAt, spokenAt });
    }
    return event.type === 'CallEnded' ? this.#journalEnd(callId, event.endedAt) : [];
  }

  #journalEnd(callId: string, endedAt: number): Change[] {
    this.#spokenAt.delete(callId);
    const old = [...this.#ended].filter(([, at]) => at < endedAt - ENDED_KEPT_MS).slice(0, FORGOTTEN_AT_ONCE);
    for (const [oldId] of old) this.#ended.delete(oldId);
    this.#ended.set(callId, endedAt);
    return [
      { table: 'calls', key: callId },
      { table: 'memories', key: callId },
      { table: 'ended', key: callId, value: endedAt },
      ...old.map(([oldId]) => ({ table: 'ended', key: oldId })),
    ];
  }
}

/** Events are read back in the order of their keys, without their values. */
function eventKey(key: number, callId: string): string {
  return `${String(key).padStart(12, '0')} ${callId}`;
}

function readEventKey(text: string): WaitingEvent {
  const at = text.indexOf(' ');
  return { key: Number(text.slice(0, at)), callId: text.slice(at + 1) };
}

/** What is stored is from outside: another release may have written it. */
function readEvent(stored: unknown, callId: string): UnsentEvent | undefined {
  const { data } = relayEventSchema.safeParse(
    (stored as Partial<RelayEvent> | undefined)?.type === 'UtteranceTranscribed'
      ? { publishedAt: 0, ...(stored as object) }
      : stored,
  );
  if (!data || !('callId' in data) || data.callId !== callId) return undefined;
  return stored as UnsentEvent;
}

function bytesOf(event: UnsentEvent): number {
  return Buffer.byteLength(JSON.stringify(event));
}

function freeBytesOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // The store says what is wrong with the folder, and makes it anew if it is gone.
    return Infinity;
  }
}
