import { SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { SORT_KEY } from '#core/table-layout.ts';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallTable } from '../adapters/call-table.ts';
import { DeadLetters } from '../adapters/dead-letters.ts';
import { EventBus } from '../adapters/event-bus.ts';
import { entityOf, type Entity } from '../adapters/items.ts';
import { Pace } from '../adapters/pace.ts';
import { openTable } from '../adapters/table.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { announce, announcementsOf, type Announcing } from './announce.ts';
import { Backlog } from './backlog.ts';
import { deliver, type Deliveries } from '../live-delivery/deliver.ts';
import { digestOf } from './digest.ts';
import { urgentMail, type MetadataOf } from './messages.ts';
import { OVERVIEW_INTERVAL_MS, OVERVIEW_TIME_MS, sendOverview } from './overview.ts';

/** A viewer who has not taken a message by then is let go. */
const POST_TIMEOUT_MS = 1500;
/** What changed longer ago is no news: pages have fetched it. */
const NEWS_MS = 60_000;

const env = readEnv('TABLE_NAME', 'CALLBACK_URL', 'RETENTION_DAYS');
const table = openTable(env.TABLE_NAME);
const calls = new CallTable(table, env.RETENTION_DAYS);
const metadataOf: MetadataOf = async (callIds) =>
  new Map((await calls.states(callIds)).map(({ callId, metadata }) => [callId, metadata]));
const dependencies = {
  viewers: new Viewers(table),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
  pace: new Pace(table, 'overview', OVERVIEW_INTERVAL_MS),
  metadataOf,
  now: Date.now,
  sleep,
};

/**
 * At once: tells the viewers of a call what was said on it and those of alerts what was raised, and the bus what is for
 * others.
 */
export async function pushCalls(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { changes, unreadable } = readAll(event);
  const now = Date.now();
  const news = changes.filter(({ changedAt }) => now - changedAt < NEWS_MS).map(({ entity }) => entity);
  const [deliveries] = await Promise.all([
    deliver(urgentMail(digestOf(news), now, metadataOf), dependencies),
    announce(
      changes.flatMap(({ entity, isNew }) => announcementsOf(entity, isNew)),
      announcing(),
    ),
  ]);
  return report(event, unreadable, deliveries);
}

let others: Announcing | undefined;

/** The overview's function shares this file and announces nothing. */
function announcing(): Announcing {
  if (!others) {
    const { BUS_NAME, UNANNOUNCED_URL } = readEnv('BUS_NAME', 'UNANNOUNCED_URL');
    others = { bus: new EventBus(BUS_NAME), deadLetters: new DeadLetters(UNANNOUNCED_URL, new SQSClient()) };
  }
  return others;
}

/** Outlives one invocation: what could not be told in its time. */
const backlog = new Backlog();

/** Tells the viewers of the overview which calls and relays changed, twice a second at most. */
export async function pushOverview(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { changes, unreadable } = readAll(event);
  const digest = digestOf(changes.map(({ entity }) => entity));
  backlog.add(digest.calls.values(), digest.reports.values());
  return report(event, unreadable, await sendOverview(backlog, Date.now() + OVERVIEW_TIME_MS, dependencies));
}

/** A row that cannot be read fails alone. */
function report(
  { Records }: DynamoDBStreamEvent,
  unreadable: readonly DynamoDBRecord[],
  deliveries: Deliveries,
): DynamoDBBatchResponse {
  log.debug('changes pushed', { records: Records.length, unreadable: unreadable.length, ...deliveries });
  if (deliveries.failed > 0) log.warn('viewers not reached in time', { ...deliveries });
  return {
    batchItemFailures: unreadable.flatMap(({ dynamodb }) =>
      dynamodb?.SequenceNumber ? { itemIdentifier: dynamodb.SequenceNumber } : [],
    ),
  };
}

/** A row as it is now, since when, and whether it was not there before. */
interface StreamChange {
  readonly entity: Entity;
  readonly isNew: boolean;
  readonly changedAt: number;
}

function readAll({ Records }: DynamoDBStreamEvent) {
  const unreadable: DynamoDBRecord[] = [];
  return { changes: Records.flatMap((record) => read(record, unreadable)), unreadable };
}

function read(record: DynamoDBRecord, unreadable: DynamoDBRecord[]): StreamChange[] {
  const { NewImage: image, ApproximateCreationDateTime: changedAtSeconds, Keys } = record.dynamodb ?? {};
  if (!image) return [];
  try {
    const entity = entityOf(unmarshall(image as Parameters<typeof unmarshall>[0]));
    const changedAt = changedAtSeconds === undefined ? Date.now() : changedAtSeconds * 1000;
    return entity ? [{ entity, isNew: record.eventName === 'INSERT', changedAt }] : [];
  } catch (error) {
    log.error('row of the stream is malformed', { key: Keys?.[SORT_KEY]?.S, error: String(error) });
    unreadable.push(record);
    return [];
  }
}
