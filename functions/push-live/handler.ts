import { SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { PARTITION_KEY, SORT_KEY } from '#core/table-layout.ts';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallTable } from '../adapters/call-table.ts';
import { DeadLetters } from '../adapters/dead-letters.ts';
import { EventBus } from '../adapters/event-bus.ts';
import { callOf, entityOf, type Entity } from '../adapters/items.ts';
import { Pace } from '../adapters/pace.ts';
import { openPeople } from '../adapters/user-pool.ts';
import { readableRows } from '../adapters/rows.ts';
import { openTable } from '../adapters/table.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { UNREADABLE_ROW } from '#core/contracts/counted-logs.ts';
import { log } from '../telemetry.ts';
import { announce, announcementsOf, type AnnounceDependencies } from './announce.ts';
import { Backlog, type FormerMetadata } from './backlog.ts';
import { deliver, type Deliveries } from '../live-delivery/deliver.ts';
import { digestOf } from './digest.ts';
import type { MetadataOf } from '../live-delivery/call-access.ts';
import { immediateFrames } from './messages.ts';
import { OVERVIEW_INTERVAL_MS, OVERVIEW_TIME_MS, sendOverview } from './overview.ts';

/** A viewer that has not accepted a message by then is disconnected. */
const POST_TIMEOUT_MS = 1500;
/** Older changes are not pushed: pages have fetched them. */
const NEWS_MS = 60_000;

const env = readEnv('TABLE_NAME', 'CALLBACK_URL', 'RETENTION_DAYS', 'USER_POOL_ID');
const table = openTable(env.TABLE_NAME);
const calls = new CallTable(table, env.RETENTION_DAYS);
const metadataOf: MetadataOf = async (callIds) =>
  new Map((await calls.states(callIds, { isConsistent: true })).map(({ callId, metadata }) => [callId, metadata]));
const dependencies = {
  viewers: new Viewers(table),
  people: openPeople(table, env.USER_POOL_ID),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
  pace: new Pace(table, 'overview', OVERVIEW_INTERVAL_MS),
  metadataOf,
  now: Date.now,
  sleep,
};

/**
 * Pushes utterances, alerts and monitors to the viewers of their call, and alerts to those of the topic `alerts`;
 * announces alerts and finished calls on the bus.
 */
export async function pushCalls(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { changes, unreadable } = readAll(event);
  const now = Date.now();
  const news = changes.filter(({ changedAt }) => now - changedAt < NEWS_MS).map(({ entity }) => entity);
  const [deliveries] = await Promise.all([
    deliver(immediateFrames(digestOf(news), now, metadataOf), dependencies),
    announce(
      changes.flatMap(({ entity, formerImage }) => announcementsOf(entity, formerEntity(formerImage))),
      announcing(),
    ),
  ]);
  return report(event, unreadable, deliveries);
}

let announceDependencies: AnnounceDependencies | undefined;

/** Opened on first use: the overview's function shares this file and announces nothing. */
function announcing(): AnnounceDependencies {
  if (!announceDependencies) {
    const { BUS_NAME, UNANNOUNCED_URL } = readEnv('BUS_NAME', 'UNANNOUNCED_URL');
    announceDependencies = {
      bus: new EventBus(BUS_NAME),
      deadLetters: new DeadLetters(UNANNOUNCED_URL, new SQSClient()),
    };
  }
  return announceDependencies;
}

/** Outlives one invocation: what could not be sent in its time. */
const backlog = new Backlog();

/** Pushes changed calls and relay reports to the viewers of the overview, at most twice a second. */
export async function pushOverview(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { changes, unreadable } = readAll(event);
  const digest = digestOf(changes.map(({ entity }) => entity));
  backlog.add(digest.calls.values(), digest.reports.values(), formerMetadataIn(changes));
  return report(event, unreadable, await sendOverview(backlog, Date.now() + OVERVIEW_TIME_MS, dependencies));
}

/** The metadata of calls before the first of these changes; a row is read only if it is asked for. */
function formerMetadataIn(changes: readonly StreamChange[]): FormerMetadata {
  const former = new Map<string, StreamChange['formerImage']>();
  for (const { entity, formerImage } of changes) {
    if (entity.kind === 'call' && !former.has(entity.value.callId)) former.set(entity.value.callId, formerImage);
  }
  return (callId) => {
    const image = former.get(callId);
    const before = image && readableRows([unmarshall(image as Parameters<typeof unmarshall>[0])], callOf)[0];
    return before?.metadata;
  };
}

/** The row before; one that cannot be read is as if there had been none. */
function formerEntity(image: StreamChange['formerImage']): Entity | undefined {
  return image && readableRows([unmarshall(image as Parameters<typeof unmarshall>[0])], entityOf)[0];
}

/** A malformed row fails alone. */
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

/** A row after a change, and when it changed. */
interface StreamChange {
  readonly entity: Entity;
  readonly changedAt: number;
  /** The row before, as the stream has it. */
  readonly formerImage: Image | undefined;
}

type Image = NonNullable<DynamoDBRecord['dynamodb']>['OldImage'];

function readAll({ Records }: DynamoDBStreamEvent) {
  const unreadable: DynamoDBRecord[] = [];
  return { changes: Records.flatMap((record) => read(record, unreadable)), unreadable };
}

function read(record: DynamoDBRecord, unreadable: DynamoDBRecord[]): StreamChange[] {
  const {
    NewImage: image,
    OldImage: formerImage,
    ApproximateCreationDateTime: changedAtSeconds,
    Keys,
  } = record.dynamodb ?? {};
  if (!image) return [];
  try {
    const entity = entityOf(unmarshall(image as Parameters<typeof unmarshall>[0]));
    const changedAt = changedAtSeconds === undefined ? Date.now() : changedAtSeconds * 1000;
    return entity ? [{ entity, changedAt, formerImage }] : [];
  } catch {
    log.error(UNREADABLE_ROW, { PK: Keys?.[PARTITION_KEY]?.S, SK: Keys?.[SORT_KEY]?.S });
    unreadable.push(record);
    return [];
  }
}
