import type { RelayReport } from '#core/contracts/events.ts';
import type { ServerMessage } from '#core/contracts/live.ts';
import type { CallState } from '#core/call/state.ts';
import type { Entity } from '../../functions/adapters/items.ts';
import { Backlog } from '../../functions/push-live/backlog.ts';
import { peopleWith, viewerOf } from '../../functions/live-delivery/viewers.fake.ts';
import { deliver } from '../../functions/live-delivery/deliver.ts';
import { digestOf } from '../../functions/push-live/digest.ts';
import { messagesIn, MESSAGE_LIMIT_BYTES } from '../../functions/live-delivery/frame.ts';
import { immediateFrames } from '../../functions/push-live/messages.ts';
import { OVERVIEW_INTERVAL_MS, OVERVIEW_TIME_MS, sendOverview } from '../../functions/push-live/overview.ts';
import { floorOf, reportsOf, sayNext } from './floor-calls.ts';
import { VirtualClock } from './virtual-clock.ts';
import { randomFrom } from '../../functions/ingest/example-traffic.fake.ts';

export interface FloorLoad {
  readonly calls: number;
  readonly viewers: number;
  readonly seconds: number;
  /** How often somebody speaks on a call, on average. */
  readonly utteranceEverySeconds: number;
  readonly tickEverySeconds: number;
  readonly callsAReport: number;
  readonly shards: number;
}

/** How long AWS takes; only a deployment shows it. */
export interface Timings {
  /** Lambda asks each shard of a stream so often. */
  readonly pollMs: number;
  readonly tableRequestMs: number;
  readonly postMs: number;
  /** Processor time of one post and of one invocation, at the function's share of a processor. */
  readonly postCpuMs: number;
  readonly invocationMs: number;
}

/** What it took to push every change to every viewer. */
export interface PushUse {
  /** Calls of PostToConnection, and the units of 32 KB that they are billed as. */
  readonly posts: number;
  readonly units: number;
  readonly bytes: number;
  /** What one message for each event and viewer would have been. */
  readonly onePerEvent: number;
  readonly utterances: number;
  readonly alerts: number;
  readonly reports: number;
  readonly words: Invocations;
  readonly overview: Invocations;
  /** Requests to the table for who watches what, in units of reading, and for the pace, in units of writing. */
  readonly viewerReadUnits: number;
  readonly paceWriteUnits: number;
  /** The most overview messages a second that a viewer got in any five seconds. */
  readonly mostOverviewsASecond: number;
  /** From a change in the table's stream to a viewer. */
  readonly overviewDelaysMs: number[];
  readonly wordDelaysMs: number[];
}

export interface Invocations {
  invocations: number;
  billedMs: number;
}

interface Change {
  readonly at: number;
  readonly entity: Entity;
}

/** As `infra/pipeline-stack.ts` sets it. */
const OVERVIEW_WINDOW_MS = 2000;
const BATCH_SIZE = 500;
/** The row of one subscription to a topic. */
const VIEWER_ROW_BYTES = 120;
const READ_UNIT_BYTES = 4096;
const RATE_OVER_MS = 5000;

/**
 * Plays a floor through the code that pushes, with a clock of its own: every viewer watches the overview, the alerts
 * and one call. Each shard of the stream has its two readers, as Lambda reads it.
 */
