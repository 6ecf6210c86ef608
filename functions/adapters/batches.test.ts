import fc from 'fast-check';
import { batchesOf } from './batches.ts';

const limits = { entries: 10, bytes: 256 };

it('keeps order, leaves nothing out, and exceeds neither limit but for one entry that is too large by itself', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 })), (sizes) => {
      const batches = batchesOf(sizes, limits, (size) => size);
      expect(batches.flat()).toEqual(sizes);
      for (const batch of batches) {
        const bytes = batch.reduce((sum, size) => sum + size, 0);
        expect(batch.length === 1 || (batch.length <= limits.entries && bytes <= limits.bytes)).toBe(true);
      }
    }),
  );
});

it('makes no more batches than the entries need', () => {
  expect(batchesOf([100, 100, 56, 1, 255], limits, (size) => size)).toEqual([
    [100, 100, 56],
    [1, 255],
  ]);
  expect(batchesOf(Array<number>(11).fill(1), limits, (size) => size).map(({ length }) => length)).toEqual([10, 1]);
  expect(batchesOf([], limits, () => 1)).toEqual([]);
});
