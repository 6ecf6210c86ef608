import { z } from 'zod';
import { conditionKind } from './condition.ts';
import { exceptionsSchema, phrasesSchema, quoted } from './wording.ts';

/** Any of these words or phrases was said. */
export const phrase = conditionKind({
  schema: z.object({
    type: z.literal('phrase'),
    phrases: phrasesSchema,
    /** Longer phrases in which a phrase means something else: "account manager". */
    ignore: exceptionsSchema.optional(),
  }),
  judgesAlone: true,

  compile({ phrases, ignore }, context) {
    const group = context.phrases.add(phrases, ignore);
    return {
      judge({ reading }) {
        const matches = reading.matchesOf(group);
        return matches.length > 0 ? { explanation: `said ${quoted(matches)}`, matches } : undefined;
      },
    };
  },
});
