import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { entityOf } from '../adapters/items.ts';
import { EventBus } from '../adapters/event-bus.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { announcementsOf } from './announce.ts';

const bus = new EventBus(readEnv('BUS_NAME').BUS_NAME);

/** Says on the bus which alerts were raised or changed and which calls are over; from the first failure on, again. */
export async function announce({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb, eventName } of Records) {
    try {
      const entity = entityOf(unmarshall((dynamodb?.NewImage ?? {}) as Parameters<typeof unmarshall>[0]));
      if (entity) await bus.publish(announcementsOf(entity, eventName === 'INSERT'));
    } catch (error) {
      log.error('row not announced', { key: dynamodb?.Keys?.['SK']?.S, error: String(error) });
      return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  log.info('rows announced', { records: Records.length });
  return { batchItemFailures: [] };
}
