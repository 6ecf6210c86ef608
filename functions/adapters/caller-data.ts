import { BatchWriteCommand, paginateScan, type BatchWriteCommandOutput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { callIdOfPartition, callIdOfRecord, callKey, sortKeyPrefixes, type Key } from '#core/table-layout.ts';
import { callOf, isUnfinished, type Item } from './items.ts';
import { unpacked } from './packed.ts';
import { readRow, UnreadableRowError } from './rows.ts';
import { queryAll, type Table } from './table.ts';

const BATCH_WRITE_LIMIT = 25;

/** What is stored about a caller. */
export interface CallerData {
  readonly callIds: readonly string[];
  /** Those of them that are unfinished: more will be stored. */
  readonly liveCallIds: readonly string[];
  /** The keys of all rows: the calls with their utterances and alerts, and their rows in the history. */
  readonly keys: readonly Key[];
  /** Those of the calls whose state cannot be read, and yet shows this caller. */
  readonly unreadableCallIds: readonly string[];
  /** Further calls whose state cannot be read, and of which nothing shows whose they are. */
  readonly unknownCallIds: readonly string[];
}

/** What is known of a call from its state, its row in the history and those of its callers. */
interface FoundCall {
  isLive: boolean;
  isUnreadable: boolean;
  /** Every number that its rows show. */
  readonly numbers: Set<string>;
  readonly recordKeys: Key[];
}

/**
 * Finds a caller's calls. Of rows that cannot be read the caller's number is taken as it stands in them, whatever else is
 * wrong there.
 * @param numbers of one caller, each exactly as it is stored
 * @param withUnknown also returns the rows of calls that cannot be read and show nobody's number
 */
export async function dataOfCaller(
  table: Table,
  numbers: readonly string[],
  { withUnknown = false } = {},
): Promise<CallerData> {
  const found = await allCalls(table);
  const shows = ({ numbers: shown }: FoundCall) => numbers.some((number) => shown.has(number));
  const idsOf = (isWanted: (call: FoundCall) => boolean) =>
    [...found].flatMap(([callId, call]) => (isWanted(call) ? [callId] : [])).sort();
  const isUnknown = (call: FoundCall) => call.isUnreadable && call.numbers.size === 0;

  const callIds = idsOf(shows);
  const unknownCallIds = idsOf(isUnknown);
  const keys: Key[] = [];
  for (const callId of withUnknown ? [...callIds, ...unknownCallIds] : callIds) {
    keys.push(...(found.get(callId)?.recordKeys ?? []), ...(await keysOfCall(table, callId)));
  }
  return {
    callIds,
    liveCallIds: idsOf((call) => shows(call) && call.isLive),
    keys,
    unreadableCallIds: idsOf((call) => shows(call) && call.isUnreadable),
    unknownCallIds,
  };
}

/** All calls that are stored, by id. */
async function allCalls(table: Table): Promise<Map<string, FoundCall>> {
  const found = new Map<string, FoundCall>();
  // A scan: this is rare, and an index by number would have to be paid for.
  const pages = paginateScan(
    { client: table.client },
    {
      TableName: table.name,
      FilterExpression: 'SK = :state OR begins_with(SK, :past) OR begins_with(SK, :ofCaller)',
      ExpressionAttributeValues: {
        ':state': sortKeyPrefixes.state,
        ':past': sortKeyPrefixes.record,
        ':ofCaller': sortKeyPrefixes.call,
      },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) note(item, found);
  }
  return found;
}

function note(item: Item, found: Map<string, FoundCall>): void {
  const key = keyOf(item);
  const isState = key.SK === sortKeyPrefixes.state;
  const callId = isState ? callIdOfPartition(key.PK) : callIdOfRecord(key.SK);
  const call = found.get(callId) ?? { isLive: false, isUnreadable: false, numbers: new Set(), recordKeys: [] };
  found.set(callId, call);
  if (!isState) call.recordKeys.push(key);
  const number = isState ? numberIn(contentOf(item), 'metadata') : numberIn(item);
  if (number !== undefined) call.numbers.add(number);
  if (!isState) return;
  try {
    call.isLive = isUnfinished(readRow(item, callOf));
  } catch (error) {
    if (!(error instanceof UnreadableRowError)) throw error;
    // Nothing is folded into it any more, so that waiting for its end would be in vain.
    call.isUnreadable = true;
  }
}

const shownCallerSchema = z.object({ caller: z.object({ number: z.string() }) });

/** The caller's number as it stands in a row, or in one of its fields. */
function numberIn(content: unknown, field?: 'metadata'): string | undefined {
  const schema = field ? z.object({ [field]: shownCallerSchema }).transform((row) => row[field]) : shownCallerSchema;
  return schema.safeParse(content).data?.caller.number;
}

/** What a state's row holds; undefined if it cannot even be unpacked. */
function contentOf({ packed }: Item): unknown {
  try {
    return unpacked(packed);
  } catch {
    return undefined;
  }
}

async function keysOfCall(table: Table, callId: string): Promise<Key[]> {
  const items = await queryAll(table, {
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: { ':pk': callKey(callId).PK },
    ProjectionExpression: 'PK, SK',
    ConsistentRead: true,
  });
  return items.map(keyOf);
}

function keyOf({ PK, SK }: Item): Key {
  return { PK: String(PK), SK: String(SK) };
}

/** Deletes rows for good. */
export async function deleteRows(table: Table, keys: readonly Key[]): Promise<void> {
  for (let from = 0; from < keys.length; from += BATCH_WRITE_LIMIT) {
    const batch = keys.slice(from, from + BATCH_WRITE_LIMIT).map((key) => ({ DeleteRequest: { Key: key } }));
    let waiting: BatchWriteCommandOutput['UnprocessedItems'] = { [table.name]: batch };
    while (waiting && Object.keys(waiting).length > 0) {
      const result: BatchWriteCommandOutput = await table.client.send(new BatchWriteCommand({ RequestItems: waiting }));
      waiting = result.UnprocessedItems;
    }
  }
}
