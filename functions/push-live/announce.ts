import { isDeepStrictEqual } from 'node:util';
import type { CoreEvent } from '#core/contracts/events.ts';
import type { CallRecord } from '#core/call/record.ts';
import type { Alert } from '#core/alert.ts';
import type { DeadLetters } from '../adapters/dead-letters.ts';
import type { EventBus } from '../adapters/event-bus.ts';
import type { Entity } from '../adapters/items.ts';
import { log } from '../telemetry.ts';

/** The bus, and the dead letters for events that it refuses. */
export interface AnnounceDependencies {
  readonly bus: Pick<EventBus, 'publish'>;
  readonly deadLetters: Pick<DeadLetters, 'store'>;
}

/** Stands for a relay's id in events of the cloud. */
const CORE_RELAY_ID = 'core';

/**
 * Publishes events on the bus. If that fails they are stored as dead letters for an operator to redrive, so that live
 * delivery never waits for the bus.
 * @throws DeadLetterError if they could not be stored either
 */
export async function announce(
  events: readonly CoreEvent[],
  { bus, deadLetters }: AnnounceDependencies,
): Promise<void> {
  try {
    await bus.publish(events);
  } catch (error) {
    log.error('events not announced', { events: events.length, error: String(error) });
    await deadLetters.store(events);
  }
}

/** The events for consumers of the bus that follow from a changed row; none for rows that do not concern them. */
export function announcementsOf(entity: Entity, former: Entity | undefined): CoreEvent[] {
  if (entity.kind === 'alert') return announceAlert(entity.value, former === undefined);
  if (entity.kind !== 'record') return [];
  return former?.kind === 'record' && isOnlyRecap(entity.value, former.value) ? [] : [completed(entity.value)];
}

/** Whether a row changed in nothing but its recap, which follows from the announcement of the row. */
function isOnlyRecap(record: CallRecord, former: CallRecord): boolean {
  return record.recapAt !== undefined && isDeepStrictEqual(withoutRecap(record), withoutRecap(former));
}

function withoutRecap(record: CallRecord): CallRecord {
  const { reason: _, recapAt: __, topics: ___, ...rest } = record;
  return rest;
}

function announceAlert(alert: Alert, isNew: boolean): CoreEvent[] {
  // A follow-up only adds matches to another alert.
  if (alert.follows !== undefined) return [];
  const type = isNew ? 'AlertRaised' : 'AlertUpdated';
  return [{ type, version: 1, relayId: CORE_RELAY_ID, callId: alert.callId, alert }];
}

function completed(record: CallRecord): CoreEvent {
  const { callId, startedAt, endedAt, agent, caller, campaign, inGroup, queue, utterances, alerts, meanMood } = record;
  return {
    type: 'CallCompleted',
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
