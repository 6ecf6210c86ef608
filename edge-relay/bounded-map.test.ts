import fc from 'fast-check';
import { BoundedMap } from './bounded-map.ts';

describe('BoundedMap', () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', 'constructor');
  const steps = fc.array(fc.record({ key: keys, value: fc.nat(6), isDeleted: fc.boolean() }), { maxLength: 60 });

  it('stays within its bounds, and holds the newest that fit', () => {
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (all, maxEntries, maxBytes) => {
          const map = new BoundedMap<number>({ maxEntries, maxBytes, bytesOf: (value) => value });
          let expected: [string, number][] = [];
          let evicted = 0;
          for (const { key, value, isDeleted } of all) {
            expected = expected.filter(([each]) => each !== key);
            if (isDeleted) map.delete(key);
            else {
              map.set(key, value);
              expected.push([key, value]);
            }
            const sum = () => expected.reduce((total, [, bytes]) => total + bytes, 0);
            while (expected.length > maxEntries || sum() > maxBytes) {
              expected.shift();
              evicted++;
            }
            expect({ size: map.size, bytes: map.bytes, evicted: map.evictedCount }).toEqual({
              size: expected.length,
              bytes: sum(),
              evicted,
            });
            for (const [each, held] of expected) expect(map.get(each)).toBe(held);
          }
        },
      ),
    );
  });

  it('lets the oldest go while they are to', () => {
    const map = new BoundedMap<number>({ maxEntries: 10 });
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ] as const)
      map.set(key, value);
    map.deleteWhile((value) => value < 2);
    expect([map.has('a'), map.has('b'), map.has('c')]).toEqual([false, true, true]);
  });
});
