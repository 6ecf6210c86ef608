import type { PeriodicEvent, RelayEvent } from '#core/contracts/events.ts';
import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Logger } from 'pino';
import { backoffMs } from '../backoff.ts';
import type { UnsentEvent } from '../call/call.ts';
import type { Clock } from '../clock.ts';
import type { Spool, SpooledEvent, WaitingEvent } from './spool.ts';

export interface PublisherDependencies {
  readonly client: Pick<EventBridgeClient, 'send'>;
  readonly busName: string;
  /** The EventBridge source that this relay's credentials may publish under. */
  readonly source: string;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The limit of PutEvents. */
const MAX_ENTRIES = 10;
/** PutEvents accepts 256 KB in one request, including names and sizes of fields. */
const MAX_REPORT_BYTES = 200_000;
/** Requests under way at once; each carries other calls. */
const MAX_REQUESTS = 4;
const RETRY = { firstMs: 250, lastMs: 5_000 };
const REWRITE_MS = 2_000;

/** The error codes of an entry that EventBridge will never accept. */
const POISON: readonly string[] = ['InvalidArgument', 'MalformedDetail', 'ValidationException', 'EntryTooLarge'];
/** Errors that pass, or that a person corrects at the bus: the event itself is good, and waits. */
const PASSING = /throttl|internal|unavailable|timeout|limit|accessdenied|notauthorized|resourcenotfound/i;
/** Any other error of one entry, while requests succeed as such, is permanent after this many refusals. */
const MAX_REFUSALS = 20;

/** The outcome for one entry: accepted, to be retried, or refused with a code. */
type Outcome = 'taken' | 'unreached' | { readonly code: string };

/**
 * Publishes events to EventBridge: those on disk until they are accepted, each call's in order; ticks and lists of
 * agents directly, for the next one replaces one that was lost.
 */
export class Publisher {
  readonly #dependencies: PublisherDependencies;
  /** Calls of which an event is under way, or waits to be tried again. */
  readonly #busyCalls = new Set<string>();
  /** Calls whose next event goes alone: it may be what made a whole request fail. */
  readonly #suspects = new Set<string>();
  /** How often the oldest event of a call was refused. */
  readonly #refusals = new Map<string, number>();
  #isRewriting = false;
  #requests = 0;
  #failures = 0;
  #unsentReports: PeriodicEvent[] = [];
  #reporting: Promise<void> | undefined;
  #onFlushed: (() => void) | undefined;
  publishedEvents = 0;
  failedEntries = 0;
  droppedTicks = 0;

  constructor(dependencies: PublisherDependencies) {
    this.#dependencies = dependencies;
  }

  /** Sends what an earlier relay left in the spool. */
  start(): void {
    this.#pump();
  }

  /** Failures since something was last published; 0 means that the cloud can be reached. */
  get consecutiveFailures(): number {
    return this.#failures;
  }

