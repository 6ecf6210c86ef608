import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, UpdateCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Key } from '#core/table-layout.ts';
import type { Item } from './items.ts';

/** The table and the client that reaches it. */
export interface Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
}

export function openTable(name: string, client: DynamoDBClient = new DynamoDBClient()): Table {
  return {
    name,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
}

/** Every row of a query, over all its pages. */
export async function queryAll(table: Table, query: Omit<QueryCommandInput, 'TableName'>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of queryEach(table, query)) items.push(item);
  return items;
}

/** The rows of a query one by one; a page is read when its first row is asked for. */
export async function* queryEach(table: Table, query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item> {
  let from = query.ExclusiveStartKey;
  do {
    const page = await table.client.send(
      new QueryCommand({ TableName: table.name, ...query, ExclusiveStartKey: from }),
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

/** Updates a row and returns it; undefined if the condition does not hold. */
export async function updateIf(
  table: Table,
  key: Key,
  update: string,
  condition: string,
  values: Record<string, unknown>,
): Promise<Item | undefined> {
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: update,
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Attributes;
  } catch (error) {
    if (isConflict(error)) return undefined;
    throw error;
  }
}

/** The condition that a row is stored at this version, or not at all for version 0. */
export function ifVersion(version: number) {
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(PK)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
}

/** Whether a write failed because its condition did not hold, or because of a concurrent write to the same rows. */
export function isConflict(error: unknown): boolean {
  return (
    isConditionFailed(error) || error instanceof TransactionConflictException || hasReason(error, 'TransactionConflict')
  );
}

/** Whether a write failed because its condition did not hold. */
export function isConditionFailed(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException || hasReason(error, 'ConditionalCheckFailed');
}

function hasReason(error: unknown, reason: string): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code }) => Code === reason);
}
