import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallTable } from '../adapters/call-table.ts';
import { entityOf, type Entity } from '../adapters/items.ts';
import { Pace } from '../adapters/pace.ts';
import { openTable } from '../adapters/table.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { Backlog } from './backlog.ts';
import { deliver, type Deliveries } from './deliver.ts';
import { digestOf } from './digest.ts';
import { urgentMail, type MetadataOf } from './messages.ts';
import { tellOverview } from './overview.ts';

/** A viewer who has not taken a message by then is let go. */
const POST_TIMEOUT_MS = 1500;
/** Overviews are so far apart, whichever shard of the stream they come from. */
const OVERVIEW_INTERVAL_MS = 500;
/** What is not told by then goes with what changed meanwhile. */
const OVERVIEW_TIME_MS = 3000;

const env = readEnv('TABLE_NAME', 'CALLBACK_URL', 'RETENTION_DAYS');
const table = openTable(env.TABLE_NAME);
const calls = new CallTable(table, env.RETENTION_DAYS);
const metadataOf: MetadataOf = async (callIds) =>
  new Map((await calls.states(callIds)).map(({ callId, metadata }) => [callId, metadata]));
const peers = {
  viewers: new Viewers(table),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
  pace: new Pace(table, 'overview', OVERVIEW_INTERVAL_MS),
  metadataOf,
  now: Date.now,
  sleep,
};

/** Tells the viewers of a call what was said on it, and those of alerts what was raised, at once. */
export async function pushCalls(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { entities, unreadable } = readAll(event);
  return report(event, unreadable, await deliver(urgentMail(digestOf(entities), Date.now(), metadataOf), peers));
}

/** Outlives one invocation: what could not be told in its time. */
const backlog = new Backlog();

/** Tells the viewers of the overview which calls and relays changed, twice a second at most. */
export async function pushOverview(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { entities, unreadable } = readAll(event);
  const digest = digestOf(entities);
  backlog.add(digest.calls.values(), digest.reports.values());
  return report(event, unreadable, await tellOverview(backlog, Date.now() + OVERVIEW_TIME_MS, peers));
}

/** A row that cannot be read fails alone. */
function report(
  { Records }: DynamoDBStreamEvent,
  unreadable: readonly DynamoDBRecord[],
  deliveries: Deliveries,
): DynamoDBBatchResponse {
  log.info('changes pushed', { records: Records.length, unreadable: unreadable.length, ...deliveries });
  return {
    batchItemFailures: unreadable.flatMap(({ dynamodb }) =>
      dynamodb?.SequenceNumber ? { itemIdentifier: dynamodb.SequenceNumber } : [],
    ),
  };
}

function readAll({ Records }: DynamoDBStreamEvent) {
  const unreadable: DynamoDBRecord[] = [];
  return { entities: Records.flatMap((record) => read(record, unreadable)), unreadable };
}

function read(record: DynamoDBRecord, unreadable: DynamoDBRecord[]): Entity[] {
  const image = record.dynamodb?.NewImage;
  if (!image) return [];
  try {
    const entity = entityOf(unmarshall(image as Parameters<typeof unmarshall>[0]));
    return entity ? [entity] : [];
  } catch (error) {
    log.error('row of the stream is malformed', { key: record.dynamodb?.Keys?.['SK']?.S, error: String(error) });
    unreadable.push(record);
    return [];
  }
}
