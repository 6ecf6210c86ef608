import { spellOut } from './contractions.ts';
import { inflectionKey } from './inflection.ts';
import { tokenize } from './tokens.ts';

/** A word as phrases compare it, and where it stands; offsets are UTF-16 code units. */
export interface ComparableWord {
  /** Equal for all forms of a word. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** A text as phrases are compared with it: contractions spelt out, inflections folded. */
export function comparableWords(text: string): ComparableWord[] {
  return tokenize(text).flatMap(({ word, start, end }) =>
    spellOut(word).map((each) => ({ key: inflectionKey(each), start, end })),
  );
}
