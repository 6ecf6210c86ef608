import { baseLanguage } from '../language.ts';
import type { Score } from './score.ts';
import { telephone } from './telephone/telephone.ts';

/** A sentiment engine: scores texts. */
export interface SentimentEngine {
  readonly name: string;
  /** The languages that it scores, without regions. */
  readonly languages: readonly string[];
  /**
   * Scores one utterance. A text without words is neutral.
   * @param tag the language it is in, one of `languages`; undefined where that is not known
   */
  score(text: string, tag?: string): Score | Promise<Score>;
}

/** Scores an utterance in its own language, or not at all: undefined where the engine does not score that language. */
export async function scoreIn(
  engine: SentimentEngine,
  text: string,
  tag: string | undefined,
): Promise<Score | undefined> {
  if (tag === undefined) return engine.score(text);
  return engine.languages.includes(baseLanguage(tag)) ? engine.score(text, tag) : undefined;
}

/** Scores an utterance with the default engine: VADER with the telephone layer. */
export function scoreUtterance(text: string): Score {
  return telephone.score(text);
}
