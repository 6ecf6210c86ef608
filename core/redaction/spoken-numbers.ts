import type { Lexicon, NumberWord } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** One way to read digits from some tokens. */
export interface SpokenNumber {
  readonly digits: string;
  /** The token after it. */
  readonly to: number;
  /** Whether somebody may well mean it: "forty-one" may be 40 and 1, but seldom is. */
  readonly isLikely: boolean;
}

interface Value {
  readonly value: number;
  readonly to: number;
}

/** Reads numbers from the words of one text. */
export class NumberReader {
  readonly #words: readonly string[];
  readonly #meanings: readonly (NumberWord | undefined)[];
  /** Whether nothing but space or a hyphen stands before each token; a dash between spaces parts what it stands between. */
  readonly #isJoined: readonly boolean[];
  /** Whether each token is written together with the one before it: a number seldom ends there. */
  readonly #isHyphenated: readonly boolean[];
  readonly #lexicon: Lexicon;

  constructor(text: string, tokens: readonly Token[], lexicon: Lexicon) {
    this.#lexicon = lexicon;
    this.#words = tokens.map((token) => token.text);
    this.#meanings = this.#words.map((word) => lexicon.numbers.get(word));
    const between = tokens.map(({ start }, i) => (i === 0 ? undefined : text.slice(tokens[i - 1]?.end, start)));
    this.#isHyphenated = between.map((characters) => /^[-‐‑–]$/.test(characters ?? ''));
    this.#isJoined = between.map((characters, i) => this.#isHyphenated[i] === true || /^\s*$/.test(characters ?? '.'));
  }

  isNumberWord(at: number): boolean {
    const { letter: _, isDoubtful: __, ...number } = this.#meanings[at] ?? {};
    return Object.keys(number).length > 0;
  }

