import { initialCall, type CallState } from '#core/call/state.ts';
import { advance, foldUtterances } from '#core/call/fold.ts';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { ANGRY_SHARE } from './table-use.ts';
import { eventsOfCall, INGESTED_AT, randomFrom } from '../../functions/ingest/example-traffic.ts';
import { Backlog } from '../../functions/push-live/backlog.ts';
import { deliver } from '../../functions/push-live/deliver.ts';
import { digestOf } from '../../functions/push-live/digest.ts';
import { MESSAGE_LIMIT_BYTES } from '../../functions/push-live/frame.ts';
import { urgentMail } from '../../functions/push-live/messages.ts';
import { tellOverview } from '../../functions/push-live/overview.ts';

export interface Floor {
  readonly calls: number;
  readonly viewers: number;
  readonly seconds: number;
  /** Each call says something so often, on average. */
  readonly utteranceEverySeconds: number;
  readonly shards: number;
}

export interface Pushes {
  /** Calls of PostToConnection, and the units of 32 KB that they are billed as. */
  readonly posts: number;
  readonly units: number;
  readonly bytes: number;
  /** What one message per event and viewer would have been. */
  readonly onePerEvent: number;
  readonly utterances: number;
  readonly alerts: number;
  /** The most overview messages that any viewer got in any second. */
  readonly mostOverviewsASecond: number;
}

const rules = compileRules(defaultRules);
const PACE_MS = 500;
const TICK_SECONDS = 5;

/**
 * Plays a floor through the code that pushes, with a clock of its own: every viewer watches the overview, the alerts
 * and one call. Shards take turns as they would on the table's stream.
 */
export async function playFloor({ calls, viewers, seconds, utteranceEverySeconds, shards }: Floor): Promise<Pushes> {
  const random = randomFrom(calls);
  const utterancesPerCall = Math.ceil(seconds / utteranceEverySeconds);
  const script = Array.from({ length: calls }, (_, index) =>
    eventsOfCall(`call-${index}`, utterancesPerCall, random, ANGRY_SHARE).filter(({ type }) => type !== 'CallEnded'),
  );
  const states: CallState[] = [];
  for (const events of script) {
    const [first] = events;
    if (!first) continue;
    let state = initialCall(first);
    for (const event of events) if (event.type !== 'UtteranceTranscribed') state = advance(state, event, rules).state;
    states.push(state);
  }

  let now = 0;
  let nextAt = 0;
  const total = { posts: 0, units: 0, bytes: 0 };
  const overviewsBySecond = new Map<number, number>();
  const peers = {
    viewers: {
      of: (topic: string) => {
        if (!topic.startsWith('call:')) return Promise.resolve(everyone);
        const index = Number(topic.slice('call:call-'.length));
        return Promise.resolve(everyone.filter((_, viewer) => viewer % calls === index));
      },
      disconnect: () => Promise.resolve(),
    },
    webSocket: {
      post: (viewer: string, message: string) => {
        const bytes = Buffer.byteLength(message);
        total.posts++;
        total.bytes += bytes;
        total.units += Math.ceil(bytes / MESSAGE_LIMIT_BYTES);
        const isOverview = /^\{"type":"(overview|relays)"/.test(message);
        const second = Math.floor(now / 1000);
        if (isOverview && viewer === 'viewer-0')
          overviewsBySecond.set(second, (overviewsBySecond.get(second) ?? 0) + 1);
        return Promise.resolve('sent' as const);
      },
      close: () => Promise.resolve(),
    },
    metadataOf: () => Promise.resolve(new Map()),
    pace: {
      reserve: () => {
        const at = Math.max(now, nextAt);
        nextAt = at + PACE_MS;
        return Promise.resolve(at);
      },
    },
    now: () => now,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
  const everyone = Array.from({ length: viewers }, (_, index) => ({ connectionId: `viewer-${index}` }));

  const backlogs = Array.from({ length: shards }, () => new Backlog());
  let [events, utterances, alertCount] = [0, 0, 0];
  const due = script
    .flatMap((own, index) =>
      own
        .filter((event) => event.type === 'UtteranceTranscribed')
        .map((event, turn) => ({ event, index, atMs: (turn + random()) * utteranceEverySeconds * 1000 })),
    )
    .filter(({ atMs }) => atMs < seconds * 1000)
    .sort((a, b) => a.atMs - b.atMs);

  let next = 0;
  let lastTick = 0;
  let turn = 0;
  while (now < seconds * 1000) {
    const entities: Parameters<typeof digestOf>[0] extends Iterable<infer E> ? E[] : never = [];
    for (; next < due.length && (due[next]?.atMs ?? 0) <= now; next++) {
      const { event, index } = due[next] ?? {};
      const before = states[index ?? -1];
      if (!event || !before || index === undefined) continue;
      const utterance = { ...event, score: scoreUtterance(event.text), ingestedAt: INGESTED_AT };
      const { state, alerts } = foldUtterances(before, [utterance], rules);
      states[index] = state;
      utterances++;
      alertCount += alerts.length;
      events += 2 + alerts.length;
      entities.push({ kind: 'utterance', value: utterance });
      for (const alert of alerts) entities.push({ kind: 'alert', value: alert });
      backlogs[index % shards]?.add([state], []);
    }
    if (entities.length > 0) await deliver(urgentMail(digestOf(entities), now, peers.metadataOf), peers);
    const tick = Math.floor(now / 1000 / TICK_SECONDS);
    for (; lastTick < tick; lastTick++) {
      const reports = reportsOf(states, tick);
      events += reports.length;
      for (const [part, report] of reports.entries()) backlogs[part % shards]?.add([], [report]);
    }
    const backlog = backlogs[turn++ % shards];
    const before = now;
    if (backlog) await tellOverview(backlog, 0, peers);
    if (now === before) now += PACE_MS / shards;
  }
  return {
    ...total,
    onePerEvent: events * viewers,
    utterances,
    alerts: alertCount,
    mostOverviewsASecond: Math.max(0, ...overviewsBySecond.values()),
  };
}

const CALLS_A_REPORT = 50;

function reportsOf(states: readonly CallState[], tick: number) {
  const parts = Math.ceil(states.length / CALLS_A_REPORT);
  return Array.from({ length: parts }, (_, index) => ({
    relayId: 'berlin-1',
    tickedAt: INGESTED_AT + tick,
    part: index + 1,
    parts,
    spooledEvents: 0,
    calls: states.slice(index * CALLS_A_REPORT, (index + 1) * CALLS_A_REPORT).map(({ callId, nextSeq }) => ({
      callId,
      atMs: tick * TICK_SECONDS * 1000,
      lastSeq: nextSeq - 1,
      legs: (['agent', 'caller'] as const).map((channel) => ({
        channel,
        engine: 'deepgram',
        lastAudioAgeMs: 20,
        speechMs: 20_000,
        silenceMs: 1_200,
        engineLagMs: 300,
        gapCount: 0,
      })),
    })),
  }));
}
