import { comparableWords } from './words.ts';
import { WORD_CLASSES } from './word-classes.ts';

/**
 * A phrase as it is searched for. Plain words are a pattern too: one that has a single wording.
 *
 * ```
 * close|end       either                        {account}   any of a word class that ships with Earshot
 * (close|end) it  a choice within a phrase      =had        this form only: not "have"
 * [my|our]        may be absent                 {start}     here a clause starts   {end}  here it ends
 * *               any one word of the clause    {capital}   a name, as an engine writes it
 * *3              up to three of them           …           in exceptions: the phrase itself
 * ```
 */
export type Pattern = readonly Part[];

export type Part =
  /** A word in all its forms, by its key; or `=` and a form. */
  | { readonly kind: 'word'; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly words: ReadonlySet<string>;
      readonly runs: readonly Pattern[];
      readonly id: string;
      readonly isOptional: boolean;
    }
  /** Any word, with no mark before or after it. */
  | { readonly kind: 'any' }
  /** Between words: a clause ends before and starts here. */
  | { readonly kind: 'edge' };

/** The label of a word that an engine wrote as a name. */
export const CAPITAL_LABEL = '{capital}';

/** A pattern could not be read; the message says what to write. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** Where the phrase stands in an exception that names what stands before or after it. */
export interface Surroundings {
  readonly before: Pattern;
  readonly after: Pattern;
}

/** Characters of a phrase in a rule; a line of a word class may be longer. */
export const MAX_PATTERN_LENGTH = 500;
/** Groups within groups, and classes within classes. */
const MAX_DEPTH = 8;
/** Words that one occurrence of a pattern may have. */
const MAX_WORDS = 40;
/** Parts of a pattern with those of its classes, words of one choice counted once. */
const MAX_PARTS = 1_000;
/** Words in a row of which nothing is known. */
const MAX_ANY = 5;

/** A sign stands alone: between spaces, brackets or bars. */
const ALONE = String.raw`(?<![^\s()[\]|])`;
const ALONE_AFTER = String.raw`(?![^\s()[\]|])`;
const SIGNS = String.raw`\{[^{}]*\}|[()[\]|{}]|${ALONE}\*[0-9]?${ALONE_AFTER}|${ALONE}=(?=[\p{L}\p{N}])`;
const SIGN = new RegExp(SIGNS, 'u');
const TOKEN = new RegExp(`(${SIGNS})|[^]`, 'gu');
const ITSELF = /(?<!\S)(?:…|\.\.\.)(?!\S)/;

/** Whether a phrase has anything but plain words. */
export function isPattern(phrase: string): boolean {
  return SIGN.test(phrase);
}

/** A phrase that can be read: itself, or if it cannot, its words without signs. */
export function readablePhrase(phrase: string): string {
  try {
    if (!parseSurroundings(phrase)) parsePattern(phrase);
    return phrase;
  } catch (error) {
    if (error instanceof PatternError) return phrase.replace(/[()[\]|{}=*…]+|\.\.\./g, ' ').trim();
    throw error;
  }
}

/**
 * Reads a phrase.
 * @throws PatternError with what to do about it
 */
export function parsePattern(text: string): Pattern {
  const known = parsed.get(text);
  if (known) return known;
  const pattern = read(text, 0);
  requireWordFirst(pattern);
  requireBounded(pattern);
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, pattern);
  return pattern;
}

/** A cache: rules are read again and again. */
const parsed = new Map<string, Pattern>();
const MAX_PARSED = 5_000;

/**
 * Reads an exception that holds `…` for the phrase itself: `do not *2 …`, `… the hold`; undefined if it does not.
 * @throws PatternError with what to do about it
 */
export function parseSurroundings(text: string): Surroundings | undefined {
  const [before, after, ...more] = text.split(ITSELF);
  if (before === undefined || after === undefined) return undefined;
  if (more.length > 0) throw new PatternError('“…” stands for the phrase itself, once in an exception.');
  if (!hasParts(before) && !hasParts(after)) throw new PatternError('Give a word before or after “…”.');
  const surroundings = { before: read(before, 0), after: read(after, 0) };
  if (hasParts(before)) requireWordFirst(surroundings.before);
  requireBounded([...surroundings.before, ...surroundings.after]);
  return surroundings;
}

