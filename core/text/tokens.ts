/** A word of an utterance; offsets are UTF-16 code units. */
export interface Token {
  /** Lower case, composed, with straight apostrophes. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
const CURLY_APOSTROPHES = /[’ʼ]/g;

/** The words of a text; punctuation and case carry no meaning here. */
export function tokenize(text: string): Token[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    word: word.normalize('NFC').toLowerCase().replace(CURLY_APOSTROPHES, "'"),
    start: index,
    end: index + word.length,
  }));
}
