import { dayOf } from './days.ts';

/**
 * The layout of the single table: every attribute that keys, indexes and time-to-live rely on, and every key. The
 * adapters build rows from it; the stacks build the table, its indexes and the filters of its stream.
 */

/** A row's primary key. */
export type Key = Readonly<Record<'PK' | 'SK', string>>;

export const PARTITION_KEY = 'PK' satisfies keyof Key;
export const SORT_KEY = 'SK' satisfies keyof Key;

/** When a row is deleted, in epoch seconds. */
export const TIME_TO_LIVE = 'expiresAt';

/** The sort key of every index, a number. */
export const INDEX_SORT_KEY = 'at';

/** Sparse: rows without an index's partition attribute are not in it. */
export const indexes = {
  /** Live calls. Keys only, so that writing a state does not write the index too. */
  active: { name: 'active', partition: 'activeShard', projection: 'KEYS_ONLY' },
  /** Alerts by day, all attributes: few are written, and lists of them are filtered. */
  byDay: { name: 'byDay', partition: 'day', projection: 'ALL' },
} as const;

/** Prefixes of sort keys, for queries and for the filters of the stream. */
export const sortKeyPrefixes = {
  state: 'STATE',
  utterance: 'UTT#',
  conflict: 'CONFLICT#',
  alert: 'ALERT#',
  monitor: 'MONITOR#',
  report: 'RELAY#',
  agentList: 'LIST#',
  record: 'PAST#',
  recap: 'RECAP#',
  call: 'CALL#',
  rule: 'RULE#',
  ruleVersion: 'VERSION#',
  connection: 'CONN#',
  person: 'PERSON#',
} as const;

/** The upper bound of sort keys that begin with `prefix`, for ranges: no key contains a character above `~`. */
export const endOf = (prefix: string): string => `${prefix}~`;

export const RELAYS_PARTITION = 'RELAYS';
export const AGENTS_PARTITION = 'AGENTS';
export const RULES_PARTITION = 'RULES';
/** The access of people as the user pool last had it. */
export const PEOPLE_PARTITION = 'PEOPLE';
/** Records of sent notices, written by the idempotency library. */
export const NOTICES_PARTITION = 'NOTIFIED';
/** Notices held back, counted by the summary that they are part of. */
export const heldNoticesPartition = (dueAt: number): string => `HELD#${digits(dueAt, 13)}`;
export const auditPartition = (day: string): string => `${AUDIT_PREFIX}${day}`;
export const historyPartition = (day: string): string => `HISTORY#${day}`;
export const topicPartition = (topic: string): string => `TOPIC#${topic}`;
export const ruleVersionsPartition = (ruleId: string): string => `RULE_VERSIONS#${ruleId}`;

/** The partitions of {@link indexes}. */
export const alertsPartition = (day: string): string => `ALERTS#${day}`;
const ACTIVE_SHARDS = 4;
export const activeShards: readonly string[] = Array.from({ length: ACTIVE_SHARDS }, (_, shard) => `ACTIVE#${shard}`);

/** The shard of `active` that a live call is in. */
export function activeShardOf(callId: string): string {
  let hash = 0;
  for (let index = 0; index < callId.length; index++) hash = (hash * 31 + callId.charCodeAt(index)) >>> 0;
  return `ACTIVE#${hash % ACTIVE_SHARDS}`;
}

/** What the partitions of the audit begin with: nobody may change or delete their rows. */
export const AUDIT_PREFIX = 'AUDIT#';

const CALL_PREFIX = 'CALL#';
const callPartition = (callId: string): string => `${CALL_PREFIX}${callId}`;

/** The call id of a call's partition. */
export const callIdOfPartition = (partition: string): string => partition.slice(CALL_PREFIX.length);

export const callKey = (callId: string): Key => ({ PK: callPartition(callId), SK: sortKeyPrefixes.state });

export const utteranceKey = (callId: string, seq: number): Key => ({
  PK: callPartition(callId),
  SK: `${sortKeyPrefixes.utterance}${digits(seq, 6)}`,
});

/** An utterance whose seq another one has. */
export const conflictKey = (callId: string, seq: number, conflict: string): Key => ({
  PK: callPartition(callId),
  SK: `${sortKeyPrefixes.conflict}${digits(seq, 6)}#${conflict}`,
});

/** The key keeps the `#` of version 0.1, where alert ids now have `~`. */
export const alertKey = ({ callId, alertId }: { callId: string; alertId: string }): Key => ({
  PK: callPartition(callId),
  SK: `${sortKeyPrefixes.alert}${alertId.replace('~', '#')}`,
});

