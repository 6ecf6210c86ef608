import { z } from 'zod';
import { countSchema } from './fields.ts';
import { wellFormed } from './json.ts';

/** Channels to the outside: who is on one of them is the caller, whoever dialled. */

/** How the names of a trunk's channels begin, such as `PJSIP/mytrunk-`. */
export const trunkPrefixSchema = z
  .string()
  .regex(/^[A-Za-z0-9]+\/[^\s,]+$/, 'begins with a technology and a slash, such as PJSIP/mytrunk-')
  .max(80)
  .overwrite(wellFormed);

/** Questions about trunks that a relay asks at a time. */
export const MAX_TRUNK_QUESTIONS = 8;

/** Channels that seem to lead outside, though nobody has said so. */
export const trunkQuestionSchema = z.object({
  prefix: trunkPrefixSchema,
  /** A context for calls from outside, by which calls come in on them. */
  context: z.string().min(1).max(40).overwrite(wellFormed).optional(),
  /** Calls on them of which people swapped the sides. */
  swaps: countSchema,
});
export type TrunkQuestion = z.infer<typeof trunkQuestionSchema>;

/** `PUT /relays/{relayId}/trunks`: whether channels whose names begin so lead outside; 202 once the relay was asked. */
export const trunkAnswerSchema = z.strictObject({ prefix: trunkPrefixSchema, leadsOutside: z.boolean() });
export type TrunkAnswer = z.infer<typeof trunkAnswerSchema>;
