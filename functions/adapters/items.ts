import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { callStateSchema, scoredUtteranceSchema, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import { monitorSchema, type Monitor } from '#core/monitor.ts';
import { callRecordSchema, type CallRecord } from '#core/call/record.ts';
import { alertSchema, type Alert } from '#core/alert.ts';
import { agentListSchema, relayReportSchema, type AgentList, type RelayReport } from '#core/contracts/events.ts';
import {
  activeShardOf,
  agentListKey,
  alertKey,
  alertsPartition,
  callKey,
  expiryOf,
  indexes,
  INDEX_SORT_KEY,
  recordKey,
  reportKey,
  sortKeyPrefixes,
  TIME_TO_LIVE,
  utteranceKey,
} from '#core/table-layout.ts';
import { dayOf } from '#core/days.ts';
import { currentAlertId } from '#core/ids.ts';
import { tableOf } from '#core/own-table.ts';
import { packed, unpacked } from './packed.ts';

/** One row of the table, as the document client reads and writes it. */
export type Item = Record<string, NativeAttributeValue>;

export function callItem(state: CallState, retentionDays: number): Item {
  // What is written is what can be read: a state that its own schema refuses would blind whoever reads it.
  const { callId, version, startedAt } = callStateSchema.parse(state);
  return {
    ...callKey(callId),
    version,
    packed: packed(state),
    ...(isUnfinished(state) && { [indexes.active.partition]: activeShardOf(callId), [INDEX_SORT_KEY]: startedAt }),
    [TIME_TO_LIVE]: expiryOf(startedAt, retentionDays),
  };
}

export function callOf(item: Item): CallState {
  return withCurrentAlertIds(callStateSchema.parse(unpacked(item.packed)));
}

export function alertOf(item: Item): Alert {
  const alert = alertSchema.parse(item);
  return {
    ...alert,
    alertId: currentAlertId(alert.alertId),
    ...(alert.follows !== undefined && { follows: currentAlertId(alert.follows) }),
  };
}

/** Version 0.1 wrote `#` into the ids of alerts, and calls of that time may still be live. */
function withCurrentAlertIds(state: CallState): CallState {
  const openAlerts = Object.entries(state.openAlerts).map(
    ([alertId, level]) => [currentAlertId(alertId), level] as const,
  );
  const lastFired = Object.entries(state.lastFired).map(
    ([ruleId, { atMs, alertId }]) => [ruleId, { atMs, alertId: currentAlertId(alertId) }] as const,
  );
  return { ...state, openAlerts: tableOf(openAlerts), lastFired: tableOf(lastFired) };
}

export function utteranceItem(utterance: ScoredUtterance, retentionDays: number): Item {
  return {
    ...utteranceKey(utterance.callId, utterance.seq),
    ...scoredUtteranceSchema.parse(utterance),
    [TIME_TO_LIVE]: expiryOf(utterance.callStartedAt, retentionDays),
  };
}

export function utteranceOf(item: Item): ScoredUtterance {
  return scoredUtteranceSchema.parse(item);
}

export function alertItem(alert: Alert, retentionDays: number): Item {
  return {
    ...alertKey(alert),
    ...alertSchema.parse(alert),
    // A follow-up is read with its call only, not in the list of its day.
    ...(alert.follows === undefined && {
      [indexes.byDay.partition]: alertsPartition(dayOf(alert.raisedAt)),
      [INDEX_SORT_KEY]: alert.raisedAt,
    }),
    [TIME_TO_LIVE]: expiryOf(alert.raisedAt, retentionDays),
  };
}

export function recordItem(record: CallRecord, words: string, retentionDays: number): Item {
  return {
    ...recordKey(record),
    ...callRecordSchema.parse(record),
    words,
    [TIME_TO_LIVE]: expiryOf(record.startedAt, retentionDays),
  };
}

export function reportItem(report: RelayReport): Item {
  const { tickedAt } = report;
  return { ...reportKey(report), tickedAt, packed: packed(report), [TIME_TO_LIVE]: expiryOf(tickedAt, 1) };
}

export function reportOf(item: Item): RelayReport {
  return relayReportSchema.parse(unpacked(item.packed));
}

export function agentListItem(list: AgentList): Item {
  const { listedAt } = list;
  return { ...agentListKey(list), listedAt, packed: packed(list), [TIME_TO_LIVE]: expiryOf(listedAt, 1) };
}

export function agentListOf(item: Item): AgentList {
  return agentListSchema.parse(unpacked(item.packed));
}

/** A parsed row, of the kinds that people are shown. */
export type Entity =
  | { kind: 'call'; value: CallState }
  | { kind: 'utterance'; value: ScoredUtterance }
  | { kind: 'alert'; value: Alert }
  | { kind: 'monitor'; value: Monitor }
  | { kind: 'report'; value: RelayReport }
  | { kind: 'record'; value: CallRecord };

/** The parsers of rows that people are shown, by sort key prefix. */
const readers: readonly (readonly [prefix: string, read: (item: Item) => Entity])[] = [
  [sortKeyPrefixes.state, (item) => ({ kind: 'call', value: callOf(item) })],
  [sortKeyPrefixes.utterance, (item) => ({ kind: 'utterance', value: utteranceOf(item) })],
  [sortKeyPrefixes.alert, (item) => ({ kind: 'alert', value: alertOf(item) })],
  [sortKeyPrefixes.monitor, (item) => ({ kind: 'monitor', value: monitorSchema.parse(item) })],
  [sortKeyPrefixes.report, (item) => ({ kind: 'report', value: reportOf(item) })],
  [sortKeyPrefixes.record, (item) => ({ kind: 'record', value: callRecordSchema.parse(item) })],
];

/**
 * Parses a row by its sort key; undefined for kinds of rows that are not shown.
 * @throws Error if a row is malformed
 */
export function entityOf(item: Item): Entity | undefined {
  return readers.find(([prefix]) => String(item.SK).startsWith(prefix))?.[1](item);
}

/** Whether more will be stored of a call: it is live, or it ended and lacks utterances. */
export function isUnfinished({ status, nextSeq, lastSeq = 0 }: CallState): boolean {
  return status === 'live' || (status === 'ended' && nextSeq <= lastSeq);
}
