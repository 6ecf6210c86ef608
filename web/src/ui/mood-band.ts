import { NEUTRAL_BAND } from '#core/sentiment/score.ts';

/** How a mood is named, drawn and coloured. */
export type MoodBand = 'good' | 'fair' | 'even' | 'poor' | 'bad';

/** From here on a mood is good, or bad, and no longer fair, or poor. */
const STRONG = 0.5;

/** The band of a mood or a score between −1 and 1. */
export function moodBand(value: number): MoodBand {
  if (value >= STRONG) return 'good';
  if (value >= NEUTRAL_BAND) return 'fair';
  if (value > -NEUTRAL_BAND) return 'even';
  return value > -STRONG ? 'poor' : 'bad';
}
