import { BatchWriteCommand, paginateScan, type BatchWriteCommandOutput } from '@aws-sdk/lib-dynamodb';
import { callKey, recordKey, sortKeyPrefixes, type Key } from '#core/table-layout.ts';
import { entityOf, isUnfinished } from './items.ts';
import { readableRows } from './rows.ts';
import { queryAll, type Table } from './table.ts';

const BATCH_WRITE_LIMIT = 25;

/** What is stored about a caller. */
export interface CallerData {
  readonly callIds: readonly string[];
  /** Those of them that are unfinished: more will be stored. */
  readonly liveCallIds: readonly string[];
  /** The keys of all rows: the calls with their utterances and alerts, and their rows in the history. */
  readonly keys: readonly Key[];
}

/** @param numbers of one caller, each exactly as it is stored */
export async function dataOfCaller(table: Table, numbers: readonly string[]): Promise<CallerData> {
  const found = new Map<string, boolean>();
  const rows: Key[] = [];
  // A scan: this is rare, and an index by number would have to be paid for.
  const pages = paginateScan(
    { client: table.client },
    {
      TableName: table.name,
      FilterExpression: 'SK = :state OR begins_with(SK, :past)',
      ExpressionAttributeValues: { ':state': sortKeyPrefixes.state, ':past': sortKeyPrefixes.record },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) {
    for (const entity of readableRows(Items, entityOf)) {
      const isOfCaller = (number: string | undefined) => number !== undefined && numbers.includes(number);
      if (entity?.kind === 'call' && isOfCaller(entity.value.metadata.caller?.number)) {
        found.set(entity.value.callId, isUnfinished(entity.value));
      }
      if (entity?.kind === 'record' && isOfCaller(entity.value.caller?.number)) {
        rows.push(recordKey(entity.value));
        found.set(entity.value.callId, found.get(entity.value.callId) ?? false);
      }
    }
  }
  for (const callId of found.keys()) {
    const items = await queryAll(table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': callKey(callId).PK },
      ProjectionExpression: 'PK, SK',
      ConsistentRead: true,
    });
    rows.push(...items.map(({ PK, SK }) => ({ PK: String(PK), SK: String(SK) })));
  }
  return {
    callIds: [...found.keys()].sort(),
    liveCallIds: [...found].flatMap(([callId, isLive]) => (isLive ? [callId] : [])).sort(),
    keys: rows,
  };
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
