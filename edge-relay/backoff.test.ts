import fc from 'fast-check';
import { backoffMs, jitteredBackoffMs } from './backoff.ts';

const limits = { firstMs: 250, lastMs: 5_000 };

describe('backoffMs', () => {
  it('doubles from the first wait to the last', () => {
    expect([0, 1, 2, 3, 4, 5, 5_000].map((failures) => backoffMs(limits, failures))).toEqual([
      250, 500, 1_000, 2_000, 4_000, 5_000, 5_000,
    ]);
  });

  it('is spread over the upper half of the wait', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const longest = backoffMs(limits, failures);
        const wait = jitteredBackoffMs(limits, failures, () => random);
        expect(wait).toBeGreaterThanOrEqual(longest / 2);
        expect(wait).toBeLessThanOrEqual(longest);
      }),
    );
  });
});
