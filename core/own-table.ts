import { z } from 'zod';

declare const ownKeysOnly: unique symbol;

/**
 * A table keyed by words from outside: rule ids, phrases, ids of calls. It has no prototype, so that `constructor`,
 * `__proto__` and `toString` are keys like any other; a plain object does not pass for one.
 */
export type OwnTable<T> = Readonly<Record<string, T>> & { readonly [ownKeysOnly]: true };

/** @param entries of two with one key the later one stays */
export function tableOf<T>(entries: Iterable<readonly [key: string, value: T]>): OwnTable<T> {
  const table = Object.create(null) as Record<string, T>;
  for (const [key, value] of entries) table[key] = value;
  return table as OwnTable<T>;
}

/** The table with further entries; of two with one key the later one stays. */
export function withEntries<T>(table: OwnTable<T>, entries: Iterable<readonly [key: string, value: T]>): OwnTable<T> {
  return tableOf([...Object.entries(table), ...entries]);
}

/** The table without some keys. */
export function withoutKeys<T>(table: OwnTable<T>, keys: Iterable<string>): OwnTable<T> {
  const left = new Set(keys);
  return tableOf(Object.entries(table).filter(([key]) => !left.has(key)));
}

/** A schema of a table whose values follow `value`; reads any object, by its own keys alone. */
export function tableSchema<S extends z.ZodType>(value: S) {
  const isObject = (input: unknown) => typeof input === 'object' && input !== null && !Array.isArray(input);
  return z
    .preprocess(
      (input) => (isObject(input) ? Object.entries(input as object) : input),
      z.array(z.tuple([z.string(), value])),
    )
    .transform((entries) => tableOf(entries as [string, z.output<S>][]));
}
