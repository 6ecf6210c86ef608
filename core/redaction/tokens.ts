/** A word, or a row of digits, of a text. */
export interface Token {
  /** Without accents, in lower case. */
  readonly text: string;
  readonly kind: 'word' | 'digits';
  readonly start: number;
  readonly end: number;
  /** Letters that were written in capitals, at least two. */
  readonly isCapitals: boolean;
}

const WORD_OR_DIGITS = /\p{Nd}+|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*/gu;
/** "L'IBAN", "d'accord": the article is no part of the word. */
const ELISION = /^(?:[cdjlmnst]|qu|jusqu|un|all|dell|dall|nell|sull|quell)'(?=\p{L}{2})/u;

/** The words and rows of digits of a text, in any script. */
export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(WORD_OR_DIGITS), ({ 0: raw, index }) => {
    const kind = /^\p{Nd}/u.test(raw) ? 'digits' : 'word';
    return {
      text: kind === 'digits' ? digitsOf(raw) : folded(raw),
      kind,
      start: index,
      end: index + raw.length,
      isCapitals: raw.length > 1 && /^\p{Lu}+$/u.test(raw),
    };
  });
}

export function foldedWords(text: string): string[] {
  return tokensOf(text).map((token) => token.text);
}

function folded(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('’', "'");
  return plain.replace(ELISION, '');
}

/** Digits of every script count up from their zero. */
function digitsOf(raw: string): string {
  return Array.from(raw, (digit) => {
    if (digit >= '0' && digit <= '9') return digit;
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  }).join('');
}
