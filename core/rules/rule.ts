import { z } from 'zod';
import { levelSchema, ruleKindSchema } from '../alert.ts';
import { languageTagSchema } from '../language.ts';
import { ruleChannelSchema } from './channel.ts';
import { plainName } from '../text/plain-name.ts';
import { conditionSchemas } from './conditions/kinds.ts';

const types = conditionSchemas.map(({ shape }) => shape.type.value);

export const conditionSchema = z.discriminatedUnion('type', conditionSchemas, {
  error: `Unknown condition. Known are: ${types.join(', ')}.`,
});
export type Condition = z.infer<typeof conditionSchema>;

const names = z
  .array(z.string().overwrite(plainName).min(1, 'A name must not be empty.'))
  .min(1, 'An empty list matches no call: leave it out to match all.');

/** A stored condition and what happens when it holds. Read rules from outside with `parseRule`, which checks more. */
export const ruleSchema = z.object({
  ruleId: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters and digits, in words joined by "-".'),
  version: z.int().positive(),
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  level: levelSchema,
  kind: ruleKindSchema,
  channel: ruleChannelSchema,
  /** The calls it applies to; an absent field means all. */
  scope: z.object({ campaigns: names.optional(), inGroups: names.optional(), agentIds: names.optional() }),
  /** It judges what is said in this language alone, of any region; absent: in any. */
  language: languageTagSchema.optional(),
  /** After firing it does not fire again on the same call for this long. */
  cooldownMs: z.int().nonnegative('A cooldown must not be negative.'),
  condition: conditionSchema,
  /** When this version was saved. A `not-said-within` rule applies only to calls that start later. */
  changedAt: z.int().nonnegative().optional(),
});
export type Rule = z.infer<typeof ruleSchema>;
