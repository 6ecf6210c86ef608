import { z } from 'zod';
import { consecutiveNegativeSchema } from './conditions/consecutive-negative.ts';
import { phraseSchema } from './conditions/phrase.ts';
import { levelSchema, ruleKindSchema } from './alert.ts';

export const conditionSchema = z.discriminatedUnion('type', [phraseSchema, consecutiveNegativeSchema]);
export type Condition = z.infer<typeof conditionSchema>;

const names = z.array(z.string().min(1)).min(1);

/** A stored condition and what happens when it holds. */
export const ruleSchema = z.object({
  ruleId: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.int().positive(),
  name: z.string().min(1).max(120),
  enabled: z.boolean(),
  level: levelSchema,
  kind: ruleKindSchema,
  /** Whose words count; `caller` includes legs whose side is not known. */
  channel: z.enum(['caller', 'agent', 'any']),
  /** Calls that it looks at; a field left out means all. */
  scope: z.object({ campaigns: names.optional(), inGroups: names.optional(), agentIds: names.optional() }),
  /** After firing it is silent on this call for so long. */
  cooldownMs: z.int().nonnegative(),
  condition: conditionSchema,
});
export type Rule = z.infer<typeof ruleSchema>;
