import type { Key } from '#core/table-layout.ts';
import type { Item } from './items.ts';
import { updateIf, type Table } from './table.ts';

/**
 * Counts a message in the row of who sent it, anew in each interval.
 * @param interval the present one, by its number
 * @returns the row with its `messages` of this interval; undefined where there is no such row
 */
export async function countMessage(table: Table, key: Key, interval: number): Promise<Item | undefined> {
  const values = { ':interval': interval, ':one': 1 };
  return (
    (await updateIf(table, key, 'ADD messages :one', 'messageInterval = :interval', values)) ??
    (await updateIf(table, key, 'SET messages = :one, messageInterval = :interval', 'attribute_exists(PK)', values))
  );
}
