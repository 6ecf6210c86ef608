import { z } from 'zod';

/** One conversation: `<pbx>-<linkedid>`, or the AudioSocket UUID where no linkedid was known when it started. */
export const callIdSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w.:-]+$/);

/** Who speaks on a leg. `mixed` is a leg whose side nobody told us. */
export const channelSchema = z.enum(['agent', 'caller', 'mixed']);
export type Channel = z.infer<typeof channelSchema>;

/** Whether a channel's words are the customer's: its own, or a leg nobody told us the side of. */
export function isCustomer(channel: Channel): boolean {
  return channel !== 'agent';
}

/** A call's id where the PBX's linkedid is known from the start. */
export function callIdOf(pbx: string, linkedid: string): string {
  return callIdSchema.parse(`${pbx}-${linkedid}`);
}

/** Between a rule's id and a number: stands in no rule's id, and as it is in the path of a URL (RFC 3986). */
const ALERT_ID_SEPARATOR = '~';

/** An alert's id is a fact of its input, so the same firing can never be stored twice. */
export function alertIdOf(ruleId: string, seq: number): string {
  return `${ruleId}${ALERT_ID_SEPARATOR}${String(seq)}`;
}

/** An alert's id as it is written now; version 0.1 wrote `#` where {@link alertIdOf} writes `~`. */
export function currentAlertId(alertId: string): string {
  return alertId.replace('#', ALERT_ID_SEPARATOR);
}
