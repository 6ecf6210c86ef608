import type { Key } from '#core/table-layout.ts';
import type { Item } from './items.ts';
import { updateIf, type Table } from './table.ts';

/**
 * Counts a message in its sender's row, from 1 in each interval.
 * @param interval the number of the current interval
 * @returns the row with `messages` counted in this interval; undefined if there is no such row
 */
export async function countMessage(table: Table, key: Key, interval: number): Promise<Item | undefined> {
  const values = { ':interval': interval, ':one': 1 };
  return (
    (await updateIf(table, key, 'ADD messages :one', 'messageInterval = :interval', values)) ??
    (await updateIf(table, key, 'SET messages = :one, messageInterval = :interval', 'attribute_exists(PK)', values))
  );
}
