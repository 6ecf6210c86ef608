import { z } from 'zod';

export const MAX_CALL_ID_LENGTH = 128;

/**
 * One conversation: `<pbx>-<linkedid>`, or the AudioSocket UUID where no linkedid was known when it started. What follows
 * a call that ended, or whose numbers are lost, has that call's id with `:<Unix seconds>` after it.
 */
export const callIdSchema = z
  .string()
  .min(1)
  .max(MAX_CALL_ID_LENGTH)
  .regex(/^[\w.:-]+$/);

/** Who speaks on a leg; `mixed` where the side is unknown. */
export const channelSchema = z.enum(['agent', 'caller', 'mixed']);
export type Channel = z.infer<typeof channelSchema>;

/** Whether a channel counts as the customer: `caller`, and `mixed`. */
export function isCustomer(channel: Channel): boolean {
  return channel !== 'agent';
}

/** A call's id where the PBX's linkedid is known from the start. */
export function callIdOf(pbx: string, linkedid: string): string {
  return callIdSchema.parse(`${pbx}-${linkedid}`);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a call's id may be given to a call of this PBX: it begins with its name, or is the UUID of its audio. */
export function isCallIdOf(pbx: string, callId: string): boolean {
  return callId.startsWith(`${pbx}-`) || UUID.test(callId);
}

/** Occurs in no rule's id, and needs no escaping in the path of a URL (RFC 3986). */
const ALERT_ID_SEPARATOR = '~';

/** An alert's id is derived from its input, so that the same firing is never stored twice. */
export function alertIdOf(ruleId: string, seq: number): string {
  return `${ruleId}${ALERT_ID_SEPARATOR}${String(seq)}`;
}

/** An alert's id in its present form; version 0.1 wrote `#` where {@link alertIdOf} writes `~`. */
export function currentAlertId(alertId: string): string {
  return alertId.replace('#', ALERT_ID_SEPARATOR);
}