/** Words of the longest and of the shortest occurrence. */
export function lengthsOf(pattern: Pattern): { least: number; most: number } {
  let [least, most] = [0, 0];
  for (const part of pattern) {
    const lengths = lengthsOfPart(part);
    least += lengths.least;
    most += lengths.most;
  }
  return { least, most };
}

function lengthsOfPart(part: Part): { least: number; most: number } {
  if (part.kind === 'edge') return { least: 0, most: 0 };
  if (part.kind !== 'choice') return { least: 1, most: 1 };
  const lengths = [...(part.words.size > 0 ? [{ least: 1, most: 1 }] : []), ...part.runs.map(lengthsOf)];
  return {
    least: part.isOptional ? 0 : Math.min(...lengths.map(({ least }) => least)),
    most: Math.max(...lengths.map(({ most }) => most)),
  };
}

/** How much a pattern takes to search for: its parts, and those of its choices. */
export function sizeOf(pattern: Pattern): number {
  return pattern.reduce(
    (sum, part) => sum + 1 + (part.kind === 'choice' ? part.runs.reduce((all, run) => all + sizeOf(run), 0) : 0),
    0,
  );
}

function hasParts(text: string): boolean {
  return isPattern(text) || comparableWords(text).length > 0;
}

interface Token {
  readonly isSign: boolean;
  text: string;
}

/** Signs, and the plain text between them. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [token, sign] of text.matchAll(TOKEN)) {
    const last = tokens.at(-1);
    const isSign = sign !== undefined;
    if (isSign || !last || last.isSign) tokens.push({ isSign, text: token });
    else last.text += token;
  }
  return tokens;
}

/** Reads a pattern from left to right. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #depth: number;
  #at = 0;

  constructor(text: string, depth: number) {
    if (depth > MAX_DEPTH) throw new PatternError('Word classes stand too deep within one another.');
    this.#tokens = tokensOf(text);
    this.#depth = depth;
  }

  all(): Pattern {
    const options = this.#options(this.#depth);
    const [only] = options;
    const rest = this.#tokens[this.#at];
    if (rest) throw new PatternError(`“${rest.text}” closes nothing.`);
    return options.length === 1 && only ? only : [choiceOf(options, false)];
  }

  /** What stands between bars, up to the bracket that closes it. */
  #options(depth: number): Pattern[] {
    if (depth > MAX_DEPTH) throw new PatternError('Too many brackets stand within one another.');
    const options: Part[][] = [[]];
    for (let token = this.#tokens[this.#at]; token && !isClosing(token); token = this.#tokens[this.#at]) {
      this.#at++;
      if (token.isSign && token.text === '|') options.push([]);
      else options.at(-1)?.push(...this.#parts(token, depth));
    }
    if (options.length > 1 && options.some((option) => option.length === 0))
      throw new PatternError('Give a word on both sides of “|”.');
    return options;
  }

  #parts({ text, isSign }: Token, depth: number): Pattern {
    if (!isSign) return comparableWords(text).map(labelled);
    if (text === '(' || text === '[') return [this.#group(text, depth)];
    if (text.startsWith('*')) return [anyWords(text)];
    if (text === '=') {
      const [exact, ...more] = comparableWords(this.#tokens[this.#at++]?.text ?? '');
      return [{ kind: 'word', label: `=${exact?.form ?? ''}` }, ...more.map(labelled)];
    }
    if (text.length < 3) throw new PatternError('A word class stands in braces: {account}.');
    return [namedPart(text.slice(1, -1), depth)];
  }

  #group(open: string, depth: number): Part {
    const options = this.#options(depth + 1);
    const close = open === '(' ? ')' : ']';
    if (this.#tokens[this.#at]?.text !== close) throw new PatternError(`“${open}” needs a “${close}”.`);
    this.#at++;
    if (options.every((option) => option.length === 0))
      throw new PatternError(`Give a word between “${open}${close}”.`);
    return choiceOf(options, open === '[');
  }
}