  publish(event: UnsentEvent): void {
    void this.#dependencies.spool.append(event).then((isOnDisk) => {
      if (!isOnDisk) this.#rewriteLater();
      this.#pump();
    });
  }

  /** Sends a report now. One of its kind that waits from before is dropped for it, all its parts. */
  report(event: PeriodicEvent): void {
    if (event.part === 1) {
      const others = this.#unsentReports.filter(({ type }) => type !== event.type);
      this.droppedTicks += this.#unsentReports.length - others.length;
      this.#unsentReports = others;
    }
    this.#unsentReports.push(event);
    if (event.part === event.parts)
      this.#reporting ??= this.#sendReports().then(() => {
        this.#reporting = undefined;
      });
  }

  /** Resolves when the spool is empty and the last report is sent, or after `timeoutMs`, with whether the spool is. */
  async flush(timeoutMs: number): Promise<boolean> {
    if (this.#dependencies.spool.count > 0)
      await new Promise<void>((resolve) => {
        const cancel = this.#dependencies.clock.after(timeoutMs, resolve);
        this.#onFlushed = () => {
          cancel();
          resolve();
        };
      });
    await this.#reporting;
    return this.#dependencies.spool.count === 0;
  }

  #pump(): void {
    while (this.#requests < MAX_REQUESTS) {
      const batch = this.#nextBatch();
      if (batch.length === 0) break;
      void this.#send(batch);
    }
  }

  #nextBatch(): WaitingEvent[] {
    const { spool } = this.#dependencies;
    for (const suspect of this.#suspects) {
      if (this.#busyCalls.has(suspect)) continue;
      const alone = spool.firstOfEachCall(1, (callId) => callId !== suspect);
      if (alone.length > 0) return alone;
    }
    return spool.firstOfEachCall(MAX_ENTRIES, (callId) => this.#busyCalls.has(callId) || this.#suspects.has(callId));
  }

  async #send(waiting: readonly WaitingEvent[]): Promise<void> {
    const { spool, clock } = this.#dependencies;
    this.#requests++;
    for (const { callId } of waiting) this.#busyCalls.add(callId);
    const batch = await spool.load(waiting);
    const unreadable = waiting.filter(({ key }) => !batch.some((event) => event.key === key));
    for (const { callId } of unreadable) this.#busyCalls.delete(callId);
    const outcomes = batch.length === 0 ? [] : await this.#putEvents(batch.map(({ event }) => this.#stamped(event)));
    const taken = batch.filter((_, i) => outcomes[i] === 'taken');
    const failed = batch.filter((_, i) => outcomes[i] !== 'taken');
    await spool.remove(taken);
    for (const [i, spooled] of batch.entries()) await this.#judge(spooled, outcomes[i] ?? 'unreached', batch.length);
    this.#requests--;
    for (const { event } of taken) this.#busyCalls.delete(event.callId);
    if (failed.length > 0)
      clock.after(backoffMs(RETRY, this.#failures - 1), () => {
        for (const { event } of failed) this.#busyCalls.delete(event.callId);
        this.#pump();
      });
    if (spool.count === 0) this.#onFlushed?.();
    this.#pump();
  }

  /** An event that is refused for good must not hold up its call for ever. */
  async #judge(spooled: SpooledEvent, outcome: Outcome, batchLength: number): Promise<void> {
    const { spool, log } = this.#dependencies;
    const { callId, type } = spooled.event;
    if (outcome === 'unreached' || (outcome !== 'taken' && PASSING.test(outcome.code))) return;
    if (outcome === 'taken') {
      this.#refusals.delete(callId);
      this.#suspects.delete(callId);
      return;
    }
    const refusals = (this.#refusals.get(callId) ?? 0) + 1;
    this.#refusals.set(callId, refusals);
    const isPoison = POISON.includes(outcome.code);
    if (isPoison && batchLength > 1) this.#suspects.add(callId);
    else if (isPoison || refusals >= MAX_REFUSALS) {
      log.error({ callId, type, code: outcome.code }, 'EventBridge refuses an event for good, it was set aside');
      await spool.setAside(spooled, outcome.code);
      this.#refusals.delete(callId);
      this.#suspects.delete(callId);
    }
  }

  /** The disk is full, or the spool's bound is reached: events wait in memory until there is room. */
  #rewriteLater(): void {
    if (this.#isRewriting) return;
    this.#isRewriting = true;
    this.#dependencies.log.error('the spool has no room, events wait in memory');
    const again = () => {
      this.#dependencies.clock.after(REWRITE_MS, () => {
        void this.#dependencies.spool.writeRest().then((isOnDisk) => {
          this.#pump();
          if (!isOnDisk) again();
          else {
            this.#isRewriting = false;
            this.#dependencies.log.info('the spool has room again');
          }
        });
      });
    };
    again();
  }

  async #sendReports(): Promise<void> {
    while (this.#unsentReports.length > 0) {
      const parts = this.#unsentReports.splice(0, fittingCount(this.#unsentReports));
      const outcomes = await this.#putEvents(parts);
      this.droppedTicks += outcomes.filter((outcome) => outcome !== 'taken').length;
    }
  }

  /** Returns the outcome for each event. */
  async #putEvents(events: readonly RelayEvent[]): Promise<Outcome[]> {
    const { client, busName, source, log } = this.#dependencies;
    try {
      const command = new PutEventsCommand({ Entries: events.map((event) => entryOf(event, busName, source)) });
      const { Entries, FailedEntryCount } = await client.send(command);
      const outcomes = events.map((_, i): Outcome => {
        const { EventId, ErrorCode } = Entries?.[i] ?? {};
        return EventId !== undefined ? 'taken' : { code: ErrorCode ?? 'unknown' };
      });
      const refused = outcomes.filter((outcome) => outcome !== 'taken');
      this.publishedEvents += outcomes.length - refused.length;
      if (refused.length === 0) this.#failures = 0;
      else {
        this.#failures++;
        this.failedEntries += refused.length;
        const codes = [...new Set(Entries?.flatMap(({ ErrorCode }) => ErrorCode ?? []))];
        log.error({ failedEntryCount: FailedEntryCount, codes }, 'EventBridge refused entries');
      }
      return outcomes;
    } catch (error) {
      this.#failures++;
      this.failedEntries += events.length;
      const { name, code = name } = error as NodeJS.ErrnoException;
      log.error({ code, entries: events.length }, 'EventBridge took no events, they wait');
      // A request that is wrong as a whole is so by one of its entries.
      return events.map(() => (POISON.includes(name) ? { code: name } : 'unreached'));
    }
  }

  #stamped(event: UnsentEvent): RelayEvent {
    return event.type === 'UtteranceTranscribed' ? { ...event, publishedAt: this.#dependencies.clock.now() } : event;
  }
}

/** How many of the first reports fit into one request; one at least. */
function fittingCount(reports: readonly PeriodicEvent[]): number {
  let bytes = 0;
  const tooMany = reports.findIndex(
    (report) => (bytes += Buffer.byteLength(JSON.stringify(report))) > MAX_REPORT_BYTES,
  );
  return Math.min(MAX_ENTRIES, tooMany === -1 ? reports.length : Math.max(1, tooMany));
}

function entryOf(event: RelayEvent, busName: string, source: string): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: source,
    DetailType: event.type,
    Detail: JSON.stringify(event),
  };
}
