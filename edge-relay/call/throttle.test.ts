import fc from 'fast-check';
import { ManualClock } from '../clock.fake.ts';
import { Throttle } from './throttle.ts';

const PERIOD_MS = 250;

describe('Throttle', () => {
  let clock: ManualClock;
  let sent: { at: number; value: number }[];
  let isTaken: boolean;
  let throttle: Throttle<number>;
  beforeEach(() => {
    clock = new ManualClock(0);
    sent = [];
    isTaken = true;
    throttle = new Throttle<number>(clock, PERIOD_MS, (value) => {
      if (isTaken) sent.push({ at: clock.now(), value });
      return isTaken;
    });
  });

  it('sends the first at once, and the newest of the others when the period is over', () => {
    throttle.offer(1);
    throttle.offer(2);
    throttle.offer(3);
    expect(sent).toEqual([{ at: 0, value: 1 }]);
    clock.advance(PERIOD_MS);
    expect(sent).toEqual([
      { at: 0, value: 1 },
      { at: 250, value: 3 },
    ]);
    clock.advance(10 * PERIOD_MS);
    expect(sent).toHaveLength(2);
  });

  it('sends nothing that is out of date, and nothing once it has stopped', () => {
    throttle.offer(1);
    throttle.offer(2);
    throttle.drop();
    clock.advance(PERIOD_MS);
    throttle.offer(3);
    throttle.offer(4);
    throttle.stop();
    clock.advance(PERIOD_MS);
    expect(sent.map(({ value }) => value)).toEqual([1, 3]);
  });

  it('keeps the newest while it cannot be sent', () => {
    isTaken = false;
    throttle.offer(1);
    clock.advance(3 * PERIOD_MS);
    throttle.offer(2);
    isTaken = true;
    clock.advance(PERIOD_MS);
    expect(sent.map(({ value }) => value)).toEqual([2]);
  });

  it('never sends more than four in any second, always in order, and the newest in the end', () => {
    const offers = fc.array(fc.record({ afterMs: fc.nat(400), isTaken: fc.boolean() }), { minLength: 1 });
    fc.assert(
      fc.property(offers, (steps) => {
        clock = new ManualClock(0);
        sent = [];
        throttle = new Throttle<number>(clock, PERIOD_MS, (value) => {
          if (isTaken) sent.push({ at: clock.now(), value });
          return isTaken;
        });
        steps.forEach((step, value) => {
          clock.advance(step.afterMs);
          isTaken = step.isTaken;
          throttle.offer(value);
        });
        isTaken = true;
        clock.advance(PERIOD_MS);
        expect(sent.at(-1)?.value).toBe(steps.length - 1);
        for (const [i, { at, value }] of sent.entries()) {
          expect(sent.filter((other) => other.at >= at && other.at < at + 1_000).length).toBeLessThanOrEqual(4);
          expect(value).toBeGreaterThan(sent[i - 1]?.value ?? -1);
        }
      }),
    );
  });
});
