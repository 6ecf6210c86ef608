import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { CallTable } from '../adapters/call-table.ts';
import { startTestTable } from '../adapters/table.fake.ts';
import { foldTicks, skipOverdue } from '../tick/fold-ticks.ts';
import { callInOrder, disordered, eventsOfCall, INGESTED_AT, randomFrom, sendAll } from './example-traffic.ts';
import { ingest, UTTERANCES_A_WRITE, type RelayCallEvent, type IngestDependencies } from './ingest.ts';

const CALLS = 200;
const UTTERANCES = 60;
const SENDERS = 8;
const REPEATED_SHARE = 0.2;

const rules = compileRules(defaultRules);
let calls: CallTable;
let dependencies: IngestDependencies;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  calls = new CallTable(started.table, 30);
  dependencies = {
    calls,
    rules: () => Promise.resolve(rules),
    score: scoreUtterance,
    now: () => INGESTED_AT,
    pause: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt)),
  };
}, 120_000);
afterAll(async () => stop());

const byId = <T extends { alertId: string }>(alerts: readonly T[]) =>
  alerts.toSorted((a, b) => (a.alertId < b.alertId ? -1 : 1));

async function stored(callId: string) {
  const found = await calls.detail(callId);
  if (!found) throw new Error(`${callId} is not stored.`);
  return { state: { ...found.state, version: 0 }, alerts: byId(found.alerts), utterances: found.utterances };
}

const utterancesOf = (events: readonly RelayCallEvent[]) =>
  events.filter((event) => event.type === 'UtteranceTranscribed').toSorted((a, b) => a.seq - b.seq);

describe('ingest on a table', () => {
  it('comes to the same result in any order, with repeats and by many senders, as in order by one', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = randomFrom(seed);
    const script = Array.from({ length: CALLS }, (_, index) => eventsOfCall(`berlin-${index}`, UTTERANCES, random));
    await sendAll(disordered(script.flat(), REPEATED_SHARE, random), SENDERS, async (event) =>
      ingest(event, dependencies),
    );

    let alertCount = 0;
    for (const events of script) {
      const expected = callInOrder(events, rules);
      const found = await stored(events[0]?.callId ?? '');
      expect({ seed, ...found.state }).toEqual({ seed, ...expected.state });
      expect({ seed, alerts: found.alerts }).toEqual({ seed, alerts: byId(expected.alerts) });
      expect(found.utterances.map(({ text }) => text)).toEqual(utterancesOf(events).map(({ text }) => text));
      alertCount += found.alerts.length;
    }
    expect(alertCount).toBeGreaterThan(CALLS);
  }, 900_000);

  it('folds a long backlog in writes that each fit', async () => {
    const events = eventsOfCall('backlog', 3 * UTTERANCES_A_WRITE + 5, randomFrom(7));
    const [first, ...others] = utterancesOf(events);
    for (const event of others) await ingest(event, dependencies);
    expect(await calls.load('backlog')).toBeUndefined();
    if (first) await ingest(first, dependencies);
    const { state } = await stored('backlog');
    expect(state.nextSeq).toBe(others.length + 2);
    expect((await calls.load('backlog'))?.version).toBe(4);
  });
});

