import { z } from 'zod';
import { isCustomer, type Channel } from '../ids.ts';

/** Whose utterances a rule judges; `caller` includes `mixed` legs. */
export const ruleChannelSchema = z.enum(['caller', 'agent', 'any']);
export type RuleChannel = z.infer<typeof ruleChannelSchema>;

/** Whether a rule for `side` judges utterances on `channel`. */
export function judgesChannel(side: RuleChannel, channel: Channel): boolean {
  return side === 'any' || (side === 'caller') === isCustomer(channel);
}
