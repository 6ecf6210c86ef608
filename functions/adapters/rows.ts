import { UNREADABLE_ROW } from '#core/contracts/counted-logs.ts';
import type { Key } from '#core/table-layout.ts';
import { log } from '../telemetry.ts';
import type { Item } from './items.ts';

/** A stored row is not of its kind's shape: another version wrote it, or it is damaged. */
export class UnreadableRowError extends Error {
  override readonly name = 'UnreadableRowError';
  readonly retryable = false;
  readonly key: Key;

  constructor(key: Key, cause: unknown) {
    super(`The row ${key.PK} ${key.SK} cannot be read.`, { cause });
    this.key = key;
  }
}

/**
 * Reads one row.
 * @throws UnreadableRowError
 */
export function readRow<T>(item: Item, read: (item: Item) => T): T {
  try {
    return read(item);
  } catch (error) {
    const key = keyOf(item);
    // An alarm counts it. What is wrong with it may hold words of the call: only where it lies is logged.
    log.error(UNREADABLE_ROW, { ...key });
    throw new UnreadableRowError(key, error);
  }
}

/**
 * Reads rows, each by itself: one that cannot be read is left out.
 * @param onUnreadable receives the key of each that is left out
 */
export function readableRows<T>(
  items: readonly Item[],
  read: (item: Item) => T,
  onUnreadable: (key: Key) => void = () => undefined,
): T[] {
  return items.flatMap((item) => {
    try {
      return [readRow(item, read)];
    } catch (error) {
      if (!(error instanceof UnreadableRowError)) throw error;
      onUnreadable(error.key);
      return [];
    }
  });
}

function keyOf({ PK, SK }: Item): Key {
  return { PK: String(PK), SK: String(SK) };
}
