import { type CallsTicked, callsTickedSchema } from '#core/contracts/events.ts';
import type { CallTick } from '#core/call/events.ts';
import type { Waiting } from '#core/waiting.ts';
import { ManualClock } from '../clock.fake.ts';
import { Ticker } from './ticker.ts';

describe('Ticker', () => {
  let clock: ManualClock;
  let live: CallTick[];
  let published: CallsTicked[];
  let problems: string[];
  let queues: Waiting[] | undefined;
  let ticker: Ticker;

  beforeEach(() => {
    clock = new ManualClock();
    live = [];
    published = [];
    problems = [];
    queues = undefined;
    ticker = new Ticker({
      relayId: 'berlin-1',
      pbx: 'berlin',
      version: '1.2.3',
      periodMs: 5_000,
      clock,
      calls: () => live,
      queues: () => queues,
      trunkQuestions: () => [],
      spooledEvents: () => 3,
      problems: () => problems,
      publish: (event) => published.push(event),
    });
    ticker.start();
    clock.advance(0);
  });

  const call = (callId: string): CallTick => ({ callId, atMs: 0, lastSeq: 0, legs: [] });

  it('reports at once and then every period, also that there is no call', () => {
    expect(published).toMatchObject([{ part: 1, parts: 1, calls: [], spooledEvents: 3, relayVersion: '1.2.3' }]);
    clock.advance(10_000);
    expect(published).toHaveLength(3);
  });

  it('reports a new call at once, and a burst of them in one', () => {
    clock.advance(1_000);
    live = [call('a')];
    ticker.soon();
    clock.advance(0);
    expect(published.at(-1)?.calls.map(({ callId }) => callId)).toEqual(['a']);
    for (const id of ['b', 'c', 'd']) {
      live.push(call(id));
      ticker.soon();
    }
    clock.advance(500);
    expect(published).toHaveLength(3);
    expect(published.at(-1)?.calls).toHaveLength(4);
  });

  it('reports what keeps the relay from its work, within the bounds of the event', () => {
    expect(published[0]).not.toHaveProperty('problems');
    problems = ['the disk is full', ...Array.from({ length: 50 }, () => 'x'.repeat(5_000))];
    clock.advance(5_000);
    expect(callsTickedSchema.parse(published.at(-1)).problems?.[0]).toBe('the disk is full');
  });

  it('reports many calls in parts', () => {
    live = Array.from({ length: 101 }, (_, i) => call(`call-${i}`));
    clock.advance(5_000);
    expect(published.slice(1).map(({ part, parts, calls }) => [part, parts, calls.length])).toEqual([
      [1, 3, 50],
      [2, 3, 50],
      [3, 3, 1],
    ]);
  });

  it('reports who waits in each queue, of many queues in parts', () => {
    expect(published[0]).not.toHaveProperty('queues');
    live = [call('a')];
    queues = Array.from({ length: 31 }, (_, i) => ({ queue: `q${i}`, calls: i, abandoned: 0 }));
    clock.advance(5_000);
    const parts = published.slice(1).map((event) => callsTickedSchema.parse(event));
    expect(parts.flatMap((part) => part.queues)).toEqual(queues);
    expect(parts.map(({ calls, pbx }) => [calls.length, pbx])).toEqual([
      [1, 'berlin'],
      [0, 'berlin'],
    ]);
  });

  it('says nothing after it was stopped', () => {
    ticker.soon();
    ticker.stop();
    clock.advance(60_000);
    expect(published).toHaveLength(1);
  });
});
