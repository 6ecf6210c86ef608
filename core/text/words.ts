import { spellOut } from './contractions.ts';
import { inflectionKey } from './inflection.ts';
import { tokenize } from './tokens.ts';

/** A word as phrases compare it, and where it stands; offsets are UTF-16 code units. */
export interface ComparableWord {
  /** Equal for all forms of a word. */
  readonly key: string;
  /** This form alone, in lower case. */
  readonly form: string;
  readonly start: number;
  readonly end: number;
  /** A clause begins with it: it is the first word, or a mark stands before it, or it is "but". */
  readonly startsClause: boolean;
  /** Has a capital first letter in the middle of a clause: an engine wrote a name. */
  readonly isName: boolean;
}

/** A mark that ends a clause; within a number or an address ("3.50") none does. */
const CLAUSE_MARK = /[.,;:!?…—–](?!\S)|[.;:!?…—–]["'”’)]|[\n—–…]|\s-+\s/u;
const CAPITAL = /^\p{Lu}\p{L}*\p{Ll}/u;
const FIRST_PERSON = /^I['’]/;

/** A text as phrases are compared with it: contractions spelt out, inflections folded. */
export function comparableWords(text: string): ComparableWord[] {
  const words: ComparableWord[] = [];
  let after = 0;
  let isAfterBut = true;
  for (const { word, start, end } of tokenize(text)) {
    const between = start === after + 1 && text[after] === ' ' ? ' ' : text.slice(after, start);
    const isPlain = between === ' ' && after > 0;
    let startsClause = isAfterBut || word === 'but' || (!isPlain && CLAUSE_MARK.test(between));
    const isName = isCapital(text, start, end) && isPlain;
    for (const { key, form } of keysOf(word)) {
      words.push({ key, form, start, end, startsClause, isName });
      startsClause = false;
    }
    isAfterBut = word === 'but';
    after = end;
  }
  return words;
}

/** Written like a name: "Elm", not "ELM" and not "I've". */
function isCapital(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (first >= 97 && first <= 122) return false;
  const word = text.slice(start, end);
  return CAPITAL.test(word) && !FIRST_PERSON.test(word);
}

interface Keys {
  readonly key: string;
  readonly form: string;
}

/** A cache: most words of a call were said before. */
const known = new Map<string, readonly Keys[]>();
const MAX_KNOWN = 20_000;

function keysOf(word: string): readonly Keys[] {
  let keys = known.get(word);
  if (!keys) {
    keys = spellOut(word).map((form) => ({ form, key: inflectionKey(form) }));
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(word, keys);
  }
  return keys;
}
