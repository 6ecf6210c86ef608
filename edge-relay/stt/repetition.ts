import { tokenize } from '#core/text/tokens.ts';

/** Models that go round in circles repeat up to so many words. */
const MAX_REPEATED_WORDS = 12;

/** A phrase that a text says over and over. */
export interface Repetition {
  /** Offsets in the text, UTF-16 code units: all of it, and its first time alone. */
  readonly start: number;
  readonly firstEnd: number;
  readonly end: number;
}

/** So many times in a row a phrase of so many words is said by a person at most. */
export type MostRepeats = (wordCount: number) => number;

/** The first phrase that is said more often in a row than `most` allows. */
export function findRepetition(text: string, most: MostRepeats): Repetition | undefined {
  const tokens = tokenize(text);
  for (let from = 0; from < tokens.length; from++) {
    for (let length = 1; length <= Math.min(MAX_REPEATED_WORDS, (tokens.length - from) / 2); length++) {
      let to = from + length;
      while (to < tokens.length && tokens[to]?.word === tokens[to - length]?.word) to++;
      if (Math.floor((to - from) / length) <= most(length)) continue;
      return {
        start: tokens[from]?.start ?? 0,
        firstEnd: tokens[from + length - 1]?.end ?? 0,
        end: tokens[to - 1]?.end ?? 0,
      };
    }
  }
  return undefined;
}

/** The text with such phrases said once. */
export function withoutRepetitions(text: string, most: MostRepeats): string {
  const found = findRepetition(text, most);
  if (!found) return text;
  return withoutRepetitions(text.slice(0, found.firstEnd) + text.slice(found.end), most);
}
