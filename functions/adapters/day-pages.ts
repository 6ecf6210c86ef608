import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { parseJson } from '#core/json.ts';
import type { Item } from './items.ts';
import { PageRoom } from './page-room.ts';
import type { Table } from './table.ts';

/** A cursor that did not come from this API. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

/** A query over rows with one partition a day. */
export interface DayRows<T> {
  /** Newest first. */
  readonly days: readonly string[];
  readonly query: (day: string) => Omit<QueryCommandInput, 'TableName'>;
  /** The attributes of the key after which a query continues. */
  readonly keyNames: readonly string[];
  /** Maps rows to results, in the same order; undefined drops a row. */
  readonly map: (items: readonly Item[]) => Promise<readonly (T | undefined)[]>;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<T> {
  readonly found: T[];
  readonly cursor?: string;
}

/** A page ends after this many reads even if it is not full: a query that finds little must not read for ever. */
const MAX_READS = 40;

const keySchema = z.record(z.string(), z.union([z.string(), z.number()]));
const cursorSchema = z.strictObject({ day: z.iso.date(), key: keySchema.optional() });
type Cursor = z.infer<typeof cursorSchema>;

/**
 * Reads rows from the newest day back until a page is full: by the count of its rows, or by their size.
 * @throws CursorError
 */
export async function readDaysBack<T>(table: Table, rows: DayRows<T>): Promise<Page<T>> {
  const start = rows.cursor === undefined ? undefined : decodeCursor(rows.cursor, rows.keyNames);
  const days = start ? rows.days.filter((day) => day <= start.day) : rows.days;
  const found: T[] = [];
  const room = new PageRoom();
  let reads = 0;
  for (const [index, day] of days.entries()) {
    const nextDay = days[index + 1];
    let from: Item | undefined = start?.day === day ? start.key : undefined;
    do {
      if (reads++ === MAX_READS) return { found, cursor: encodeCursor({ day, key: from && keySchema.parse(from) }) };
      const { Items = [], LastEvaluatedKey } = await table.client
        .send(
          new QueryCommand({
            TableName: table.name,
            ...rows.query(day),
            ScanIndexForward: false,
            ExclusiveStartKey: from,
          }),
        )
        .catch((error: unknown) => {
          const isOfCursor = from !== undefined && from === start?.key;
          throw isOfCursor && (error as Error).name === 'ValidationException' ? strangeCursor(error) : error;
        });
      for (const [at, mapped] of (await rows.map(Items)).entries()) {
        if (mapped === undefined) continue;
        found.push(mapped);
        // A row beyond the room is still on the page: what is left to the limit of a response holds many.
        if (room.takes(mapped) && found.length < rows.limit) continue;
        const isLast = at === Items.length - 1 && !LastEvaluatedKey && nextDay === undefined;
        const key = keySchema.parse(
          Object.fromEntries(rows.keyNames.map((name) => [name, Items[at]?.[name] as unknown])),
        );
        return isLast ? { found } : { found, cursor: encodeCursor({ day, key }) };
      }
      from = LastEvaluatedKey;
    } while (from);
  }
  return { found };
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decodeCursor(cursor: string, keyNames: readonly string[]): Cursor {
  let decoded: Cursor;
  try {
    decoded = cursorSchema.parse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw strangeCursor(error);
  }
  const names = decoded.key && Object.keys(decoded.key);
  if (names && names.sort().join() !== [...keyNames].sort().join()) throw strangeCursor();
  return decoded;
}

function strangeCursor(cause?: unknown): CursorError {
  return new CursorError('The cursor was not given by this API: leave it out to begin anew.', { cause });
}
