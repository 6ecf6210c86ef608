import type { CallTick } from '#core/call/events.ts';
import { RefusedEventError } from '#core/contracts/relay-identity.ts';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { isSameUtterance, MAX_CONFLICTS } from '#core/call/conflict.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import { CallTable } from '../adapters/call-table.ts';
import { startTestTable } from '../adapters/table.fake.ts';
import { foldTicks, skipOverdue, sortTicks, type FoldTicksDependencies } from '../tick/fold-ticks.ts';
import { callInOrder, disordered, eventsOfCall, INGESTED_AT, randomFrom, sendAll } from './example-traffic.fake.ts';
import { ingest, UTTERANCES_A_WRITE, type RelayCallEvent, type IngestDependencies } from './ingest.ts';

const CALLS = 200;
const UTTERANCES = 60;
const SENDERS = 8;
const REPEATED_SHARE = 0.2;

const rules = compileRules(defaultRules);
let calls: CallTable;
let dependencies: IngestDependencies;
let conflicts: ScoredUtterance[] = [];
beforeEach(() => {
  conflicts = [];
});
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
    onConflict: (utterance) => void conflicts.push(utterance),
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

/** Folds the ticks of a relay of the PBX `berlin`, those that it may report. */
async function foldReport(ticks: readonly CallTick[], folding: FoldTicksDependencies, relayId = 'berlin-1') {
  return foldTicks(relayId, await sortTicks({ relayId, pbx: 'berlin' }, ticks, calls), folding);
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
    const events = eventsOfCall('berlin-backlog', 3 * UTTERANCES_A_WRITE + 5, randomFrom(7));
    const [first, ...others] = utterancesOf(events);
    for (const event of others) await ingest(event, dependencies);
    expect(await calls.load('berlin-backlog')).toBeUndefined();
    if (first) await ingest(first, dependencies);
    const { state } = await stored('berlin-backlog');
    expect(state.nextSeq).toBe(others.length + 2);
    expect((await calls.load('berlin-backlog'))?.version).toBe(4);
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
    await deliver('berlin-gap', (event) => isThird(event) || isEnd(event));
    await foldReport([tick('berlin-gap', 6)], later(9_999));
    expect(await calls.load('berlin-gap')).toMatchObject({ nextSeq: 3, skipped: [] });
    await foldReport([tick('berlin-gap', 6)], later(10_000));
    expect(await calls.load('berlin-gap')).toMatchObject({ nextSeq: 7, skipped: [[3, 3]] });
  });

  it('is filled by a late utterance', async () => {
    await deliver('berlin-late', (event) => isThird(event) || isEnd(event));
    await foldReport([tick('berlin-late', 6)], later(10_000));
    const third = events('berlin-late').find(isThird);
    if (third) await ingest(third, dependencies);
    if (third) await ingest(third, dependencies);
    const { state } = await stored('berlin-late');
    expect(state.skipped).toEqual([]);
    expect(state.channels).toEqual(callInOrder(events('berlin-late'), rules).state.channels);
  });

  it('at the end of a call is skipped without a tick', async () => {
    await deliver('berlin-ended', (event) => event.type === 'UtteranceTranscribed' && event.seq >= 5);
    expect((await calls.unfinished()).map(({ callId }) => callId)).toContain('berlin-ended');
    await skipOverdue('berlin-ended', later(10_000));
    expect(await calls.load('berlin-ended')).toMatchObject({ status: 'ended', nextSeq: 7, skipped: [[5, 6]] });
    expect((await calls.unfinished()).map(({ callId }) => callId)).not.toContain('berlin-ended');
  });

  it('at the start of a call does not keep the call from being stored', async () => {
    for (const event of utterancesOf(events('berlin-unknown')).slice(3)) await ingest(event, dependencies);
    await foldReport([tick('berlin-unknown', 6)], later(10_000));
    expect(await calls.load('berlin-unknown')).toMatchObject({ nextSeq: 7, skipped: [[1, 3]] });
  });
});

