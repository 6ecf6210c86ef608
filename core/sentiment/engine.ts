import type { Score } from './score.ts';
import { telephone } from './telephone/telephone.ts';

/** A sentiment engine: scores texts. */
export interface SentimentEngine {
  readonly name: string;
  /** Scores one utterance. A text without words is neutral. */
  score(text: string): Score | Promise<Score>;
}

/** Scores an utterance with the default engine: VADER with the telephone layer. */
export function scoreUtterance(text: string): Score {
  return telephone.score(text);
}
