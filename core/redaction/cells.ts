import { hasLetters } from './announced.ts';
import type { Subject } from './languages/language.ts';
import type { Lexicon } from './lexicon.ts';
import { NumberReader } from './spoken-numbers.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Characters that a cell stands for, together with those after it up to the cell `to`. */
export interface Edge {
  readonly characters: string;
  /** The cell after it. */
  readonly to: number;
  /** Where its words end in the text. */
  readonly end: number;
  readonly isLikely: boolean;
}

/** A place of a text at which digits or letters of a number may begin. */
export interface Cell {
  readonly start: number;
  readonly digits: readonly Edge[];
  readonly letters: readonly Edge[];
  /** Something else than digits in one go stands before it. */
  readonly startsGroup: boolean;
  /** Nothing stands between it and what is before it: "A562S". */
  readonly isGlued: boolean;
  /** What the text said last before it that the digits are. */
  readonly subject: Subject | undefined;
  /** Words of other kinds since the cell before, or since the beginning of the text. */
  readonly wordsBefore: number;
  /** Only words of people who read numbers out stand between it and the cell before. */
  readonly followsClosely: boolean;
  /** Why it may be no part of a number: a `word` of other meaning, or `lone` as in "one engineer", "the next four". */
  readonly doubt: 'word' | 'lone' | undefined;
  /** Part of a row of numbers that only goes up or down: counted or listed, unless a number was begun before. */
  readonly isListed: boolean;
  /** The end of a number that may be said: "ending in 4242". */
  readonly isEnding: boolean;
}

/** A text, as far as numbers are concerned. */
export interface SaidText {
  readonly text: string;
  readonly cells: readonly Cell[];
  /** The last thing that it says of digits to come, or of those before. */
  readonly subject: Subject | undefined;
  /** Beside digits it has nothing but words of people who read numbers out. */
  readonly isBare: boolean;
  readonly wordCount: number;
}

/** Between digits that are one number: "4111-1111", "123.456.789". */
const GLUE = /^[-‐‑–_.]?$/;
const CURRENCY = /[$£€¥]/;
const MAX_LONE_DIGITS = 2;
/** So many numbers in a row that only go up, or only down, are counted or listed. */
const LISTED = 7;
const ENDING_REACH = 6;

export function readText(text: string, lexicon: Lexicon): SaidText {
  return new TextReader(text, lexicon).read();
}

interface Draft {
  token: number;
  tokenTo: number;
  digits: { characters: string; toToken: number; isLikely: boolean }[];
  letters: { characters: string; toToken: number; isLikely: boolean }[];
}

class TextReader {
  readonly #text: string;
  readonly #lexicon: Lexicon;
  readonly #tokens: readonly Token[];
  readonly #words: readonly string[];
  readonly #numbers: NumberReader;
  /** Tokens that are part of a phrase or of a quantity, and of no number. */
  readonly #isTaken: boolean[];
  readonly #isPhrase: boolean[] = [];
  /** What the text said last before each token, and after the last one. */
  readonly #subjects: (Subject | undefined)[] = [];
  /** Where the last phrase before each token ends that says that only the end of a number follows. */
  readonly #endings: number[] = [];

  constructor(text: string, lexicon: Lexicon) {
    this.#text = text;
    this.#lexicon = lexicon;
    this.#tokens = tokensOf(text);
    this.#words = this.#tokens.map((token) => token.text);
    this.#numbers = new NumberReader(text, this.#tokens, lexicon);
    this.#isTaken = new Array<boolean>(this.#tokens.length).fill(false);
  }

  read(): SaidText {
    this.#findPhrases();
    this.#findQuantities();
    const drafts = this.#drafts();
    const cells = this.#cells(drafts, this.#listed(drafts));
    return {
      text: this.#text,
      cells,
      subject: this.#subjects.at(-1),
      isBare: this.#isBare(),
      wordCount: this.#tokens.length,
    };
  }