describe('an utterance whose seq another one has', () => {
  it('is kept beside it and counted once, in any order and however often both come', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = randomFrom(seed);
    const callIds = Array.from({ length: 20 }, (_, index) => `renumbered-${index}`);
    const events = callIds.flatMap((callId) => eventsOfCall(callId, 6, random));
    // A relay that forgot the call numbers it anew: the same or other words, but later.
    const renumbered = utterancesOf(events)
      .filter(({ seq }) => seq <= 3)
      .map((utterance) => {
        const { startMs, endMs, spokenAt } = utterance;
        const later = { startMs: startMs + 60_000, endMs: endMs + 60_000, spokenAt: spokenAt + 60_000 };
        return random() < 0.5 ? { ...utterance, ...later } : { ...utterance, ...later, text: 'cancel my account' };
      });
    const resent = utterancesOf(events).map((utterance) => ({ ...utterance, publishedAt: utterance.publishedAt + 9 }));
    await sendAll(disordered([...events, ...renumbered, ...resent], 0.3, random), SENDERS, async (event) =>
      ingest(event, dependencies),
    );
    for (const callId of callIds) {
      const { state, utterances } = await stored(callId);
      expect([callId, seed, state.nextSeq]).toEqual([callId, seed, 7]);
      expect(utterances.map(({ seq }) => seq)).toEqual([1, 1, 2, 2, 3, 3, 4, 5, 6]);
      const said = [...utterancesOf(events), ...renumbered].filter((utterance) => utterance.callId === callId);
      for (const utterance of said)
        expect(
          utterances.filter((kept) => kept.seq === utterance.seq && isSameUtterance(kept, utterance)),
        ).toHaveLength(1);
      expect(utterances.map(({ conflict }) => conflict !== undefined)).toEqual([
        false,
        true,
        false,
        true,
        false,
        true,
        false,
        false,
        false,
      ]);
    }
    expect(conflicts).toHaveLength(callIds.length * 3);
  });

  it('is counted but not kept where a call has very many', async () => {
    const [first] = utterancesOf(eventsOfCall('flooded', 1, randomFrom(3)));
    if (!first) throw new Error('nothing was said');
    for (let at = 0; at < MAX_CONFLICTS + 6; at++)
      await ingest({ ...first, spokenAt: first.spokenAt + at }, dependencies);
    expect((await stored('flooded')).utterances).toHaveLength(1 + MAX_CONFLICTS);
    expect(conflicts).toHaveLength(MAX_CONFLICTS + 5);
  });
});

describe('a tick', () => {
  it('is written only if it changes something', async () => {
    for (const event of eventsOfCall('berlin-ticked', 2, randomFrom(3)).slice(0, -1)) await ingest(event, dependencies);
    const leg = {
      channel: 'caller' as const,
      engine: 'script',
      speechMs: 0,
      silenceMs: 0,
      engineLagMs: 100,
      gapCount: 0,
    };
    const tick = (atMs: number, lastAudioAgeMs: number) => ({
      callId: 'berlin-ticked',
      atMs,
      lastSeq: 2,
      legs: [{ ...leg, lastAudioAgeMs }],
    });
    const foldDependencies = { calls, rules, now: () => INGESTED_AT, pause: dependencies.pause };
    expect(await foldReport([tick(5_000, 20)], foldDependencies)).toBe(1);
    expect(await foldReport([tick(10_000, 20)], foldDependencies)).toBe(0);
    expect(await foldReport([tick(30_000, 20_000)], foldDependencies)).toBe(1);
    expect(await calls.load('berlin-ticked')).toMatchObject({ health: { legs: { caller: 'unheard' } } });
    expect(
      await foldReport([tick(5_000, 20), { ...tick(5_000, 20), callId: 'berlin-unknown-call' }], foldDependencies),
    ).toBe(0);
  });

  it('makes a lost call live again', async () => {
    for (const event of eventsOfCall('berlin-found', 2, randomFrom(3)).slice(0, -1)) await ingest(event, dependencies);
    const state = await calls.load('berlin-found');
    if (!state) throw new Error('The call is not stored.');
    const { callId, relayId, pbx, startedAt } = state;
    const head = { version: 1 as const, callId, relayId, pbx, callStartedAt: startedAt };
    await ingest({ type: 'CallEnded', ...head, endedAt: startedAt + 60_000, lastSeq: 2, reason: 'lost' }, dependencies);
    expect(await calls.load('berlin-found')).toMatchObject({ status: 'lost' });
    const foldDependencies = { calls, rules, now: () => INGESTED_AT, pause: dependencies.pause };
    await foldReport([{ callId, atMs: 65_000, lastSeq: 2, legs: [] }], foldDependencies);
    expect(await calls.load('berlin-found')).toMatchObject({ status: 'live' });
  });
});

