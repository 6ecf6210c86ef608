import { z } from 'zod';
import { countSchema } from '../fields.ts';
import { leftOut, MAX_QUOTE_LENGTH, shortened } from '../kept.ts';

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
  /** Further words that moved the score and are not kept. */
  moreContributions: countSchema.optional(),
});
export type Score = z.infer<typeof scoreSchema>;

/** Contributions that a stored score keeps: the first ones. */
export const MAX_CONTRIBUTIONS = 40;

/** Of what changed a contribution: the first causes, and the characters of each. */
const MAX_CAUSES = 3;
const MAX_CAUSE_LENGTH = 60;

/** The score with no more contributions than a row may keep, so that no text makes it large. */
export function withFirstContributions({ contributions, ...score }: Score): Score {
  const moreContributions = leftOut(Math.max(0, contributions.length - MAX_CONTRIBUTIONS), score.moreContributions);
  return {
    ...score,
    contributions: contributions.slice(0, MAX_CONTRIBUTIONS).map(({ because, ...contribution }) => ({
      ...contribution,
      text: shortened(contribution.text, MAX_QUOTE_LENGTH),
      ...(because && { because: because.slice(0, MAX_CAUSES).map((cause) => shortened(cause, MAX_CAUSE_LENGTH)) }),
    })),
    ...(moreContributions !== undefined && { moreContributions }),
  };
}

/** Half the width of the band around zero that counts as neutral, as VADER's authors recommend. */
export const NEUTRAL_BAND = 0.05;

/** The label of a compound score. */
export function labelOf(compound: number): SentimentLabel {
  if (compound >= NEUTRAL_BAND) return 'positive';
  if (compound <= -NEUTRAL_BAND) return 'negative';
  return 'neutral';
}