export async function playFloor(floor: FloorLoad, timings: Timings): Promise<PushUse> {
  const { calls, viewers, seconds, shards } = floor;
  const random = randomFrom(calls);
  const clock = new VirtualClock();
  const watching = new Viewers(viewers, calls, clock);
  const counts = { onePerEvent: 0, utterances: 0, alerts: 0, reports: 0, viewerReadUnits: 0, paceWriteUnits: 0 };
  let nextOverviewAt = 0;

  const dependenciesOf = (cpu: Processor) => ({
    viewers: {
      of: async (topic: string) => {
        const found = watching.of(topic);
        counts.viewerReadUnits += Math.max(1, Math.ceil((found.length * VIEWER_ROW_BYTES) / READ_UNIT_BYTES));
        await clock.sleep(timings.tableRequestMs);
        return found.map(({ connectionId }) => viewerOf(connectionId));
      },
      disconnect: () => Promise.resolve(),
      unsubscribe: () => Promise.resolve(),
    },
    people: peopleWith(),
    webSocket: {
      post: async (viewer: string, frame: string) => {
        await cpu.work(timings.postCpuMs);
        await clock.sleep(timings.postMs);
        watching.receive(viewer, frame);
        return 'sent' as const;
      },
      close: () => Promise.resolve(),
    },
    metadataOf: () => Promise.resolve(new Map<string, never>()),
    pace: {
      reserve: async () => {
        const at = Math.max(clock.now(), nextOverviewAt);
        const requests = at > clock.now() ? 1 : 2;
        nextOverviewAt = at + OVERVIEW_INTERVAL_MS;
        counts.paceWriteUnits += requests;
        await clock.sleep(requests * timings.tableRequestMs);
        return at;
      },
    },
    now: clock.now,
    sleep: clock.sleep,
  });

  const words: Invocations = { invocations: 0, billedMs: 0 };
  const overview: Invocations = { invocations: 0, billedMs: 0 };
  const streams = Array.from({ length: shards }, () => ({ words: [] as Change[], overview: [] as Change[] }));

  /** A reader of one shard. */
  async function read(changes: Change[], windowMs: number, spent: Invocations, pushTo: PushTo): Promise<void> {
    const dependencies = dependenciesOf(new Processor(clock));
    await clock.sleep(random() * timings.pollMs);
    for (;;) {
      while (changes.length === 0) await clock.sleep(timings.pollMs);
      await clock.sleep(windowMs);
      const batch = changes.splice(0, BATCH_SIZE);
      const startedAt = clock.now();
      await clock.sleep(timings.invocationMs);
      await pushTo(digestOf(batch.map(({ entity }) => entity)), dependencies);
      spent.invocations++;
      spent.billedMs += clock.now() - startedAt;
    }
  }
  type PushTo = (
    digest: ReturnType<typeof digestOf>,
    dependencies: ReturnType<typeof dependenciesOf>,
  ) => Promise<unknown>;
  for (const stream of streams) {
    void read(stream.words, 0, words, async (digest, dependencies) =>
      deliver(immediateFrames(digest, clock.now(), dependencies.metadataOf), dependencies),
    );
    const backlog = new Backlog();
    void read(stream.overview, OVERVIEW_WINDOW_MS, overview, async (digest, dependencies) => {
      backlog.add(digest.calls.values(), digest.reports.values());
      await sendOverview(backlog, clock.now() + OVERVIEW_TIME_MS, dependencies);
    });
  }

  const utterancesToCome = Math.ceil(seconds / floor.utteranceEverySeconds) + 1;
  const talking = floorOf(calls, utterancesToCome, random);
  for (const [index, call] of talking.entries()) {
    const stream = streams[index % shards];
    void (async () => {
      await clock.sleep(random() * floor.utteranceEverySeconds * 1000);
      for (;;) {
        const said = sayNext(call);
        if (!said) return;
        const at = clock.now();
        const { utterance, alerts } = said;
        stream?.words.push({ at, entity: { kind: 'utterance', value: utterance } });
        for (const alert of alerts) stream?.words.push({ at, entity: { kind: 'alert', value: alert } });
        stream?.overview.push({ at, entity: { kind: 'call', value: call.state } });
        watching.changed(call.state, at);
        watching.said(utterance.callId, utterance.seq, at);
        counts.utterances++;
        counts.alerts += alerts.length;
        counts.onePerEvent += (1 + alerts.length) * viewers;
        await clock.sleep(floor.utteranceEverySeconds * 1000);
      }
    })();
  }
  void (async () => {
    for (;;) {
      await clock.sleep(floor.tickEverySeconds * 1000);
      const reports: RelayReport[] = reportsOf(talking, floor.callsAReport, clock.now(), random);
      // All of them are in one partition of the table.
      for (const value of reports) streams[0]?.overview.push({ at: clock.now(), entity: { kind: 'report', value } });
      counts.reports += reports.length;
      counts.onePerEvent += reports.length * viewers;
    }
  })();

  await clock.runUntil(seconds * 1000);
  return { ...counts, words, overview, ...watching.totals() };
}

