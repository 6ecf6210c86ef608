import fc from 'fast-check';
import { fractionSchema } from './fields.ts';

/** The smallest magnitude that DynamoDB stores. */
const SMALLEST = 1e-130;

describe('a fraction', () => {
  it('is one that a table stores, and the same but for what is next to nothing', () => {
    const tiny = fc
      .tuple(fc.integer({ min: 90, max: 324 }), fc.constantFrom(1, -1))
      .map(([power, sign]) => sign * 10 ** -power);
    fc.assert(
      fc.property(fc.oneof(tiny, fc.double({ min: -1, max: 1, noNaN: true })), (number) => {
        const read = fractionSchema(-1, 1).parse(number);
        expect(read === 0 || Math.abs(read) >= SMALLEST).toBe(true);
        expect(Math.abs(read - number)).toBeLessThan(1e-99);
      }),
    );
  });

  it.each([1.000001, -1.000001, NaN, Infinity, '0', null])('is not %p', (number) => {
    expect(fractionSchema(-1, 1).safeParse(number).success).toBe(false);
  });
});
