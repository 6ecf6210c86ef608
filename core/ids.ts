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

/** An alert's id is a fact of its input, so the same firing can never be stored twice. */
export function alertIdOf(ruleId: string, seq: number): string {
  return `${ruleId}#${String(seq)}`;
}
