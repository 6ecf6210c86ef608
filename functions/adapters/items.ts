import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { callStateSchema, scoredUtteranceSchema, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import { monitorSchema, type Monitor } from '#core/monitor.ts';
import { callRecordSchema, type CallRecord } from '#core/call/record.ts';
import { alertSchema, type Alert } from '#core/alert.ts';
import { agentListSchema, relayReportSchema, type AgentList, type RelayReport } from '#core/contracts/events.ts';
import { packed, unpacked } from './packed.ts';

/** One row of the table, as the document client reads and writes it. */
export type Item = Record<string, NativeAttributeValue>;

/** Live calls. It holds keys only, so that a write of a state costs nothing here. */
export const ACTIVE_INDEX = 'active';
/** Alerts by day, whole: few are written, and lists of them are filtered. */
export const BY_DAY_INDEX = 'byDay';

/** Live calls are spread over so many partitions of the `active` index. */
const ACTIVE_SHARDS = 4;
export const activeShards: readonly string[] = Array.from({ length: ACTIVE_SHARDS }, (_, shard) => `ACTIVE#${shard}`);

export const callKey = (callId: string) => ({ PK: `CALL#${callId}`, SK: 'STATE' });
export const utteranceKey = (callId: string, seq: number) => ({
  PK: `CALL#${callId}`,
  SK: `UTT#${String(seq).padStart(6, '0')}`,
});
export const alertKey = ({ callId, alertId }: Pick<Alert, 'callId' | 'alertId'>) => ({
  PK: `CALL#${callId}`,
  SK: `ALERT#${alertId}`,
});
export const monitorKey = ({ callId, requestId }: Pick<Monitor, 'callId' | 'requestId'>) => ({
  PK: `CALL#${callId}`,
  SK: `MONITOR#${requestId}`,
});
export const RELAYS_PARTITION = 'RELAYS';
export const reportKey = ({ relayId, part }: Pick<RelayReport, 'relayId' | 'part'>) => ({
  PK: RELAYS_PARTITION,
  SK: `RELAY#${relayId}#${String(part).padStart(4, '0')}`,
});

export const AGENTS_PARTITION = 'AGENTS';
const agentListKey = ({ relayId, part }: Pick<AgentList, 'relayId' | 'part'>) => ({
  PK: AGENTS_PARTITION,
  SK: `LIST#${relayId}#${String(part).padStart(4, '0')}`,
});

/** Rows of the history are in order of time in each day's partition. */
export const historyPartition = (day: string) => `HISTORY#${day}`;
export const recordKey = ({ callId, startedAt }: Pick<CallRecord, 'callId' | 'startedAt'>) => ({
  PK: historyPartition(dayOf(startedAt)),
  SK: `PAST#${String(startedAt).padStart(13, '0')}#${callId}`,
});
export const alertsPartition = (day: string) => `ALERTS#${day}`;

/** `yyyy-mm-dd`, UTC, of epoch milliseconds. */
export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** A time-to-live in epoch seconds, so many days after an instant. */
export const expiryOf = (at: number, days: number) => Math.floor(at / 1000) + days * 86_400;

export function callItem(state: CallState, retentionDays: number): Item {
  const { callId, version, startedAt } = state;
  return {
    ...callKey(callId),
    version,
    packed: packed(state),
    ...(isUnfinished(state) && { activeShard: activeShardOf(callId), at: startedAt }),
    expiresAt: expiryOf(startedAt, retentionDays),
  };
}

export function callOf(item: Item): CallState {
  return callStateSchema.parse(unpacked(item.packed));
}

export function utteranceItem(utterance: ScoredUtterance, retentionDays: number): Item {
  return {
    ...utteranceKey(utterance.callId, utterance.seq),
    ...utterance,
    expiresAt: expiryOf(utterance.callStartedAt, retentionDays),
  };
}

export function alertItem(alert: Alert, retentionDays: number): Item {
  return {
    ...alertKey(alert),
    ...alert,
    // What only follows an alert is read with its call, and is no row of the day's list.
    ...(alert.follows === undefined && { day: alertsPartition(dayOf(alert.raisedAt)), at: alert.raisedAt }),
    expiresAt: expiryOf(alert.raisedAt, retentionDays),
  };
}

export function recordItem(record: CallRecord, words: string, retentionDays: number): Item {
  return { ...recordKey(record), ...record, words, expiresAt: expiryOf(record.startedAt, retentionDays) };
}

export function reportItem(report: RelayReport): Item {
  const { tickedAt } = report;
  return { ...reportKey(report), tickedAt, packed: packed(report), expiresAt: expiryOf(tickedAt, 1) };
}

export function reportOf(item: Item): RelayReport {
  return relayReportSchema.parse(unpacked(item.packed));
}

export function agentListItem(list: AgentList): Item {
  const { listedAt } = list;
  return { ...agentListKey(list), listedAt, packed: packed(list), expiresAt: expiryOf(listedAt, 1) };
}

export function agentListOf(item: Item): AgentList {
  return agentListSchema.parse(unpacked(item.packed));
}

/** What a row says, for those rows that people are shown. */
export type Entity =
  | { kind: 'call'; value: CallState }
  | { kind: 'utterance'; value: ScoredUtterance }
  | { kind: 'alert'; value: Alert }
  | { kind: 'monitor'; value: Monitor }
  | { kind: 'report'; value: RelayReport }
  | { kind: 'record'; value: CallRecord };

/** Prefixes of the sort key of these rows, for the stream's filter too. */
const kinds: Record<string, (item: Item) => Entity> = {
  STATE: (item) => ({ kind: 'call', value: callOf(item) }),
  UTT: (item) => ({ kind: 'utterance', value: scoredUtteranceSchema.parse(item) }),
  ALERT: (item) => ({ kind: 'alert', value: alertSchema.parse(item) }),
  MONITOR: (item) => ({ kind: 'monitor', value: monitorSchema.parse(item) }),
  RELAY: (item) => ({ kind: 'report', value: reportOf(item) }),
  PAST: (item) => ({ kind: 'record', value: callRecordSchema.parse(item) }),
};

/**
 * Reads a row by its sort key; undefined for rows that nobody is shown.
 * @throws Error where a row is not of its kind's shape
 */
export function entityOf(item: Item): Entity | undefined {
  const [kind = ''] = String(item.SK).split('#');
  return kinds[kind]?.(item);
}

/** Whether more is to come of a call: it is live, or it ended and misses utterances. */
export function isUnfinished({ status, nextSeq, lastSeq = 0 }: CallState): boolean {
  return status === 'live' || (status === 'ended' && nextSeq <= lastSeq);
}

function activeShardOf(callId: string): string {
  let hash = 0;
  for (let index = 0; index < callId.length; index++) hash = (hash * 31 + callId.charCodeAt(index)) >>> 0;
  return `ACTIVE#${hash % ACTIVE_SHARDS}`;
}