/** A processor does one thing after the other. */
class Processor {
  readonly #clock: VirtualClock;
  #freeAt = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  async work(ms: number): Promise<void> {
    this.#freeAt = Math.max(this.#freeAt, this.#clock.now()) + ms;
    await this.#clock.sleep(this.#freeAt - this.#clock.now());
  }
}

/** The viewers and what they receive; delays are measured at the first of them. */
class Viewers {
  readonly #everyone: { connectionId: string }[];
  readonly #calls: number;
  readonly #clock: VirtualClock;
  readonly #unsent = new Map<string, { version: number; at: number }[]>();
  readonly #unsentWords = new Map<string, number>();
  readonly #overviewsAt: number[] = [];
  readonly #overviewDelaysMs: number[] = [];
  readonly #wordDelaysMs: number[] = [];
  #posts = 0;
  #units = 0;
  #bytes = 0;

  constructor(viewers: number, calls: number, clock: VirtualClock) {
    this.#everyone = Array.from({ length: viewers }, (_, index) => ({ connectionId: `viewer-${index}` }));
    this.#calls = calls;
    this.#clock = clock;
  }

  /** Everybody watches the overview and the alerts, and each one call. */
  of(topic: string): { connectionId: string }[] {
    if (!topic.startsWith('call:')) return this.#everyone;
    const call = Number(topic.slice(topic.lastIndexOf('.') + 1));
    return this.#everyone.filter((_, viewer) => viewer % this.#calls === call);
  }

  changed({ callId, version }: CallState, at: number): void {
    const unsent = this.#unsent.get(callId);
    if (unsent) unsent.push({ version, at });
    else this.#unsent.set(callId, [{ version, at }]);
  }

  said(callId: string, seq: number, at: number): void {
    this.#unsentWords.set(`${callId} ${seq}`, at);
  }

  receive(viewer: string, frame: string): void {
    const bytes = Buffer.byteLength(frame);
    this.#posts++;
    this.#bytes += bytes;
    this.#units += Math.ceil(bytes / MESSAGE_LIMIT_BYTES);
    if (viewer !== 'viewer-0') return;
    const messages = messagesIn(frame);
    if (messages.some(({ type }) => type === 'overview' || type === 'relays'))
      this.#overviewsAt.push(this.#clock.now());
    for (const message of messages) this.#note(message);
  }

  #note(message: ServerMessage): void {
    const now = this.#clock.now();
    if (message.type === 'overview') {
      for (const { callId, version } of message.calls) {
        const unsent = this.#unsent.get(callId) ?? [];
        this.#overviewDelaysMs.push(...unsent.filter((each) => each.version <= version).map(({ at }) => now - at));
        this.#unsent.set(
          callId,
          unsent.filter((each) => each.version > version),
        );
      }
    }
    if (message.type === 'call') {
      for (const { callId, seq } of message.utterances) {
        this.#wordDelaysMs.push(now - (this.#unsentWords.get(`${callId} ${seq}`) ?? now));
      }
    }
  }

  totals() {
    const perSecond = (from: number) =>
      this.#overviewsAt.filter((at) => at >= from && at < from + RATE_OVER_MS).length / (RATE_OVER_MS / 1000);
    return {
      posts: this.#posts,
      units: this.#units,
      bytes: this.#bytes,
      mostOverviewsASecond: Math.max(0, ...this.#overviewsAt.map(perSecond)),
      overviewDelaysMs: this.#overviewDelaysMs.sort((a, b) => a - b),
      wordDelaysMs: this.#wordDelaysMs.sort((a, b) => a - b),
    };
  }
}