describe('a gap', () => {
  const events = (callId: string) => eventsOfCall(callId, 6, randomFrom(11));
  const tick = (callId: string, lastSeq: number) => ({ callId, atMs: 30_000, lastSeq, legs: [] });
  const later = (afterMs: number) => ({ calls, rules, now: () => INGESTED_AT + afterMs, pause: dependencies.pause });

  async function deliver(callId: string, isLost: (event: RelayCallEvent) => boolean) {
    for (const event of events(callId)) if (!isLost(event)) await ingest(event, dependencies);
  }
  const isThird = (event: RelayCallEvent) => event.type === 'UtteranceTranscribed' && event.seq === 3;
  const isEnd = (event: RelayCallEvent) => event.type === 'CallEnded';

  it('is skipped by the first tick after 10 s', async () => {
    await deliver('gap', (event) => isThird(event) || isEnd(event));
    await foldTicks([tick('gap', 6)], later(9_999));
    expect(await calls.load('gap')).toMatchObject({ nextSeq: 3, skipped: [] });
    await foldTicks([tick('gap', 6)], later(10_000));
    expect(await calls.load('gap')).toMatchObject({ nextSeq: 7, skipped: [[3, 3]] });
  });

  it('is filled by a late utterance', async () => {
    await deliver('late', (event) => isThird(event) || isEnd(event));
    await foldTicks([tick('late', 6)], later(10_000));
    const third = events('late').find(isThird);
    if (third) await ingest(third, dependencies);
    if (third) await ingest(third, dependencies);
    const { state } = await stored('late');
    expect(state.skipped).toEqual([]);
    expect(state.channels).toEqual(callInOrder(events('late'), rules).state.channels);
  });

  it('at the end of a call is skipped without a tick', async () => {
    await deliver('ended', (event) => event.type === 'UtteranceTranscribed' && event.seq >= 5);
    expect((await calls.unfinished()).map(({ callId }) => callId)).toContain('ended');
    await skipOverdue('ended', later(10_000));
    expect(await calls.load('ended')).toMatchObject({ status: 'ended', nextSeq: 7, skipped: [[5, 6]] });
    expect((await calls.unfinished()).map(({ callId }) => callId)).not.toContain('ended');
  });

  it('at the start of a call does not keep the call from being stored', async () => {
    for (const event of utterancesOf(events('unknown')).slice(3)) await ingest(event, dependencies);
    await foldTicks([tick('unknown', 6)], later(10_000));
    expect(await calls.load('unknown')).toMatchObject({ nextSeq: 7, skipped: [[1, 3]] });
  });
});

describe('a tick', () => {
  it('is written only if it changes something', async () => {
    for (const event of eventsOfCall('ticked', 2, randomFrom(3)).slice(0, -1)) await ingest(event, dependencies);
    const leg = {
      channel: 'caller' as const,
      engine: 'script',
      speechMs: 0,
      silenceMs: 0,
      engineLagMs: 100,
      gapCount: 0,
    };
    const tick = (atMs: number, lastAudioAgeMs: number) => ({
      callId: 'ticked',
      atMs,
      lastSeq: 2,
      legs: [{ ...leg, lastAudioAgeMs }],
    });
    const foldDependencies = { calls, rules, now: () => INGESTED_AT, pause: dependencies.pause };
    expect(await foldTicks([tick(5_000, 20)], foldDependencies)).toBe(1);
    expect(await foldTicks([tick(10_000, 20)], foldDependencies)).toBe(0);
    expect(await foldTicks([tick(30_000, 20_000)], foldDependencies)).toBe(1);
    expect(await calls.load('ticked')).toMatchObject({ health: { legs: { caller: 'unheard' } } });
    expect(await foldTicks([tick(5_000, 20), { ...tick(5_000, 20), callId: 'unknown-call' }], foldDependencies)).toBe(
      0,
    );
  });

  it('makes a lost call live again', async () => {
    for (const event of eventsOfCall('found', 2, randomFrom(3)).slice(0, -1)) await ingest(event, dependencies);
    const state = await calls.load('found');
    if (!state) throw new Error('The call is not stored.');
    const { callId, relayId, pbx, startedAt } = state;
    const head = { version: 1 as const, callId, relayId, pbx, callStartedAt: startedAt };
    await ingest({ type: 'CallEnded', ...head, endedAt: startedAt + 60_000, lastSeq: 2, reason: 'lost' }, dependencies);
    expect(await calls.load('found')).toMatchObject({ status: 'lost' });
    const foldDependencies = { calls, rules, now: () => INGESTED_AT, pause: dependencies.pause };
    await foldTicks([{ callId, atMs: 65_000, lastSeq: 2, legs: [] }], foldDependencies);
    expect(await calls.load('found')).toMatchObject({ status: 'live' });
  });
});
