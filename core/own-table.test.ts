import fc from 'fast-check';
import { z } from 'zod';
import { tableOf, tableSchema, withEntries, withoutKeys } from './own-table.ts';

/** What every plain object answers to, and words as they come. */
const keys = fc.oneof(
  fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype), 'prototype', ''),
  fc.string({ unit: 'binary' }),
);
const entries = fc.array(fc.tuple(keys, fc.nat()));

describe('a table of own keys', () => {
  it('holds what was put in, and nothing else', () => {
    fc.assert(
      fc.property(entries, keys, (some, key) => {
        const map = new Map(some);
        expect(tableOf(some)[key]).toBe(map.get(key));
        expect(withEntries(tableOf(some), [[key, 1]])[key]).toBe(1);
        expect(withoutKeys(tableOf(some), [key])[key]).toBeUndefined();
        expect(new Map(Object.entries(tableOf(some)))).toEqual(map);
      }),
    );
  });

  it('is read as it was written', () => {
    const schema = tableSchema(z.int());
    fc.assert(
      fc.property(entries, (some) => {
        const written: unknown = JSON.parse(JSON.stringify(tableOf(some)));
        expect(Object.entries(schema.parse(written)).sort()).toEqual(Object.entries(tableOf(some)).sort());
      }),
    );
    expect(schema.safeParse({ toString: 'x' }).success).toBe(false);
    expect(schema.safeParse([1]).success).toBe(false);
    expect(schema.safeParse(null).success).toBe(false);
  });
});
