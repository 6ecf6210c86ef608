import type { Score } from './score.ts';
import { telephone } from './telephone/telephone.ts';

/** Anything that scores a text. */
export interface SentimentEngine {
  readonly name: string;
  /** Scores one utterance. A text without words is neutral. */
  score(text: string): Score | Promise<Score>;
}

/** The score of an utterance as Earshot shows it unless told otherwise: VADER with the telephone layer. */
export function scoreUtterance(text: string): Score {
  return telephone.score(text);
}
