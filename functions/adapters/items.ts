import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { callStateSchema, scoredUtteranceSchema, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import { monitorSchema, type Monitor } from '#core/monitor.ts';
import { callRecordSchema, searchTextOf, type CallRecord } from '#core/call/record.ts';
import { recapSchema, type Recap } from '#core/recap/recap.ts';
import { alertSchema, withinBounds, type Alert } from '#core/alert.ts';
import { agentListSchema, relayReportSchema, type AgentList, type RelayReport } from '#core/contracts/events.ts';
import {
  activeShardOf,
  agentListKey,
  alertKey,
  alertsPartition,
  callKey,
  conflictKey,
  expiryOf,
  indexes,
  INDEX_SORT_KEY,
  recapKey,
  recordKey,
  reportKey,
  sortKeyPrefixes,
  TIME_TO_LIVE,
  utteranceKey,
} from '#core/table-layout.ts';
import { dayOf } from '#core/days.ts';
import { currentAlertId } from '#core/ids.ts';
import { tableOf } from '#core/own-table.ts';
import { packed, packedWithin, unpacked } from './packed.ts';
import type { z } from 'zod';

/** One row of the table, as the document client reads and writes it. */
export type Item = Record<string, NativeAttributeValue>;

/** What would be written could not be read again: it would blind whoever reads it. A fault of ours, whatever came in. */
class UnwritableRowError extends Error {
  override readonly name = 'UnwritableRowError';
  readonly retryable = false;
}

/** @throws UnwritableRowError naming the fields, not what they hold */
function readable<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const fields = error?.issues.map(({ path, code }) => `${path.slice(0, 2).join('.')} (${code})`) ?? [];
  throw new UnwritableRowError(`A row was not written that could not be read: ${fields.join(', ')}.`);
}

export function callItem(state: CallState, retentionDays: number): Item {
  const { callId, version, startedAt } = readable(callStateSchema, state);
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
  // Versions before 0.2 kept all matches.
  return withinBounds({
    ...alert,
    alertId: currentAlertId(alert.alertId),
    ...(alert.follows !== undefined && { follows: currentAlertId(alert.follows) }),
  });
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
  const { callId, seq, conflict } = utterance;
  return {
    ...(conflict === undefined ? utteranceKey(callId, seq) : conflictKey(callId, seq, conflict)),
    ...readable(scoredUtteranceSchema, utterance),
    [TIME_TO_LIVE]: expiryOf(utterance.callStartedAt, retentionDays),
  };
}

export function utteranceOf(item: Item): ScoredUtterance {
  return scoredUtteranceSchema.parse(item);
}

export function alertItem(alert: Alert, retentionDays: number): Item {
  return {
    ...alertKey(alert),
    ...readable(alertSchema, alert),
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
    ...readable(callRecordSchema, record),
    words,
    [TIME_TO_LIVE]: expiryOf(record.startedAt, retentionDays),
  };
}

/** The attribute of a past call's row that the word search looks in, besides the words of the call. */
export const RECAP_WORDS = 'recapWords';
const RECAP_WORDS_LIMIT_BYTES = 6 * 1024;

export function recapItem(call: { callId: string; startedAt: number }, recap: Recap, retentionDays: number): Item {
  return {
    ...recapKey(call.callId, recap),
    ...readable(recapSchema, recap),
    [TIME_TO_LIVE]: expiryOf(call.startedAt, retentionDays),
  };
}

/** What the recap of a call adds to its row in the history. */
export function recapAttributes(recap: Recap, topics: readonly string[]): Item {
  // Empty where there is none, so that none of a former recap stays.
  const reason = recap.sentences.find(({ section }) => section === 'reason')?.text ?? '';
  const { words } = searchTextOf(
    recap.sentences.map(({ text }) => text),
    RECAP_WORDS_LIMIT_BYTES,
  );
  return { recapAt: recap.madeAt, topics: [...topics], [RECAP_WORDS]: words, reason };
}

export function reportItem(report: RelayReport): Item {
  const { tickedAt } = report;
  // Which calls there are is kept of all: the others would count as lost.
  const inBrief = ({ callId, atMs, lastSeq }: RelayReport['calls'][number]) => ({ callId, atMs, lastSeq, legs: [] });
  const bytes = packedWithin(report.calls.length, (full) => ({
    ...report,
    calls: report.calls.map((call, index) => (index < full ? call : inBrief(call))),
    ...(full < report.calls.length && { callsInBrief: report.calls.length - full }),
  }));
  return { ...reportKey(report), tickedAt, packed: bytes, [TIME_TO_LIVE]: expiryOf(tickedAt, 1) };
}

export function reportOf(item: Item): RelayReport {
  return relayReportSchema.parse(unpacked(item.packed));
}

export function agentListItem(list: AgentList): Item {
  const { listedAt } = list;
  const bytes = packedWithin(list.agents.length, (full) => ({
    ...list,
    agents: list.agents.slice(0, full),
    ...(full < list.agents.length && { agentsLeftOut: list.agents.length - full }),
  }));
  return { ...agentListKey(list), listedAt, packed: bytes, [TIME_TO_LIVE]: expiryOf(listedAt, 1) };
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
  [sortKeyPrefixes.conflict, (item) => ({ kind: 'utterance', value: utteranceOf(item) })],
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
