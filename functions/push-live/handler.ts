import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { entityOf, type Entity } from '../adapters/items.ts';
import { openTable } from '../adapters/table.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { deliver, type Peers } from './deliver.ts';
import { digestOf } from './digest.ts';
import { overviewMail, urgentMail } from './messages.ts';

/** A viewer who has not taken a message by then is let go. */
const POST_TIMEOUT_MS = 1500;
/** Overviews of one stream shard are so far apart; what changes meanwhile comes in the next batch. */
const OVERVIEW_INTERVAL_MS = 500;

const env = readEnv('TABLE_NAME', 'CALLBACK_URL');
const peers: Peers = {
  viewers: new Viewers(openTable(env.TABLE_NAME)),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
};

/** Tells the viewers of a call what was said on it, and those of alerts what was raised, at once. */
export async function pushCalls(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  return push(event, urgentMail);
}

let nextOverviewAt = 0;

/** Tells the viewers of the overview which calls and relays changed, twice a second at most. */
export async function pushOverview(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  await sleep(Math.max(0, nextOverviewAt - Date.now()));
  nextOverviewAt = Date.now() + OVERVIEW_INTERVAL_MS;
  return push(event, overviewMail);
}

/** A row that cannot be read fails alone. */
async function push({ Records }: DynamoDBStreamEvent, mailOf: typeof urgentMail): Promise<DynamoDBBatchResponse> {
  const unreadable: DynamoDBRecord[] = [];
  const digest = digestOf(Records.flatMap((record) => read(record, unreadable)));
  const deliveries = await deliver(mailOf(digest, Date.now()), peers);
  log.info('changes pushed', { records: Records.length, unreadable: unreadable.length, ...deliveries });
  return {
    batchItemFailures: unreadable.flatMap(({ dynamodb }) =>
      dynamodb?.SequenceNumber ? { itemIdentifier: dynamodb.SequenceNumber } : [],
    ),
  };
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