function isClosing({ text, isSign }: Token): boolean {
  return isSign && (text === ')' || text === ']');
}

function anyWords(sign: string): Part {
  if (sign === '*') return { kind: 'any' };
  const most = Number(sign.slice(1));
  if (most < 1 || most > MAX_ANY) throw new PatternError(`Give “*1” to “*${MAX_ANY}”: up to so many words.`);
  return upTo(most);
}

function read(text: string, depth: number): Pattern {
  return new Reader(text, depth).all();
}

function labelled({ key }: { key: string }): Part {
  return { kind: 'word', label: key };
}

function upTo(most: number): Part {
  const runs = Array.from({ length: most }, (_, at) => Array.from({ length: at + 1 }, (): Part => ({ kind: 'any' })));
  return { kind: 'choice', words: new Set(), runs, id: `*${most}`, isOptional: true };
}

/** Single words of a choice are one step, however many there are. */
function choiceOf(options: readonly Pattern[], isOptional: boolean): Part {
  const words = new Set<string>();
  const runs: Pattern[] = [];
  for (const option of options) {
    const [only, ...more] = option;
    if (more.length > 0 || !only) runs.push(option);
    else if (only.kind === 'word') words.add(only.label);
    else if (only.kind === 'choice' && !only.isOptional) {
      for (const word of only.words) words.add(word);
      runs.push(...only.runs);
    } else runs.push(option);
  }
  return {
    kind: 'choice',
    words,
    runs,
    id: `(${[...words].sort().join('|')};${runs.map(idOf).join(';')})`,
    isOptional,
  };
}

/** The same for patterns that are the same. */
export function idOf(pattern: Pattern): string {
  return pattern.map(idOfPart).join(' ');
}

export function idOfPart(part: Part): string {
  switch (part.kind) {
    case 'word':
      return part.label;
    case 'any':
      return '*';
    case 'edge':
      return '{edge}';
    case 'choice':
      return part.isOptional ? `[${part.id}]` : part.id;
  }
}

const classes = new Map<string, Part>();

function namedPart(name: string, depth: number): Part {
  const named = name.trim().toLowerCase();
  if (named === 'start' || named === 'end') return { kind: 'edge' };
  if (named === 'capital') return { kind: 'word', label: CAPITAL_LABEL };
  const known = classes.get(named);
  if (known) return known;
  const members = Object.hasOwn(WORD_CLASSES, named) ? WORD_CLASSES[named] : undefined;
  if (members === undefined)
    throw new PatternError(`There is no word class {${name}}. There are: ${classNames().join(', ')}.`);
  if (depth > MAX_DEPTH) throw new PatternError('Word classes stand too deep within one another.');
  const part = choiceOf(
    members
      .trim()
      .split(/\s*\n\s*/)
      .map((member) => read(member, depth + 1)),
    false,
  );
  classes.set(named, part);
  return part;
}

/** The names that may stand in braces. */
export function classNames(): string[] {
  return ['start', 'end', 'capital', ...Object.keys(WORD_CLASSES)];
}

function requireWordFirst(pattern: Pattern): void {
  const first = pattern.find(({ kind }) => kind !== 'edge');
  if (first === undefined) throw new PatternError('A phrase must have a word or a number in it.');
  if (canBeginWithAny(pattern)) throw new PatternError('A phrase begins with a word: “*” may not come first.');
  if (lengthsOf(pattern).least === 0) throw new PatternError('A phrase must have a word that may not be absent.');
}

function canBeginWithAny(pattern: Pattern): boolean {
  for (const part of pattern) {
    if (part.kind === 'edge') continue;
    if (part.kind === 'any') return true;
    if (part.kind === 'word') return false;
    if (part.runs.some(canBeginWithAny)) return true;
    if (!part.isOptional) return false;
  }
  return false;
}

function requireBounded(pattern: Pattern): Pattern {
  if (lengthsOf(pattern).most > MAX_WORDS) throw new PatternError(`A phrase may be ${MAX_WORDS} words long at most.`);
  if (sizeOf(pattern) > MAX_PARTS) throw new PatternError('This phrase stands for too many others: make two of it.');
  return pattern;
}
