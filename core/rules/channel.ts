import { z } from 'zod';
import { isCustomer, type Channel } from '../ids.ts';

/** Whose words a rule listens to; `caller` includes legs whose side is not known. */
export const ruleChannelSchema = z.enum(['caller', 'agent', 'any']);
export type RuleChannel = z.infer<typeof ruleChannelSchema>;

/** Whether a rule for `side` listens to what is said on `channel`. */
export function listensTo(side: RuleChannel, channel: Channel): boolean {
  return side === 'any' || (side === 'caller') === isCustomer(channel);
}
