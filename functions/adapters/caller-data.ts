import { BatchWriteCommand, paginateScan, type BatchWriteCommandOutput } from '@aws-sdk/lib-dynamodb';
import { callKey } from './items.ts';
import { queryAll, type Table } from './table.ts';

type Key = Record<'PK' | 'SK', string>;

const BATCH_WRITE_LIMIT = 25;

/** Every row that holds what is known of a caller: their calls with all words and alerts, and their rows of the history. */
export async function rowsOfCaller(table: Table, number: string): Promise<{ callIds: string[]; keys: Key[] }> {
  const rows: Key[] = [];
  const callIds = new Set<string>();
  // Rare enough to read the whole table for: no index by number has to be kept and paid for.
  const pages = paginateScan(
    { client: table.client },
    {
      TableName: table.name,
      FilterExpression: '#caller.#number = :number OR metadata.#caller.#number = :number',
      ProjectionExpression: 'PK, SK, callId',
      ExpressionAttributeNames: { '#caller': 'caller', '#number': 'number' },
      ExpressionAttributeValues: { ':number': number },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { PK, SK, callId } of Items) {
      rows.push({ PK: String(PK), SK: String(SK) });
      callIds.add(String(callId));
    }
  }
  for (const callId of callIds) {
    const items = await queryAll(table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': callKey(callId).PK },
      ProjectionExpression: 'PK, SK',
      ConsistentRead: true,
    });
    rows.push(...items.map(({ PK, SK }) => ({ PK: String(PK), SK: String(SK) })));
  }
  const unique = new Map(rows.map((key) => [`${key.PK} ${key.SK}`, key]));
  return { callIds: [...callIds].sort(), keys: [...unique.values()] };
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
