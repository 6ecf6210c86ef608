import { z } from 'zod';
import { fractionSchema } from '../../fields.ts';
import type { Contribution } from '../../sentiment/score.ts';
import { conditionKind } from './condition.ts';

/** One utterance scored below this. */
export const scoreBelow = conditionKind({
  schema: z.object({
    type: z.literal('score-below'),
    below: fractionSchema(-1, 1),
    /** Negative words that it takes at least; a strong phrase counts as two, one that states a fault as none. */
    evidence: z.int().min(1).max(5).optional(),
  }),
  judgesAlone: true,

  compile: ({ below, evidence = 0 }) => ({
    judge({ utterance: { score, text } }) {
      if (!score || score.compound >= below) return undefined;
      const negative = score.contributions.filter(({ valence }) => valence < 0);
      if (negative.reduce((sum, one) => sum + weightOf(one), 0) < evidence) return undefined;
      const matches = negative.map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
      return { explanation: `scored ${signed(score.compound)}, under ${signed(below)}`, matches };
    },
  }),
});

/** Beyond this, on the scale of −4 to 4, a phrase of several words is strong. */
const STRONG_PHRASE = -2.4;

function weightOf({ text, valence }: Contribution): number {
  if (!/\p{L}/u.test(text)) return 0;
  if (!/\s/.test(text)) return 1;
  return valence <= STRONG_PHRASE ? 2 : 0;
}

/** `+0.40`, `−0.72`. */
export function signed(score: number): string {
  return `${score < 0 ? '−' : '+'}${Math.abs(score).toFixed(2)}`;
}