  #findPhrases(): void {
    const { subjects, endings } = this.#lexicon;
    let lastSubject: Subject | undefined;
    let lastEnding = -Infinity;
    for (let at = 0; at < this.#words.length;) {
      const phrase = subjects.longestAt(this.#words, at);
      // "C V V" in a number that is spelled is no security code.
      const isSpelled = phrase && this.#words.slice(at, at + phrase.count).every((word) => word.length === 1);
      const subject = isSpelled && hasLetters(lastSubject) ? undefined : phrase;
      const ending = endings.longestAt(this.#words, at);
      const count = Math.max(1, subject?.count ?? 0, ending?.count ?? 0);
      for (let i = at; i < at + count; i++) {
        this.#subjects.push(lastSubject);
        this.#endings.push(lastEnding);
        if (subject ?? ending) this.#isTaken[i] = this.#isPhrase[i] = true;
      }
      if (subject) lastSubject = subject.value;
      if (ending) lastEnding = at + ending.count;
      at += count;
    }
    this.#subjects.push(lastSubject);
  }

  /** Hours, prices, dates and the like. */
  #findQuantities(): void {
    for (let at = 0; at < this.#tokens.length; at++) {
      if (this.#isTaken[at] || !this.#isNumber(at) || (at > 0 && this.#isNumber(at - 1))) continue;
      const to = this.#writtenQuantity(at) ?? this.#countedQuantity(at);
      if (to === undefined) continue;
      this.#isTaken.fill(true, at, to);
      at = to - 1;
    }
  }

  /** "19.99", "10:30", "12/05/2027", "$40"; returns the token after it. */
  #writtenQuantity(at: number): number | undefined {
    const token = this.#tokens[at] as Token;
    if (token.kind !== 'digits') return undefined;
    const rest = this.#text.slice(token.start, token.start + 24);
    const written =
      /^\d{1,2}:\d{2}(?!\d|[:.-]\d)/.exec(rest) ??
      /^\d{1,2}([/.-])\d{1,2}\1(?:19|20)?\d{2}(?!\d|[-./]\d)/.exec(rest) ??
      /^\d{1,6}[.,]\d{1,2}(?![.,-]?\d)(?!\s*\d)/.exec(rest) ??
      (CURRENCY.test(this.#text.slice(Math.max(0, token.start - 2), token.start))
        ? /^\d+(?:[.,]\d+)*/.exec(rest)
        : /^\d+(?:[.,]\d+)*(?=\s?[%$£€¥])/.exec(rest));
    if (!written) return undefined;
    const end = token.start + written[0].length;
    const to = this.#tokens.findIndex(({ start }, i) => i > at && start >= end);
    return to === -1 ? this.#tokens.length : to;
  }

  /** "Two hours", "May 12", "1st". */
  #countedQuantity(at: number): number | undefined {
    const { units, months } = this.#lexicon;
    const to = this.#oneNumber(at);
    if (to === undefined || this.#isNumber(to)) return undefined;
    const value = this.#valueOf(at, to);
    const isDayOrYear = value !== undefined && (value <= 31 || (value >= 1_900 && value < 2_100));
    const [before, after] = [this.#words[at - 1] ?? '', this.#words[to] ?? ''];
    const goesOn = to < this.#tokens.length && /^(?:\s*|-)$/.test(this.#between(to));
    // "One moment" is no part of a number; a moment after other digits is one that a person asks for.
    const isMoment = this.#lexicon.fillers.has(after);
    if (goesOn && units.has(after) && (!isMoment || (value ?? 0) <= 2)) return to;
    if (isDayOrYear && goesOn && months.has(after)) return to;
    const monthAfter = this.#words[to + 1] ?? '';
    if (isDayOrYear && goesOn && this.#lexicon.fillers.has(after) && months.has(monthAfter)) return to;
    if (isDayOrYear && months.has(before) && /^\s*$/.test(this.#between(at))) return to;
    return undefined;
  }

  /** The token after the one number that begins here; undefined if digits go on after it. */
  #oneNumber(at: number): number | undefined {
    const token = this.#tokens[at] as Token;
    if (token.kind === 'digits') {
      // "1,299" and "10.000" are one number.
      let to = at + 1;
      while (/^[.,]$/.test(this.#between(to)) && /^\d{3}$/.test(this.#words[to] ?? '')) to++;
      return to;
    }
    return this.#numbers.numbersAt(at)[0]?.to;
  }

  #valueOf(at: number, to: number): number | undefined {
    const token = this.#tokens[at] as Token;
    const digits =
      token.kind === 'digits' ? this.#words.slice(at, to).join('') : this.#numbers.numbersAt(at)[0]?.digits;
    return digits === undefined ? undefined : Number(digits);
  }

  #isNumber(at: number): boolean {
    const token = this.#tokens[at];
    return token !== undefined && (token.kind === 'digits' || this.#numbers.isNumberWord(at));
  }

  /** What stands before a token. */
  #between(at: number): string {
    return this.#text.slice(this.#tokens[at - 1]?.end ?? 0, this.#tokens[at]?.start ?? this.#text.length);
  }

  #drafts(): Draft[] {
    const drafts: Draft[] = [];
    for (let at = 0; at < this.#tokens.length; at++) {
      if (this.#isTaken[at]) continue;
      const draft = this.#draftAt(at);
      if (!draft) continue;
      drafts.push(draft);
      const isWritten = this.#tokens[at]?.kind === 'digits';
      if (isWritten) at = draft.tokenTo - 1;
    }
    return drafts;
  }

  #draftAt(at: number): Draft | undefined {
    const token = this.#tokens[at] as Token;
    if (token.kind === 'digits') {
      let to = at + 1;
      while (!this.#isTaken[to] && this.#tokens[to]?.kind === 'digits' && this.#isGlue(to)) to++;
      const characters = this.#words.slice(at, to).join('');
      return { token: at, tokenTo: to, digits: [{ characters, toToken: to, isLikely: true }], letters: [] };
    }
    const digits = this.#numbers
      .numbersAt(at)
      .filter(({ to }) => !this.#isTaken.slice(at, to).includes(true))
      .map(({ digits: characters, to, isLikely }) => ({ characters, toToken: to, isLikely }));
    const letters = this.#lettersAt(at);
    if (digits.length === 0 && letters.length === 0) return undefined;
    return { token: at, tokenTo: digits[0]?.toToken ?? at + 1, digits, letters };
  }

  #isGlue(to: number): boolean {
    const between = this.#between(to);
    return (GLUE.test(between) && between !== '') || (between === ',' && /^\d{3}$/.test(this.#words[to] ?? ''));
  }

  #lettersAt(at: number): Draft['letters'] {
    const single = this.#letter(at);
    const letters = single === undefined ? [] : [{ ...single, toToken: at + 1 }];
    const times = this.#lexicon.repeats.longestAt(this.#words, at);
    const repeated = times && this.#letter(at + times.count);
    if (repeated)
      letters.push({
        characters: repeated.characters.repeat(times.value),
        isLikely: true,
        toToken: at + times.count + 1,
      });
    return letters;
  }

  #letter(at: number): { characters: string; isLikely: boolean } | undefined {
    const token = this.#tokens[at];
    if (token?.kind !== 'word') return undefined;
    if (/^[a-z]$/.test(token.text))
      return { characters: token.text.toUpperCase(), isLikely: !this.#lexicon.fillers.has(token.text) };
    const known = this.#lexicon.numbers.get(token.text);
    if (known?.letter !== undefined) return { characters: known.letter, isLikely: known.isDoubtful !== true };
    const isGluedToDigits =
      (this.#between(at) === '' && this.#tokens[at - 1]?.kind === 'digits') ||
      (this.#between(at + 1) === '' && this.#tokens[at + 1]?.kind === 'digits');
    const isGroup = token.isCapitals || isGluedToDigits;
    const isPlain = /^[a-z]{2,6}$/.test(token.text) && (!this.#lexicon.fillers.has(token.text) || isGluedToDigits);
    return isGroup && isPlain && !known ? { characters: token.text.toUpperCase(), isLikely: true } : undefined;
  }

  /** Numbers that only go up or only go down, one after the other. */
  #listed(drafts: readonly Draft[]): Set<Draft> {
    const listed = new Set<Draft>();
    let chain: Draft[] = [];
    const close = () => {
      const values = chain.map(({ digits }) => Number(digits[0]?.characters));
      const isUp = values.every((value, i) => i === 0 || value > (values[i - 1] as number));
      const isDown = values.every((value, i) => i === 0 || value < (values[i - 1] as number));
      const subject = this.#subjects[chain[0]?.token ?? 0];
      const isList = chain.length >= LISTED ? isUp || isDown : subject === 'list' && chain.length > 2;
      if (isList) for (const each of chain) listed.add(each);
      chain = [];
    };
    for (const draft of drafts) {
      if (draft.digits.length === 0) continue;
      const last = chain.at(-1);
      if (last && draft.token < last.tokenTo) continue;
      const between = last ? this.#words.slice(last.tokenTo, draft.token) : [];
      if (!between.every((word) => this.#lexicon.and.has(word))) close();
      chain.push(draft);
    }
    close();
    return listed;
  }

  #cells(drafts: readonly Draft[], listed: ReadonlySet<Draft>): Cell[] {
    const indexes = new Array<number>(this.#tokens.length + 1).fill(drafts.length);
    for (let token = this.#tokens.length - 1, next = drafts.length - 1; token >= 0; token--) {
      if (drafts[next]?.token === token) next--;
      indexes[token] = next + 1;
    }
    const edges = (list: Draft['digits']): Edge[] =>
      list.map(({ characters, toToken, isLikely }) => ({
        characters,
        to: indexes[toToken] ?? drafts.length,
        end: this.#tokens[toToken - 1]?.end ?? 0,
        isLikely,
      }));
    let [insideTo, reached, listedTo] = [0, 0, 0];
    return drafts.map((draft, i) => {
      const { token } = draft;
      const previousTo = reached;
      reached = Math.max(reached, draft.tokenTo);
      const isInside = token < insideTo;
      if (listed.has(draft)) listedTo = draft.tokenTo;
      if (draft.digits.length > 0) insideTo = Math.max(insideTo, draft.tokenTo);
      const between = this.#words.slice(previousTo, token);
      return {
        start: this.#tokens[token]?.start ?? 0,
        digits: edges(draft.digits),
        letters: edges(draft.letters),
        startsGroup: draft.digits.length === 0 || (!isInside && this.#startsGroup(token, previousTo, drafts[i - 1])),
        isGlued: token > 0 && /^[-.]?$/.test(this.#between(token)) && this.#isGluedKind(token),
        subject: this.#subjects[token],
        wordsBefore: between.length,
        followsClosely:
          previousTo > 0 && between.length <= 8 && between.every((word) => this.#lexicon.fillers.has(word)),
        isListed: token < listedTo,
        doubt: isInside ? undefined : this.#doubtOf(draft),
        isEnding: token - (this.#endings[token] ?? -Infinity) <= ENDING_REACH,
      };
    });
  }

  #isGluedKind(token: number): boolean {
    const [before, after] = [this.#tokens[token - 1], this.#tokens[token]];
    const isPart = (each: Token | undefined) =>
      each !== undefined && (each.kind === 'digits' || each.isCapitals || each.text.length === 1);
    return this.#between(token) === '' || (isPart(before) && isPart(after));
  }

  #startsGroup(token: number, previousTo: number, previous: Draft | undefined): boolean {
    if (previous === undefined || previous.digits.length === 0 || previousTo !== token) return true;
    const isWritten = (at: number) => this.#tokens[at]?.kind === 'digits';
    return isWritten(token) || isWritten(token - 1) || !/^[\s\-‐‑–]*$/.test(this.#between(token));
  }

  #doubtOf({ token, tokenTo, digits }: Draft): Cell['doubt'] {
    const [number] = digits;
    if (number === undefined) return undefined;
    const { fillers, ordinals, numbers, beforeYears } = this.#lexicon;
    const before = this.#words[token - 1] ?? '';
    if (numbers.get(this.#words[token] ?? '')?.isDoubtful === true) return 'word';
    if (ordinals.has(before)) return 'lone';
    const isYear = /^(?:19|20)\d\d$/.test(number.characters) && beforeYears.has(before) && !this.#isNumber(tokenTo);
    const isAlone = !this.#isNumber(token - 1) && !this.#isNumber(tokenTo);
    const after = this.#words[tokenTo];
    const isCounting =
      number.characters.length <= MAX_LONE_DIGITS &&
      isAlone &&
      after !== undefined &&
      !fillers.has(after) &&
      /^\s*$/.test(this.#between(tokenTo));
    return isYear || isCounting ? 'lone' : undefined;
  }

  #isBare(): boolean {
    const { fillers, and } = this.#lexicon;
    return this.#words.every(
      (word, at) =>
        this.#isPhrase[at] === true ||
        this.#isNumber(at) ||
        fillers.has(word) ||
        and.has(word) ||
        this.#letter(at) !== undefined,
    );
  }
}
