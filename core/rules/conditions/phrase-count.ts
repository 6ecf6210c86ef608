import { z } from 'zod';
import { conditionKind } from './condition.ts';
import { phrasesSchema, quoted, spelledOut } from './wording.ts';

/** These phrases were said at least `count` times within `withinMs`. */
export const phraseCount = conditionKind({
  schema: z.object({
    type: z.literal('phrase-count'),
    phrases: phrasesSchema,
    ignore: phrasesSchema.optional(),
    count: z.int().min(2).max(20),
    withinMs: z.int().min(1_000).max(7_200_000),
  }),

  compile({ phrases, ignore, count, withinMs }, context) {
    const group = context.phrases.add(phrases, ignore);
    return {
      /** The times of the newest `count` matches. */
      remember({ reading, utterance }, timesMs) {
        const now = reading.matchesOf(group).map(() => utterance.endMs);
        return now.length > 0 ? [...timesMs, ...now].sort((a, b) => a - b).slice(-count) : timesMs;
      },

      judge({ reading, utterance }, timesMs) {
        const matches = reading.matchesOf(group);
        const recent = timesMs.filter((atMs) => atMs > utterance.endMs - withinMs);
        if (matches.length === 0 || recent.length < count) return undefined;
        return { explanation: `said ${quoted(matches)}, ${count} times in ${spelledOut(withinMs)}`, matches };
      },
    };
  },
});
