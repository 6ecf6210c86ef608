import { ownTableOf } from '#core/own-table.ts';

/** Digits or letters that one or more words of a text stand for, and where those words are. */
export interface SpokenRun {
  /** `0`–`9` and `A`–`Z`. */
  readonly characters: string;
  /** The unit that each character comes from; a unit is redacted whole. */
  readonly unitOf: readonly number[];
  readonly units: readonly { readonly start: number; readonly end: number }[];
}

const DIGITS = ownTableOf({
  zero: '0', oh: '0', o: '0', nought: '0', naught: '0', nil: '0', one: '1', two: '2', three: '3', four: '4', five: '5',
  six: '6', seven: '7', eight: '8', nine: '9', niner: '9',
}); // prettier-ignore
const TEENS = ownTableOf({
  ten: '10', eleven: '11', twelve: '12', thirteen: '13', fourteen: '14', fifteen: '15', sixteen: '16',
  seventeen: '17', eighteen: '18', nineteen: '19',
}); // prettier-ignore
const TENS = ownTableOf({
  twenty: '2', thirty: '3', forty: '4', fourty: '4', fifty: '5', sixty: '6', seventy: '7', eighty: '8', ninety: '9',
}); // prettier-ignore
const REPEATS = ownTableOf({ double: 2, triple: 3, treble: 3, quadruple: 4 });
const ALPHABET =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu';
const LETTERS = new Map(ALPHABET.split(' ').map((word) => [word, word.charAt(0).toUpperCase()]));
LETTERS.set('alfa', 'A').set('juliett', 'J').set('whisky', 'W').set('x-ray', 'X');

/** Filler words of people who read a number out; they do not interrupt a run of digits. */
const FILLERS = new Set(
  'and uh um er erm then dash hyphen space so okay ok comma that is the next its'.split(' ').concat("it's", "that's"),
);
const MAX_FILLERS = 2;

/** A word or a group of digits or letters; what stands between two of them does not matter. */
const TOKEN = /[a-z]+(?:['’-][a-z]+)*|[a-z0-9]+/gi;
const PAUSES = /^[\s,.\-–—/:;()]*$/;

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The numbers in a text, whether written or read out: "double four oh one", "4111-1111", "GB29 NWBK", "forty two". */
export function spokenRuns(text: string): SpokenRun[] {
  const tokens = tokensOf(text);
  const runs: SpokenRun[] = [];
  let run = new Run();
  let fillers = 0;
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i] as Token;
    const read = unitAt(tokens, i);
    const isApart = i > 0 && !PAUSES.test(text.slice(tokens[i - 1]?.end, token.start));
    if (isApart || (!read && (!FILLERS.has(token.text) || ++fillers > MAX_FILLERS))) {
      runs.push(...run.take());
      run = new Run();
      fillers = 0;
    }
    if (read) {
      run.add(read.characters, token.start, (tokens[i + read.count - 1] as Token).end);
      fillers = 0;
    }
    i += read?.count ?? 1;
  }
  return [...runs, ...run.take()];
}

/** Whether the text is nothing but filler words before the next digit. */
export function isFilling(text: string): boolean {
  return tokensOf(text).every((token) => FILLERS.has(token.text));
}

class Run {
  #characters = '';
  readonly #unitOf: number[] = [];
  readonly #units: { start: number; end: number }[] = [];

  add(characters: string, start: number, end: number): void {
    for (const _ of characters) this.#unitOf.push(this.#units.length);
    this.#characters += characters;
    this.#units.push({ start, end });
  }

  take(): SpokenRun[] {
    if (this.#units.length === 0) return [];
    return [{ characters: this.#characters, unitOf: this.#unitOf, units: this.#units }];
  }
}

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), (match) => ({
    text: match[0].toLowerCase().replace('’', "'"),
    start: match.index,
    end: match.index + match[0].length,
  })).flatMap(split);
}

/** "forty-two" and "one-two-three" are several words; "x-ray" and "it's" are one. */
function split(token: Token): Token[] {
  if (!token.text.includes('-') || LETTERS.has(token.text)) return [token];
  let at = token.start;
  return token.text.split('-').map((text) => {
    const part = { text, start: at, end: at + text.length };
    at = part.end + 1;
    return part;
  });
}

function unitAt(tokens: readonly Token[], i: number): { characters: string; count: number } | undefined {
  const word = tokens[i]?.text ?? '';
  const next = tokens[i + 1]?.text ?? '';
  const repeat = REPEATS[word];
  if (repeat !== undefined) {
    const character = DIGITS[next] ?? (/^[a-z0-9]$/.test(next) ? next.toUpperCase() : undefined);
    return character === undefined ? undefined : { characters: character.repeat(repeat), count: 2 };
  }
  const tens = TENS[word];
  if (tens !== undefined) {
    const ones = DIGITS[next];
    const isOne = ones !== undefined && ones !== '0';
    return { characters: tens + (isOne ? ones : '0'), count: isOne ? 2 : 1 };
  }
  const digits = DIGITS[word] ?? TEENS[word];
  if (digits !== undefined) return { characters: digits, count: 1 };
  const letter = LETTERS.get(word);
  if (letter !== undefined) return { characters: letter, count: 1 };
  // Groups such as 4111, GB29, NWBK, or one letter; a longer word without a digit is a word.
  const isGroup = /\d/.test(word) || (word.length <= 4 && /^[a-z]+$/.test(word) && !FILLERS.has(word));
  return isGroup ? { characters: word.toUpperCase(), count: 1 } : undefined;
}