export const monitorKey = ({ callId, requestId }: { callId: string; requestId: string }): Key => ({
  PK: callPartition(callId),
  SK: `${sortKeyPrefixes.monitor}${requestId}`,
});

/** A call's catch-up while it is live, and its summary when it is over. */
export const recapKey = (callId: string, { isFinal }: { isFinal: boolean }): Key => ({
  PK: callPartition(callId),
  SK: `${sortKeyPrefixes.recap}${isFinal ? 'FINAL' : 'LIVE'}`,
});

const CALLER_PREFIX = 'CALLER#';
export const callerPartition = (caller: string): string => `${CALLER_PREFIX}${caller}`;

/** The calls of one caller are in order of start time. */
export const callerCallKey = (caller: string, { callId, startedAt }: { callId: string; startedAt: number }): Key => ({
  PK: callerPartition(caller),
  SK: `${sortKeyPrefixes.call}${digits(startedAt, 13)}#${callId}`,
});

/** Rows of the history are in order of start time within a day's partition. */
export const recordKey = ({ callId, startedAt }: { callId: string; startedAt: number }): Key => ({
  PK: historyPartition(dayOf(startedAt)),
  SK: `${sortKeyPrefixes.record}${digits(startedAt, 13)}#${callId}`,
});

/** The call id in the sort key of a row of the history, or of a caller's call: behind the prefix and the start. */
export const callIdOfRecord = (sortKey: string): string => sortKey.replace(/^[A-Z]+#\d*#/, '');

export const reportKey = ({ relayId, part }: { relayId: string; part: number }): Key => ({
  PK: RELAYS_PARTITION,
  SK: `${sortKeyPrefixes.report}${relayId}#${digits(part, 4)}`,
});

export const agentListKey = ({ relayId, part }: { relayId: string; part: number }): Key => ({
  PK: AGENTS_PARTITION,
  SK: `${sortKeyPrefixes.agentList}${relayId}#${digits(part, 4)}`,
});

export const personKey = (sub: string): Key => ({ PK: PEOPLE_PARTITION, SK: `${sortKeyPrefixes.person}${sub}` });

/** When the people were last listed, and until when somebody is listing them. */
export const peopleListedKey: Key = { PK: PEOPLE_PARTITION, SK: 'LISTED' };

export const ruleKey = (ruleId: string): Key => ({
  PK: RULES_PARTITION,
  SK: `${sortKeyPrefixes.rule}${ruleId}`,
});

/** Lists the default rules that were ever stored, so that a deleted one is not stored again. */
export const seededRulesKey: Key = { PK: RULES_PARTITION, SK: 'SEED' };

export const ruleVersionKey = ({ ruleId, version }: { ruleId: string; version: number }): Key => ({
  PK: ruleVersionsPartition(ruleId),
  SK: `${sortKeyPrefixes.ruleVersion}${digits(version, 6)}`,
});

export const connectionKey = (connectionId: string): Key => ({ PK: `CONN#${connectionId}`, SK: 'CONN' });

export const subscriptionKey = (topic: string, connectionId: string): Key => ({
  PK: topicPartition(topic),
  SK: `${sortKeyPrefixes.connection}${connectionId}`,
});

export const relayConnectionKey = (relayId: string): Key => ({ PK: `RELAY#${relayId}`, SK: 'CONN' });

export const ticketKey = (ticket: string): Key => ({ PK: `TICKET#${ticket}`, SK: 'TICKET' });

export const paceKey = (name: string): Key => ({ PK: `PACE#${name}`, SK: 'PACE' });

export const settingsKey: Key = { PK: 'SETTINGS', SK: 'SETTINGS' };

/** The notices of the last minutes, which the limits count. */
export const sentNoticesKey: Key = { PK: 'NOTICES', SK: 'SENT' };

export const heldNoticesKey = ({ dueAt, level, ruleId }: { dueAt: number; level: string; ruleId: string }): Key => ({
  PK: heldNoticesPartition(dueAt),
  SK: `${level}#${ruleId}`,
});

/** Rows of the audit are in order of time within a day's partition. */
export const auditKey = ({ at, id }: { at: number; id: string }): Key => ({
  PK: auditPartition(dayOf(at)),
  SK: `${digits(at, 13)}#${id}`,
});

export const findingsKey: Key = { PK: 'PIPELINE', SK: 'FINDINGS' };

/** The time-to-live `days` after an instant (epoch ms), in epoch seconds. */
export const expiryOf = (at: number, days: number): number => Math.floor(at / 1000) + days * 86_400;

/** With leading zeros, so that keys sort by number. */
function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
