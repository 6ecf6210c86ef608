import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { NOTICES_PARTITION, PARTITION_KEY, SORT_KEY, TIME_TO_LIVE } from '#core/table-layout.ts';
import type { Once } from './notify.ts';

/** A notice with the same key within a day is a repeat. */
const REMEMBERED_S = 86_400;

/**
 * Records in the table which tasks were done.
 * @param context of the invocation: a task that was running when it timed out may run again
 */
export function onceInTable(tableName: string, context: Context, client: DynamoDBClient): Once {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName,
    keyAttr: PARTITION_KEY,
    sortKeyAttr: SORT_KEY,
    staticPkValue: NOTICES_PARTITION,
    expiryAttr: TIME_TO_LIVE,
    awsSdkV3Client: client,
  });
  const config = new IdempotencyConfig({ expiresAfterSeconds: REMEMBERED_S });
  config.registerLambdaContext(context);
  return async (key, task) => {
    const run = makeIdempotent(
      async (_: { key: string }) => {
        const result = await task();
        // An undefined value cannot be stored.
        return result === undefined ? {} : { result };
      },
      { persistenceStore, config },
    );
    return (await run({ key })).result as Awaited<ReturnType<typeof task>>;
  };
}
