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

/** Events on disk until EventBridge has them, and a journal of the calls that are live. */
export class Spool {
  readonly #root: RootDatabase;
  readonly #events: Database<UnsentEvent, number>;
  readonly #calls: Database<JournaledCall, string>;
  /** Keys on disk by call, oldest first; the calls in the order of their oldest. */
  readonly #waiting = new Map<string, number[]>();
  #nextKey = 1;
  #count = 0;

  /** @throws {Error} when the folder cannot be written. */
  constructor(folder: string) {
    // A commit is only told when it is on disk.
    this.#root = open({ path: folder, overlappingSync: false, maxDbs: 2 });
    this.#events = this.#root.openDB({ name: 'events', encoding: 'json' });
    this.#calls = this.#root.openDB({ name: 'calls', encoding: 'json' });
    for (const { key, value } of this.#events.getRange()) {
      this.#enqueue(value.callId, key);
      this.#nextKey = key + 1;
      this.#count++;
    }
  }

  /** Events that wait. */
  get count(): number {
    return this.#count;
  }

  /** Calls that were live when the last entry was written. */
  liveCalls(): JournaledCall[] {
    return Array.from(this.#calls.getRange(), ({ value }) => value);
  }

  /** Stores an event and what it says of its call, both or neither. Resolves when they are on disk. */
  async append(event: UnsentEvent): Promise<void> {
    const key = this.#nextKey++;
    this.#count++;
    await this.#root.transaction(() => {
      void this.#events.put(key, event);
      this.#journal(event);
    });
    this.#enqueue(event.callId, key);
  }

  /** The oldest event of each call that `isBusy` lets through, at most `limit`. */
  firstOfEachCall(limit: number, isBusy: (callId: string) => boolean): SpooledEvent[] {
    const found: SpooledEvent[] = [];
    for (const [callId, [key]] of this.#waiting) {
      if (found.length === limit) break;
      const event = key === undefined || isBusy(callId) ? undefined : this.#events.get(key);
      if (key !== undefined && event) found.push({ key, event });
    }
    return found;
  }

  /** Forgets events, each the oldest of its call. */
  async remove(events: readonly SpooledEvent[]): Promise<void> {
    for (const { event } of events) {
      const keys = this.#waiting.get(event.callId);
      keys?.shift();
      // Behind the others, so that one talkative call does not hold up the rest.
      this.#waiting.delete(event.callId);
      if (keys && keys.length > 0) this.#waiting.set(event.callId, keys);
    }
    this.#count -= events.length;
    await this.#root.transaction(() => {
      for (const { key } of events) void this.#events.remove(key);
    });
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  #enqueue(callId: string, key: number): void {
    const keys = this.#waiting.get(callId);
    if (keys) keys.push(key);
    else this.#waiting.set(callId, [key]);
  }

  #journal(event: UnsentEvent): void {
    const { relayId, callId, pbx, callStartedAt } = event;
    const head = { relayId, callId, pbx, callStartedAt };
    if (event.type === 'CallStarted') void this.#calls.put(callId, { ...head, lastSeq: 0, lastEventAt: callStartedAt });
    if (event.type === 'UtteranceTranscribed')
      void this.#calls.put(callId, { ...head, lastSeq: event.seq, lastEventAt: event.spokenAt });
    if (event.type === 'CallEnded') void this.#calls.remove(callId);
  }
}
