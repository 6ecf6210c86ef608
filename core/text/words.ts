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
  const words: ComparableWord[] = [];
  for (const { word, start, end } of tokenize(text)) {
    for (const key of keysOf(word)) words.push({ key, start, end });
  }
  return words;
}

/** A cache: most words of a call were said before. */
const known = new Map<string, readonly string[]>();
const MAX_KNOWN = 20_000;

function keysOf(word: string): readonly string[] {
  let keys = known.get(word);
  if (!keys) {
    keys = spellOut(word).map(inflectionKey);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(word, keys);
  }
  return keys;
}
