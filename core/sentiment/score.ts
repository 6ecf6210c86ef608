import { z } from 'zod';

export const sentimentLabelSchema = z.enum(['positive', 'neutral', 'negative']);
export type SentimentLabel = z.infer<typeof sentimentLabelSchema>;

/** One word or phrase that moved the score; offsets are UTF-16 code units into the utterance's text. */
export const contributionSchema = z.object({
  text: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  /** Signed contribution after negation and boosting, on the engine's own scale. */
  valence: z.number(),
  /** What changed it: "negated by not", "boosted by very". */
  because: z.array(z.string()).optional(),
});
export type Contribution = z.infer<typeof contributionSchema>;

export const scoreSchema = z.object({
  /** −1 (worst) to 1 (best). */
  compound: z.number().min(-1).max(1),
  label: sentimentLabelSchema,
  contributions: z.array(contributionSchema),
});
export type Score = z.infer<typeof scoreSchema>;

/** Half the width of the band around zero that counts as neutral, as VADER's authors recommend. */
export const NEUTRAL_BAND = 0.05;

/** The label of a compound score. */
export function labelOf(compound: number): SentimentLabel {
  if (compound >= NEUTRAL_BAND) return 'positive';
  if (compound <= -NEUTRAL_BAND) return 'negative';
  return 'neutral';
}
