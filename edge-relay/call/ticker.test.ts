import type { CallsTicked } from '#core/contracts/events.ts';
import type { CallTick } from '#core/call/events.ts';
import { ManualClock } from '../clock.fake.ts';
import { Ticker } from './ticker.ts';

describe('Ticker', () => {
  let clock: ManualClock;
  let live: CallTick[];
  let told: CallsTicked[];
  let ticker: Ticker;

  beforeEach(() => {
    clock = new ManualClock();
    live = [];
    told = [];
    ticker = new Ticker({
      relayId: 'berlin-1',
      version: '1.2.3',
      periodMs: 5_000,
      clock,
      calls: () => live,
      spooledEvents: () => 3,
      publish: (event) => told.push(event),
    });
    ticker.start();
    clock.advance(0);
  });

  const call = (callId: string): CallTick => ({ callId, atMs: 0, lastSeq: 0, legs: [] });

  it('reports at once and then every period, also that there is no call', () => {
    expect(told).toMatchObject([{ part: 1, parts: 1, calls: [], spooledEvents: 3, relayVersion: '1.2.3' }]);
    clock.advance(10_000);
    expect(told).toHaveLength(3);
  });

  it('reports a new call at once, and a burst of them in one', () => {
    clock.advance(1_000);
    live = [call('a')];
    ticker.soon();
    clock.advance(0);
    expect(told.at(-1)?.calls.map(({ callId }) => callId)).toEqual(['a']);
    for (const id of ['b', 'c', 'd']) {
      live.push(call(id));
      ticker.soon();
    }
    clock.advance(500);
    expect(told).toHaveLength(3);
    expect(told.at(-1)?.calls).toHaveLength(4);
  });

  it('reports many calls in parts', () => {
    live = Array.from({ length: 101 }, (_, i) => call(`call-${i}`));
    clock.advance(5_000);
    expect(told.slice(1).map(({ part, parts, calls }) => [part, parts, calls.length])).toEqual([
      [1, 3, 50],
      [2, 3, 50],
      [3, 3, 1],
    ]);
  });

  it('says nothing after it was stopped', () => {
    ticker.soon();
    ticker.stop();
    clock.advance(60_000);
    expect(told).toHaveLength(1);
  });
});