describe('a call of another relay', () => {
  const ofIntruder = (event: RelayCallEvent): RelayCallEvent => ({ ...event, relayId: 'berlin-2' });
  const tick = (callId: string, atMs: number): CallTick => ({ callId, atMs, lastSeq: 99, legs: [] });
  const folding = () => ({ calls, rules, now: () => INGESTED_AT, pause: dependencies.pause });

  it('gets no words, no end, no metadata and no report, and no seq of it is taken', async () => {
    const events = eventsOfCall('berlin-own', 6, randomFrom(21));
    const half = events.slice(0, 4);
    for (const event of half) await ingest(event, dependencies);
    const before = await calls.load('berlin-own');
    for (const event of events) {
      await expect(ingest(ofIntruder(event), dependencies)).rejects.toThrow(RefusedEventError);
    }
    const ticks = [tick('berlin-own', 60_000)];
    const { own, foreign } = await sortTicks({ relayId: 'berlin-2', pbx: 'berlin' }, ticks, calls);
    expect([own, foreign]).toEqual([[], ticks]);
    expect(await foldReport(ticks, folding(), 'berlin-2')).toBe(0);
    expect(await calls.load('berlin-own')).toEqual(before);

    for (const event of events.slice(4)) await ingest(event, dependencies);
    const found = await stored('berlin-own');
    expect(found.state).toEqual(callInOrder(events, rules).state);
    expect(found.utterances.map(({ text }) => text)).toEqual(utterancesOf(events).map(({ text }) => text));
  });

  it('is not reported before its first event has come, nor by a relay of another PBX', async () => {
    const waiting = utterancesOf(eventsOfCall('berlin-early', 3, randomFrom(5))).slice(1);
    for (const event of waiting) await ingest(event, dependencies);
    const later = { ...folding(), now: () => INGESTED_AT + 10_000 };
    await foldReport([tick('berlin-early', 9_000)], later, 'berlin-2');
    expect(await calls.load('berlin-early')).toMatchObject({ relayId: 'berlin-1' });
    expect((await calls.load('berlin-early'))?.health).toBeUndefined();
    const ticks = [tick('berlin-new', 5_000)];
    expect((await sortTicks({ relayId: 'rome-1', pbx: 'rome' }, ticks, calls)).foreign).toEqual(ticks);
  });

  it('may be taken over once it is lost, by a relay of the same PBX', async () => {
    const events = eventsOfCall('berlin-lost', 3, randomFrom(9)).slice(0, -1);
    for (const event of events.slice(0, -1)) await ingest(event, dependencies);
    const state = await calls.load('berlin-lost');
    if (!state) throw new Error('The call is not stored.');
    const { callId, relayId, pbx, startedAt } = state;
    const lost = { type: 'CallEnded', version: 1, callId, relayId, pbx, callStartedAt: startedAt } as const;
    await ingest({ ...lost, endedAt: startedAt + 60_000, lastSeq: 2, reason: 'lost' }, dependencies);

    const next = events.at(-1);
    if (!next) throw new Error('The call has no last utterance.');
    await expect(ingest({ ...next, relayId: 'rome-1', pbx: 'rome' }, dependencies)).rejects.toThrow(RefusedEventError);
    await ingest(ofIntruder(next), dependencies);
    expect(await foldReport([tick('berlin-lost', 70_000)], folding(), 'berlin-2')).toBe(1);
    expect(await calls.load('berlin-lost')).toMatchObject({ relayId: 'berlin-2', status: 'live', nextSeq: 4 });
    await expect(ingest(next, dependencies)).rejects.toThrow(RefusedEventError);
  });
});
