import { type CallsTicked, RELAY_SOURCE, type RelayEvent } from '#core/events.ts';
import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Logger } from 'pino';
import type { UnsentEvent } from '../call/call.ts';
import type { Clock } from '../clock.ts';
import type { Spool, SpooledEvent } from './spool.ts';

export interface PublisherDependencies {
  readonly client: Pick<EventBridgeClient, 'send'>;
  readonly busName: string;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Logger;
}

/** PutEvents takes no more. */
const MAX_ENTRIES = 10;
/** Requests under way at once; each carries other calls. */
const MAX_REQUESTS = 4;
const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 5_000;

/**
 * Brings events to EventBridge: what is on disk until it is taken, each call's in order, and ticks straight, for the
 * next one replaces a tick that was lost.
 */
export class Publisher {
  readonly #deps: PublisherDependencies;
  /** Calls of which an event is under way, or waits to be tried again. */
  readonly #busyCalls = new Set<string>();
  #requests = 0;
  #failures = 0;
  #unsentTick: CallsTicked[] = [];
  #isTickUnderWay = false;
  #onFlushed: (() => void) | undefined;
  publishedEvents = 0;
  failedEntries = 0;
  droppedTicks = 0;

  constructor(dependencies: PublisherDependencies) {
    this.#deps = dependencies;
    this.#pump();
  }

  /** Failures since something was last published; 0 says that the cloud can be reached. */
  get consecutiveFailures(): number {
    return this.#failures;
  }

  publish(event: UnsentEvent): void {
    this.#deps.spool.append(event).then(
      () => {
        this.#pump();
      },
      (error: unknown) => {
        this.#deps.log.error({ err: error, type: event.type }, 'event could not be written to the spool');
      },
    );
  }

  /** Sends a report now. One that waits behind an earlier one is dropped for it, all its parts. */
  tick(event: CallsTicked): void {
    if (event.part === 1) {
      this.droppedTicks += this.#unsentTick.length;
      this.#unsentTick = [];
    }
    this.#unsentTick.push(event);
    if (event.part === event.parts) void this.#sendTicks();
  }

  /** Resolves when the spool is empty, or after `timeoutMs`; says whether it is. */
  async flush(timeoutMs: number): Promise<boolean> {
    if (this.#deps.spool.count > 0)
      await new Promise<void>((resolve) => {
        const cancel = this.#deps.clock.after(timeoutMs, resolve);
        this.#onFlushed = () => {
          cancel();
          resolve();
        };
      });
    return this.#deps.spool.count === 0;
  }

  #pump(): void {
    while (this.#requests < MAX_REQUESTS) {
      const batch = this.#deps.spool.firstOfEachCall(MAX_ENTRIES, (callId) => this.#busyCalls.has(callId));
      if (batch.length === 0) break;
      void this.#send(batch);
    }
  }

  async #send(batch: readonly SpooledEvent[]): Promise<void> {
    const { spool, clock } = this.#deps;
    this.#requests++;
    for (const { event } of batch) this.#busyCalls.add(event.callId);
    const isTaken = await this.#putEvents(batch.map(({ event }) => this.#stamped(event)));
    const taken = batch.filter((_, i) => isTaken[i]);
    const failed = batch.filter((_, i) => !isTaken[i]);
    await spool.remove(taken);
    this.#requests--;
    for (const { event } of taken) this.#busyCalls.delete(event.callId);
    if (failed.length > 0)
      clock.after(this.#backoffMs(), () => {
        for (const { event } of failed) this.#busyCalls.delete(event.callId);
        this.#pump();
      });
    if (spool.count === 0) this.#onFlushed?.();
    this.#pump();
  }

  async #sendTicks(): Promise<void> {
    if (this.#isTickUnderWay) return;
    this.#isTickUnderWay = true;
    while (this.#unsentTick.length > 0) {
      const parts = this.#unsentTick.splice(0, MAX_ENTRIES);
      const isTaken = await this.#putEvents(parts);
      this.droppedTicks += isTaken.filter((taken) => !taken).length;
    }
    this.#isTickUnderWay = false;
  }

  /** Says of each event whether EventBridge took it. */
  async #putEvents(events: readonly RelayEvent[]): Promise<boolean[]> {
    const { client, busName, log } = this.#deps;
    try {
      const command = new PutEventsCommand({ Entries: events.map((event) => entryOf(event, busName)) });
      const { Entries, FailedEntryCount } = await client.send(command);
      const isTaken = events.map((_, i) => Entries?.[i]?.EventId !== undefined);
      if (isTaken.every(Boolean)) {
        this.#failures = 0;
      } else {
        this.#failures++;
        this.failedEntries += isTaken.filter((taken) => !taken).length;
        const codes = [...new Set(Entries?.flatMap(({ ErrorCode }) => ErrorCode ?? []))];
        log.error(
          { failedEntryCount: FailedEntryCount, codes },
          'EventBridge refused entries, they will be sent again',
        );
      }
      this.publishedEvents += isTaken.filter(Boolean).length;
      return isTaken;
    } catch (error) {
      this.#failures++;
      this.failedEntries += events.length;
      log.error({ err: error, entries: events.length }, 'EventBridge could not be reached, events wait');
      return events.map(() => false);
    }
  }

  #stamped(event: UnsentEvent): RelayEvent {
    return event.type === 'UtteranceTranscribed' ? { ...event, publishedAt: this.#deps.clock.now() } : event;
  }

  #backoffMs(): number {
    return Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, this.#failures - 1));
  }
}

function entryOf(event: RelayEvent, busName: string): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: RELAY_SOURCE,
    DetailType: event.type,
    Detail: JSON.stringify(event),
  };
}
