import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ALERT_RANG_NOBODY } from '#core/contracts/counted-logs.ts';
import { isAtWork } from '#core/working-hours.ts';
import { log } from '../../telemetry.ts';
import { notifierKind, type Notifier, type NotifierDependencies } from '../notifier.ts';

/** Ringing later than this is of no use. */
export const RING_WITHIN_MS = 5 * 60_000;

type RingDependencies = Pick<NotifierDependencies, 'settings' | 'sendToRelay' | 'now'>;

/** Always used; admins set on the page which telephones ring. */
export const ring = notifierKind({
  settings: z.object({}),
  open: (_, dependencies) => ringNotifier(dependencies),
});

/**
 * Has the relay of the call ring the extensions that the settings list for the level, during working hours, and speak
 * the notice's sentence. A failed delivery is logged and not retried: by then the moment has passed.
 */
export function ringNotifier({ settings, sendToRelay, now }: RingDependencies): Notifier {
  return {
    name: 'ring',
    async send({ level, alert }) {
      if (!alert || alert.isReminder || !alert.isImmediate || now() - alert.raisedAt > RING_WITHIN_MS) return;
      const { callId, alertId, relayId, sentence } = alert;
      const rung = (await settings()).ring[level];
      if (!rung || !isAtWork(rung.hours, now())) return;
      await Promise.all(
        rung.extensions.map(async (extension) => {
          const requestId = requestIdOf(callId, alertId, extension);
          const command = { type: 'ring', requestId, callId, extension, level, sentence } as const;
          const delivery = relayId === undefined ? 'gone' : await sendToRelay(relayId, command);
          // A metric counts the error.
          if (delivery === 'sent') log.info('alert rings', { callId, alertId, requestId });
          else log.error(ALERT_RANG_NOBODY, { callId, alertId, requestId, relayId, delivery });
        }),
      );
    },
  };
}

/** The same for the same alert and telephone, because a relay acts upon each request once. */
export function requestIdOf(callId: string, alertId: string, extension: string): string {
  const hash = createHash('sha256').update(`${callId} ${alertId} ${extension}`).digest('hex');
  // A UUID of version 8, whose bits are its maker's own (RFC 9562).
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
