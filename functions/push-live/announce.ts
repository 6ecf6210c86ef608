import type { CoreEvent } from '#core/contracts/events.ts';
import type { CallRecord } from '#core/call/record.ts';
import type { Alert } from '#core/alert.ts';
import type { DeadLetters } from '../adapters/dead-letters.ts';
import type { EventBus } from '../adapters/event-bus.ts';
import type { Entity } from '../adapters/items.ts';
import { log } from '../telemetry.ts';

/** Where announcements go, and where those wait that it does not take. */
export interface Announcing {
  readonly bus: Pick<EventBus, 'publish'>;
  readonly deadLetters: Pick<DeadLetters, 'keep'>;
}

/** The cloud is no relay; consumers see who says it. */
const CORE_RELAY_ID = 'core';

/**
 * Says events on the bus. Those that it does not take are kept for an operator to send again, so that live words wait
 * for no bus.
 * @throws KeepError where they could not be kept either
 */
export async function announce(events: readonly CoreEvent[], { bus, deadLetters }: Announcing): Promise<void> {
  try {
    await bus.publish(events);
  } catch (error) {
    log.error('events not announced', { events: events.length, error: String(error) });
    await deadLetters.keep(events);
  }
}

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
