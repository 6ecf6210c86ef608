import { spellOutEmoji, type SpeltOut } from './emoji.ts';
import { plainWord, type Word } from './vocabulary.ts';
import type { FindWord } from './word-table.ts';

/**
 * A text cut into words the way VADER cuts it. The arrays run in parallel, one element a word, and may be longer than
 * `length`: a scorer reads text after text into the same ones.
 */
export interface Sentence {
  /** How many words there are. */
  length: number;
  /** The text with its emoji spelt out. */
  text: string;
  /** Where the spelt-out emoji came from. */
  spelt: SpeltOut | undefined;
  readonly words: Word[];
  /** Offsets into `text`, in UTF-16 units. */
  readonly starts: number[];
  readonly ends: number[];
  readonly capitals: boolean[];
  /** Some words, but not all, are in capitals: capitals then mean emphasis. */
  mixedCase: boolean;
  exclamationMarks: number;
  questionMarks: number;
}

/** A sentence to read into. */
export function emptySentence(): Sentence {
  return {
    length: 0,
    text: '',
    spelt: undefined,
    words: [],
    starts: [],
    ends: [],
    capitals: [],
    mixedCase: false,
    exclamationMarks: 0,
    questionMarks: 0,
  };
}

const NON_ASCII = /[^\0-\x7f]/;
const PLAIN = plainWord('');
const PLAIN_NEGATION = { ...PLAIN, negates: true };

/** Below this many characters, what is left of a word without its outer punctuation may be an emoticon's. */
const SHORTEST_BARE_WORD = 3;

const EXCLAMATION_MARK = 33;
const QUESTION_MARK = 63;
const APOSTROPHE = 39;

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
 * Splits at Unicode white space, strips outer ASCII punctuation off words that keep three characters or more without
 * it, and looks each up in lower case.
 */
export function readSentence(original: string, findWord: FindWord, sentence: Sentence): void {
  const spelt = NON_ASCII.test(original) ? spellOutEmoji(original) : undefined;
  const text = spelt?.text ?? original;
  const lower = lowerCase(text);
  let words = 0;
  let inCapitals = 0;
  let exclamationMarks = 0;
  let questionMarks = 0;

  for (let at = 0; at < text.length; at++) {
    if (isSpace(text.charCodeAt(at))) continue;
    const tokenStart = at;
    let start = -1;
    let end = at;
    let hasUpper = false;
    let hasLower = false;
    let hasWide = false;
    let negates = false;
    let surrogatePairs = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        const kind = CLASS[code];
        if (kind === LOWER) hasLower = true;
        else if (kind === PUNCTUATION) {
          if (code === EXCLAMATION_MARK) exclamationMarks++;
          else if (code === QUESTION_MARK) questionMarks++;
          else if (code === APOSTROPHE && lower[at - 1] === 'n' && lower[at + 1] === 't') negates = true;
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
    const isCapitals = hasWide ? isUpperCase(text.slice(start, end)) : hasUpper && !hasLower;
    if (isCapitals) inCapitals++;
    sentence.words[words] = findWord(lower, start, end) ?? (negates ? PLAIN_NEGATION : PLAIN);
    sentence.starts[words] = start;
    sentence.ends[words] = end;
    sentence.capitals[words] = isCapitals;
    words++;
  }
  sentence.length = words;
  sentence.text = text;
  sentence.spelt = spelt;
  sentence.mixedCase = inCapitals > 0 && inCapitals < words;
  sentence.exclamationMarks = exclamationMarks;
  sentence.questionMarks = questionMarks;
}

/** Lower case of the same length, so that offsets stay true: only `İ` would grow, and no word we know has it. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll('İ', 'ı').toLowerCase();
}

function isSpace(code: number): boolean {
  return code < 128 ? CLASS[code] === SPACE : isWideSpace(code);
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
