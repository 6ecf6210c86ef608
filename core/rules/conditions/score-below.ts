import { z } from 'zod';
import { conditionKind } from './condition.ts';

/** One utterance scored below this. */
export const scoreBelow = conditionKind({
  schema: z.object({ type: z.literal('score-below'), below: z.number().min(-1).max(1) }),
  judgesAlone: true,

  compile: ({ below }) => ({
    judge({ utterance: { score, text } }) {
      if (score.compound >= below) return undefined;
      const matches = score.contributions
        .filter(({ valence }) => valence < 0)
        .map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
      return { explanation: `scored ${signed(score.compound)}, under ${signed(below)}`, matches };
    },
  }),
});

/** `+0.40`, `−0.72`. */
export function signed(score: number): string {
  return `${score < 0 ? '−' : '+'}${Math.abs(score).toFixed(2)}`;
}
