import { z } from 'zod';
import { parseSurroundings } from '../../text/pattern.ts';
import { phraseFinder } from '../../text/phrases.ts';
import { conditionKind } from './condition.ts';
import { HARMLESS, INSULTS, linesOf, maskedWords, MILD_WORDS, STRONG_WORDS } from '../../text/swear-words.ts';
import { exceptionsSchema, phrasesSchema } from './wording.ts';

const STRONG = linesOf(STRONG_WORDS + INSULTS);
const MILD = linesOf(MILD_WORDS);

/** Profanity, also where the speech engine masked it. */
export const profanity = conditionKind({
  schema: z.object({
    type: z.literal('profanity'),
    /** `strong` leaves out the milder words, `mild` has only those; both if absent. */
    strength: z.enum(['strong', 'mild']).optional(),
    /** Further words or phrases that count. */
    also: phrasesSchema.optional(),
    /** Words or phrases that do not count, although they are on the list or contain a word of it. */
    except: exceptionsSchema.optional(),
  }),
  judgesAlone: true,

  compile({ strength, also = [], except = [] }, context) {
    const words = [...(strength === 'mild' ? [] : STRONG), ...(strength === 'strong' ? [] : MILD)];
    const group = context.phrases.add([...words, ...also], [...HARMLESS, ...except]);
    const findExcepted = phraseFinder(except.filter((phrase) => !parseSurroundings(phrase)));
    return {
      judge({ reading, utterance }) {
        const words = reading.matchesOf(group).filter(({ text }) => findExcepted(text).length === 0);
        const masked = strength === 'mild' ? [] : maskedWords(utterance.text);
        const matches = [...words, ...masked].sort((a, b) => a.start - b.start);
        if (matches.length === 0) return undefined;
        return { explanation: matches.length === 1 ? 'swore' : `swore ${matches.length} times`, matches };
      },
    };
  },
});
