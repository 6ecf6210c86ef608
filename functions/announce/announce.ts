import type { CoreEvent } from '#core/events.ts';
import type { CallRecord } from '#core/history.ts';
import type { Alert } from '#core/rules/alert.ts';
import type { Entity } from '../adapters/items.ts';

/** The cloud is no relay; consumers see who says it. */
const CORE_RELAY_ID = 'core';

/** What a changed row of the table says to the consumers of the bus; nothing for rows that are not theirs. */
export function announcementsOf(entity: Entity, isNew: boolean): CoreEvent[] {
  if (entity.kind === 'alert') return announceAlert(entity.value, isNew);
  if (entity.kind === 'record') return [summaryEvent(entity.value)];
  return [];
}

function announceAlert(alert: Alert, isNew: boolean): CoreEvent[] {
  // It only adds words to another alert.
  if (alert.follows !== undefined) return [];
  const type = isNew ? 'AlertRaised' : 'AlertUpdated';
  return [{ type, version: 1, relayId: CORE_RELAY_ID, callId: alert.callId, alert }];
}

function summaryEvent(record: CallRecord): CoreEvent {
  const { callId, startedAt, endedAt, agent, caller, campaign, inGroup, queue, utterances, alerts, meanMood } = record;
  return {
    type: 'CallSummarized',
    version: 1,
    relayId: CORE_RELAY_ID,
    callId,
    callStartedAt: startedAt,
    endedAt,
    metadata: { agent, caller, campaign, inGroup, queue },
    utterances,
    alerts,
    mood: meanMood,
  };
}
