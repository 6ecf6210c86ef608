import { z } from 'zod';
import { phraseFinder } from '../../text/phrases.ts';
import type { Check } from './condition.ts';

/** Any of these words or phrases was said. */
export const phraseSchema = z.object({
  type: z.literal('phrase'),
  phrases: z.array(z.string().trim().min(1).max(100)).min(1).max(500),
});

export function compilePhrase(condition: z.infer<typeof phraseSchema>): Check {
  const find = phraseFinder(condition.phrases);
  return (_state, utterance) => {
    const matches = find(utterance.text);
    if (matches.length === 0) return undefined;
    const quotes = [...new Set(matches.map((match) => `“${match.text}”`))];
    return { explanation: `said ${quotes.join(', ')}`, matches };
  };
}
