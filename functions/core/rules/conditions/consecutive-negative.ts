import { z } from 'zod';
import { isCustomer } from '../../call/evolve.ts';
import type { Check } from './condition.ts';

/** So many of the customer's utterances in a row were negative. */
export const consecutiveNegativeSchema = z.object({
  type: z.literal('consecutive-negative'),
  count: z.int().min(2).max(50),
});

export function compileConsecutiveNegative({ count }: z.infer<typeof consecutiveNegativeSchema>): Check {
  return (state, utterance) =>
    isCustomer(utterance.channel) && state.consecutiveNegative >= count
      ? { explanation: `${String(state.consecutiveNegative)} negative utterances in a row`, matches: [] }
      : undefined;
}
