import { z } from 'zod';
import { conditionKind, numbersIn } from './condition.ts';
import { exceptionsSchema, phrasesSchema, quoted, spelledOut } from './wording.ts';

/** These phrases were said at least `count` times within `withinMs`. */
export const phraseCount = conditionKind({
  schema: z.object({
    type: z.literal('phrase-count'),
    phrases: phrasesSchema,
    ignore: exceptionsSchema.optional(),
    count: z.int().min(2).max(20),
    withinMs: z.int().min(1_000).max(7_200_000),
  }),

  compile({ phrases, ignore, count, withinMs }, context) {
    const group = context.phrases.add(phrases, ignore);
    return {
      /** The times of the newest `count` matches. */
      remember({ reading, utterance }, memory) {
        const timesMs = numbersIn(memory);
        const now = reading.matchesOf(group).map(() => utterance.endMs);
        return now.length > 0 ? [...timesMs, ...now].sort((a, b) => a - b).slice(-count) : memory;
      },

      judge({ reading, utterance }, memory) {
        const matches = reading.matchesOf(group);
        const recent = numbersIn(memory).filter((atMs) => atMs > utterance.endMs - withinMs);
        if (matches.length === 0 || recent.length < count) return undefined;
        return { explanation: `said ${quoted(matches)}, ${count} times in ${spelledOut(withinMs)}`, matches };
      },
    };
  },
});
