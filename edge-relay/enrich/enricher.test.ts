import { pino } from 'pino';
import { ManualClock } from '../clock.fake.ts';
import type { CallKeys, Found } from './call-keys.ts';
import { Enricher } from './enricher.ts';

const keys: CallKeys = { startedAt: 1, uniqueids: ['1.16'], asteriskChannels: [], callerNames: [] };
const found = (more: Partial<Found> = {}): Found => ({
  metadata: { campaign: 'SALES' },
  isWhole: true,
  isFinal: false,
  ...more,
});
/** Answers when the test says so. */
const waitingIn = (waiting: (() => void)[]) => () =>
  new Promise<Found>((resolve) => {
    waiting.push(() => {
      resolve(found());
    });
  });
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('Enricher', () => {
  let clock: ManualClock;
  let enricher: Enricher;
  let asked: { at: number; keys: CallKeys; isOver: boolean }[];
  let told: unknown[];
  let answer: () => Promise<Found | undefined>;
  const call = {
    callId: 'berlin-1.16',
    enrich: (metadata: unknown) => {
      told.push(metadata);
    },
  };
  beforeEach(() => {
    clock = new ManualClock(0);
    [asked, told] = [[], []];
    answer = () => Promise.resolve(undefined);
    enricher = new Enricher({
      clock,
      log: pino({ level: 'silent' }),
      find: (of, isOver) => {
        asked.push({ at: clock.now(), keys: of, isOver });
        return answer();
      },
    });
  });
  afterEach(() => {
    enricher.stop();
  });
  const pass = async (ms: number, stepMs = 500) => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      clock.advance(stepMs);
      await tick();
    }
  };
  const times = () => asked.map(({ at }) => at);

  it('asks at once, and again with growing waits until the row is there', async () => {
    enricher.changed(call, keys);
    await tick();
    await pass(20_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500]);
    expect(told).toEqual([]);
    answer = () => Promise.resolve(found());
    await pass(15_000);
    expect(told).toEqual([{ campaign: 'SALES' }]);
  });

  it('asks from time to time while the call runs, since it may be handed on', async () => {
    answer = () => Promise.resolve(found());
    enricher.changed(call, keys);
    await tick();
    await pass(60_000);
    expect(times()).toEqual([0, 20_000, 40_000, 60_000]);
  });

  it('does not ask for a call of which nothing is known that the dialler could know', async () => {
    enricher.changed(call, { ...keys, uniqueids: [] });
    await pass(60_000, 5_000);
    expect(asked).toEqual([]);
  });

  it('asks again soon while part of what it may know is missing', async () => {
    answer = () => Promise.resolve(found({ isWhole: false }));
    enricher.changed(call, keys);
    await tick();
    await pass(4_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500]);
  });

  it('asks at once when the call is known by other keys, and not when by the same', async () => {
    answer = () => Promise.resolve(found());
    enricher.changed(call, keys);
    await tick();
    enricher.changed(call, { ...keys });
    await tick();
    expect(asked).toHaveLength(1);
    enricher.changed(call, { ...keys, callerNames: ['Y1231359450000884213'] });
    await tick();
    expect(asked.at(-1)?.keys.callerNames).toEqual(['Y1231359450000884213']);
    expect(asked).toHaveLength(2);
  });

  it('asks once more when the keys change while it is being asked', async () => {
    const waiting: (() => void)[] = [];
    answer = waitingIn(waiting);
    enricher.changed(call, keys);
    enricher.changed(call, { ...keys, uniqueids: ['1.16', '1.17'] });
    enricher.changed(call, { ...keys, uniqueids: ['1.16', '1.18'] });
    await tick();
    expect(asked).toHaveLength(1);
    waiting.shift()?.();
    await tick();
    expect(asked.map((one) => one.keys.uniqueids)).toEqual([['1.16'], ['1.16', '1.18']]);
  });

  it('goes on after the call’s end until the outcome is there, and then lets go of it', async () => {
    answer = () => Promise.resolve(found());
    enricher.changed(call, keys);
    await tick();
    enricher.ended(call.callId);
    await pass(19_500);
    expect(times()).toEqual([0, 2_000, 5_000, 10_000]);
    expect(asked.map(({ isOver }) => isOver)).toEqual([false, true, true, true]);
    answer = () => Promise.resolve(found({ metadata: { disposition: 'SALE' }, isFinal: true }));
    await pass(500);
    expect(told.at(-1)).toEqual({ disposition: 'SALE' });
    expect(enricher.followedCount).toBe(0);
    await pass(600_000, 60_000);
    expect(asked).toHaveLength(5);
  });

  it('is not misled by an outcome that is there before the end', async () => {
    answer = () => Promise.resolve(found({ isFinal: true }));
    enricher.changed(call, keys);
    await tick();
    expect(enricher.followedCount).toBe(1);
  });

  it('gives up an outcome that nobody notes within an hour, and sooner a call that is none of the dialler’s', async () => {
    answer = () => Promise.resolve(found());
    enricher.changed(call, keys);
    await tick();
    answer = () => Promise.resolve(undefined);
    enricher.changed({ ...call, callId: 'berlin-2.1' }, { ...keys, uniqueids: ['2.1'] });
    await tick();
    enricher.ended(call.callId);
    enricher.ended('berlin-2.1');
    await pass(100_000, 1_000);
    expect(enricher.followedCount).toBe(1);
    await pass(3_900_000, 10_000);
    expect(enricher.followedCount).toBe(0);
    expect(asked.length).toBeLessThan(40);
  });

  it('takes a lookup that fails for a row that is not there yet', async () => {
    answer = () => Promise.reject(new Error('away'));
    enricher.changed(call, keys);
    await tick();
    await pass(1_500);
    answer = () => Promise.resolve(found());
    await pass(2_000);
    expect(told).toHaveLength(1);
  });

  it('asks for no more than five calls at once, however many there are', async () => {
    const waiting: (() => void)[] = [];
    answer = waitingIn(waiting);
    for (let i = 0; i < 300; i++)
      enricher.changed({ ...call, callId: `berlin-${i}` }, { ...keys, uniqueids: [String(i)] });
    await tick();
    expect(asked).toHaveLength(5);
    for (let i = 0; i < 300; i++) {
      waiting.shift()?.();
      await tick();
      expect(waiting.length).toBeLessThanOrEqual(5);
    }
    expect(told).toHaveLength(300);
  });

  it('knows the live call of each agent', async () => {
    answer = () => Promise.resolve(found({ metadata: { agent: { id: '6666' } } }));
    enricher.changed(call, keys);
    await tick();
    expect([...enricher.callsByAgent()]).toEqual([['6666', call.callId]]);
    enricher.ended(call.callId);
    expect(enricher.callsByAgent().size).toBe(0);
  });

  it('says nothing more once it is stopped', async () => {
    const waiting: (() => void)[] = [];
    answer = waitingIn(waiting);
    enricher.changed(call, keys);
    await tick();
    enricher.stop();
    waiting.shift()?.();
    await tick();
    enricher.changed(call, keys);
    await pass(60_000, 5_000);
    expect(told).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