  /** The numbers that begin with a token; the longest first. */
  numbersAt(at: number): SpokenNumber[] {
    const repeated = this.#repeated(at);
    if (repeated) return [repeated];
    const values = this.#belowMillion(at).sort((a, b) => b.to - a.to);
    const [longest] = values;
    if (!longest) return [];
    const numbers = new Map<string, SpokenNumber>();
    for (const { value, to } of values) {
      // What is left must be able to begin a number.
      if (to !== longest.to && this.#belowMillion(to).length === 0) continue;
      const endsAtSpace = this.#isHyphenated[longest.to] === true && this.#isHyphenated[to] !== true;
      const isLikely = to === longest.to || endsAtSpace || this.#mayEnd(at, to);
      const digits = String(value);
      if (!numbers.has(`${digits}-${to}`)) numbers.set(`${digits}-${to}`, { digits, to, isLikely });
    }
    return [...numbers.values()];
  }

  /** "Double four", "three ones", "two times the four". */
  #repeated(at: number): SpokenNumber | undefined {
    const times = this.#lexicon.repeats.longestAt(this.#words, at);
    if (times) {
      const first = at + times.count;
      for (const to of [first, first + 1]) {
        if (to > first && (this.isNumberWord(first) || !this.#lexicon.fillers.has(this.#words[first] ?? ''))) break;
        const [value] = this.#belowHundred(to).sort((a, b) => b.to - a.to);
        if (value) return { digits: String(value.value).repeat(times.value), to: value.to, isLikely: true };
        if (/^\d{1,2}$/.test(this.#words[to] ?? ''))
          return { digits: (this.#words[to] ?? '').repeat(times.value), to: to + 1, isLikely: true };
      }
    }
    const { ones } = this.#meaning(at);
    const { plural } = this.#meaning(at + 1);
    if (ones === undefined || ones < 2 || plural === undefined || !this.#isJoined[at + 1]) return undefined;
    return { digits: String(plural).repeat(ones), to: at + 2, isLikely: true };
  }

  /** "Sixty eleven" is 71 or 60 and 11 in French, "four hundred eleven" 411 or 4 and 111. */
  #mayEnd(at: number, to: number): boolean {
    const [last, next, count] = [this.#meaning(to - 1), this.#meaning(to), to - at];
    const { isVigesimal } = this.#lexicon;
    if (isVigesimal && next.teens !== undefined && (last.tens === 60 || last.tens === 80 || last.tens === 20))
      return true;
    if (count === 1 && last.ones !== undefined)
      return (isVigesimal && last.ones === 4 && next.tens === 20) || next.isOneImplied === true;
    return next.isOneImplied === true;
  }

  #belowMillion(at: number): Value[] {
    return this.#scaled(at, 1_000, (from) => this.#belowThousand(from));
  }

  #belowThousand(at: number): Value[] {
    const { hundreds } = this.#meaning(at);
    const named =
      hundreds === undefined ? [] : this.#with({ value: hundreds, to: at + 1 }, (i) => this.#belowHundred(i));
    return [...named, ...this.#scaled(at, 100, (from) => this.#belowHundred(from))];
  }

  /** Numbers with a scale word, and those that stand alone or come before or after it. */
  #scaled(at: number, scale: 100 | 1_000, below: (at: number) => Value[]): Value[] {
    const alone = below(at);
    const word = this.#meaning(at);
    const factors = alone.filter(({ value, to }) => {
      const next = this.#meaning(to);
      if (next.scale !== scale || !this.#isJoined[to] || value === 0) return false;
      return scale === 1_000 || value < 10 || !next.isOneImplied;
    });
    const multiples = factors.map(({ value, to }) => ({ value: value * scale, to: to + 1 }));
    if (word.scale === scale && word.isOneImplied) multiples.push({ value: scale, to: at + 1 });
    return [...alone, ...multiples.flatMap((multiple) => this.#with(multiple, below))];
  }

  /** The number by itself, and with a smaller one after it. */
  #with(base: Value, below: (at: number) => Value[]): Value[] {
    const values = [base];
    for (const from of this.#continuations(base.to))
      for (const { value, to } of below(from)) if (value > 0) values.push({ value: base.value + value, to });
    return values;
  }

  #belowHundred(at: number): Value[] {
    const { ones, teens, tens, whole } = this.#meaning(at);
    const values: Value[] = [];
    if (whole !== undefined) values.push({ value: Number(whole), to: at + 1 });
    if (ones !== undefined) values.push({ value: ones, to: at + 1 });
    if (teens !== undefined) values.push(...this.#withSeven({ value: teens, to: at + 1 }));
    if (tens !== undefined) values.push(...this.#withOnes({ value: tens, to: at + 1 }));
    if (ones === 4 && this.#lexicon.isVigesimal && this.#meaning(at + 1).tens === 20 && this.#isJoined[at + 1])
      values.push(...this.#withOnes({ value: 80, to: at + 2 }));
    if (ones !== undefined && ones > 0 && this.#lexicon.areOnesFirst && this.#isAnd(at + 1)) {
      const { tens: after } = this.#meaning(at + 2);
      if (after !== undefined && this.#isJoined[at + 2]) values.push({ value: after + ones, to: at + 3 });
    }
    return values;
  }

  #withOnes(base: Value): Value[] {
    const values = [base];
    const goesOnToNineteen = this.#lexicon.isVigesimal && (base.value === 60 || base.value === 80);
    for (const from of this.#continuations(base.to)) {
      const { ones, teens } = this.#meaning(from);
      if (ones !== undefined && ones > 0) values.push({ value: base.value + ones, to: from + 1 });
      if (goesOnToNineteen && teens !== undefined)
        values.push(...this.#withSeven({ value: base.value + teens, to: from + 1 }));
    }
    return values;
  }

  /** Seventeen to nineteen are ten and seven to nine. */
  #withSeven(base: Value): Value[] {
    const { ones } = this.#meaning(base.to);
    const goesOn = this.#lexicon.isVigesimal && base.value % 20 === 10 && this.#isJoined[base.to] === true;
    return goesOn && ones !== undefined && ones >= 7 ? [base, { value: base.value + ones, to: base.to + 1 }] : [base];
  }

  /** Where a number may go on: at the next token, or after an "and". */
  #continuations(at: number): number[] {
    if (!this.#isJoined[at]) return [];
    return this.#isAnd(at) && this.#isJoined[at + 1] ? [at, at + 1] : [at];
  }

  #isAnd(at: number): boolean {
    return this.#isJoined[at] === true && this.#lexicon.and.has(this.#words[at] ?? '');
  }

  #meaning(at: number): NumberWord {
    return this.#meanings[at] ?? NOTHING;
  }
}

const NOTHING: NumberWord = {};
