import { z } from 'zod';
import { ruleChannelSchema } from '../../channel.ts';
import { timeKinds, wordKinds } from '../registry.ts';
import { phrasesSchema } from '../wording.ts';

/** Parts of a compound condition, and conditions in one part. */
export const MAX_PARTS = 6;
export const MAX_IN_A_PART = 6;
/** Conditions over all parts: a call's state keeps something of each. */
export const MAX_CONDITIONS = 8;

const partTypes: readonly string[] = wordKinds.map(({ schema }) => schema.shape.type.value);
const timedTypes: readonly string[] = timeKinds.map(({ schema }) => schema.shape.type.value);

/** What is wrong with the type of a condition in a part. Those on time are none: absences and phases take their place. */
function partProblem(condition: unknown): string {
  const type = typeof condition === 'object' && condition !== null && 'type' in condition ? condition.type : undefined;
  if (type === 'all' || type === 'any') return 'Groups go one level deep: put these conditions into one part.';
  if (timedTypes.includes(String(type))) {
    return `“${String(type)}” follows from time alone and is a rule of its own: use a part with “not”, or a phase.`;
  }
  return `Unknown condition. A part can have: ${partTypes.join(', ')}.`;
}

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  -readonly [At in keyof Kinds]: Kinds[At]['schema'];
};

export const partConditionSchema = z.discriminatedUnion(
  'type',
  wordKinds.map(({ schema }) => schema) as unknown as SchemasOf<typeof wordKinds>,
  { error: ({ input }) => partProblem(input) },
);
export type PartCondition = z.infer<typeof partConditionSchema>;

/** A condition and whose words it judges. */
const sidedSchema = z.object({ channel: ruleChannelSchema, condition: partConditionSchema });
export type SidedCondition = z.infer<typeof sidedSchema>;

const partSchema = z.object({
  /** It must not come true. */
  not: z.literal(true).optional(),
  /** Of several conditions: whether one is enough, as it is if this is absent. */
  match: z.enum(['any', 'all']).optional(),
  conditions: z
    .array(sidedSchema)
    .min(1, 'A part needs a condition.')
    .max(MAX_IN_A_PART, `A part has ${MAX_IN_A_PART} conditions at most: make two rules of it.`),
});
export type Part = z.infer<typeof partSchema>;

const phaseSchema = z.discriminatedUnion('type', [
  /** What begins in the first so many milliseconds of the call. */
  z.object({ type: z.literal('first'), lastsMs: z.int().min(5_000).max(3_600_000) }),
  /** What follows when one of these phrases was said for the first time. */
  z.object({ type: z.literal('after'), channel: ruleChannelSchema, phrases: phrasesSchema }),
  /** What ended in the last so many milliseconds of the call; judged when it is over. */
  z.object({ type: z.literal('last'), lastsMs: z.int().min(5_000).max(3_600_000) }),
]);
export type Phase = z.infer<typeof phaseSchema>;

/** The fields of a compound condition. */
export const compoundFields = z.object({
  parts: z
    .array(partSchema)
    .min(1, 'At least one part is needed.')
    .max(MAX_PARTS, `A rule has ${MAX_PARTS} parts at most: make two rules of it.`)
    .refine(
      (parts) => parts.reduce((sum, { conditions }) => sum + conditions.length, 0) <= MAX_CONDITIONS,
      `All parts together have ${MAX_CONDITIONS} conditions at most: make two rules of it.`,
    ),
  /** The time in which all of it must happen, and for which an absence is awaited; the rest of the call if absent. */
  withinMs: z.int().min(1_000).max(7_200_000).optional(),
  /** The same in turns: how often the other side takes the word. Instead of `withinMs`. */
  withinTurns: z.int().min(1).max(50).optional(),
  /** The part of the call that is judged; all of it if absent. */
  phase: phaseSchema.optional(),
});
export type Compound = z.infer<typeof compoundFields>;

/** Whether the parts are all absences, which are counted from the beginning of the phase. */
export function isPureAbsence({ parts }: Pick<Compound, 'parts'>): boolean {
  return parts.every(({ not }) => not);
}

/** Whether time decides: an absence is awaited, and the last part of a call is known when it is over. */
export function awaitsTime({ parts, phase }: Pick<Compound, 'parts' | 'phase'>): boolean {
  return parts.some(({ not }) => not) || phase?.type === 'last';
}
