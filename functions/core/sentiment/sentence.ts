import { spellOutEmoji, type SpeltOut } from './emoji.ts';
import { plainWord, type Vocabulary, type Word } from './vocabulary.ts';

/** A text cut into words the way VADER cuts it; the arrays run in parallel, one element a word. */
export interface Sentence {
  /** The text as read: emoji spelt out. */
  readonly text: string;
  readonly words: Word[];
  /** Offsets into `text`, in UTF-16 units. */
  readonly starts: number[];
  readonly ends: number[];
  readonly capitals: boolean[];
  /** Some words, but not all, are in capitals: capitals then mean emphasis. */
  readonly mixedCase: boolean;
  readonly exclamationMarks: number;
  readonly questionMarks: number;
  /** Where the spelt-out emoji came from. */
  readonly spelt: SpeltOut | undefined;
}

const NON_ASCII = /[^\0-\x7f]/;
const PLAIN = plainWord('');
const PLAIN_NEGATION: Word = { ...PLAIN, negates: true };

/** Below this many characters, what is left of a word without its outer punctuation may be an emoticon's. */
const SHORTEST_BARE_WORD = 3;

const OTHER = 0;
const UPPER = 1;
const LOWER = 2;
const PUNCTUATION = 3;
const SPACE = 4;
const CLASS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if ((code >= 9 && code <= 13) || (code >= 28 && code <= 32)) return SPACE;
  if (/[A-Z]/.test(character)) return UPPER;
  if (/[a-z]/.test(character)) return LOWER;
  return code > 32 && code < 127 && /[^0-9]/.test(character) ? PUNCTUATION : OTHER;
});

/**
 * Cuts at white space (all that Unicode knows), takes outer ASCII punctuation off words that stay three characters
 * or longer without it, and looks each up in lower case.
 */
export function readSentence(original: string, vocabulary: Vocabulary): Sentence {
  const spelt = NON_ASCII.test(original) ? spellOutEmoji(original) : undefined;
  const text = spelt?.text ?? original;
  const lower = lowerCase(text);
  const words: Word[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const capitals: boolean[] = [];
  let inCapitals = 0;
  let exclamationMarks = 0;
  let questionMarks = 0;

  const length = text.length;
  let at = 0;
  while (at < length) {
    const first = text.charCodeAt(at);
    if (first < 128 ? CLASS[first] === SPACE : isWideSpace(first)) {
      at++;
      continue;
    }
    const tokenStart = at;
    let start = -1;
    let end = at;
    let hasUpper = false;
    let hasLower = false;
    let hasWide = false;
    let hasApostrophe = false;
    let surrogatePairs = 0;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        const kind = CLASS[code];
        if (kind === LOWER) hasLower = true;
        else if (kind === PUNCTUATION) {
          if (code === 33) exclamationMarks++;
          else if (code === 63) questionMarks++;
          else if (code === 39) hasApostrophe = true;
          continue;
        } else if (kind === SPACE) break;
        else if (kind === UPPER) hasUpper = true;
      } else {
        if (isWideSpace(code)) break;
        hasWide = true;
        if (isPair(text, at)) surrogatePairs++;
      }
      if (start < 0) start = at;
      end = at + 1;
    }
    if (start < 0 || end - start - surrogatePairs < SHORTEST_BARE_WORD) {
      start = tokenStart;
      end = at;
    }
    const word = lower.slice(start, end);
    words.push(vocabulary.get(word) ?? (hasApostrophe && word.includes("n't") ? PLAIN_NEGATION : PLAIN));
    starts.push(start);
    ends.push(end);
    const isCapitals = hasWide ? isUpperCase(text.slice(start, end)) : hasUpper && !hasLower;
    capitals.push(isCapitals);
    if (isCapitals) inCapitals++;
  }
  const mixedCase = inCapitals > 0 && inCapitals < words.length;
  return { text, words, starts, ends, capitals, mixedCase, exclamationMarks, questionMarks, spelt };
}

/** Lower case of the same length, so that offsets stay true: only `İ` would grow, and no word we know has it. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll('İ', 'ı').toLowerCase();
}

/** White space beyond ASCII, as Unicode and Python count it. */
function isWideSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    code === 0x85 ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x1680
  );
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

/** Has upper-case letters and no lower-case or title-case ones; signs without case do not count. */
function isUpperCase(word: string): boolean {
  return /\p{Uppercase}/u.test(word) && !/[\p{Lowercase}\p{Lt}]/u.test(word);
}
