import type { Language, Subject } from './languages/language.ts';
import { foldedWords } from './tokens.ts';

/** What a word can be as part of a number. */
export interface NumberWord {
  /** 0 to 9. */
  readonly ones?: number;
  /** 10 to 19. */
  readonly teens?: number;
  /** 20, 30 to 90. */
  readonly tens?: number;
  /** 100, 200 to 900. */
  readonly hundreds?: number;
  /** It multiplies what comes before it by this; if `isOneImplied`, it may begin a number. */
  readonly scale?: 100 | 1_000;
  readonly isOneImplied?: boolean;
  /** The digits of a number that is written as one word. */
  readonly whole?: string;
  /** The digit that is repeated by "three *ones*". */
  readonly plural?: number;
  readonly letter?: string;
  /** It is mostly another word, or is one in another of the languages. */
  readonly isDoubtful?: boolean;
}

/** Phrases by their words. */
class PhraseTable<T> {
  readonly #root: PhraseNode<T> = { next: new Map() };

  add(phrase: string, value: T): void {
    let node = this.#root;
    for (const word of foldedWords(phrase)) {
      const next: PhraseNode<T> = node.next.get(word) ?? { next: new Map() };
      node.next.set(word, next);
      node = next;
    }
    node.value ??= value;
  }

  /** The longest phrase that begins with the word at `at`. */
  longestAt(words: readonly string[], at: number): { value: T; count: number } | undefined {
    let found: { value: T; count: number } | undefined;
    let node: PhraseNode<T> | undefined = this.#root;
    for (let i = at; i < words.length; i++) {
      node = node.next.get(words[i] as string);
      if (!node) break;
      if (node.value !== undefined) found = { value: node.value, count: i + 1 - at };
    }
    return found;
  }
}

interface PhraseNode<T> {
  readonly next: Map<string, PhraseNode<T>>;
  value?: T;
}

/** All that the words of some languages can mean, to be asked by folded words. */
export interface Lexicon {
  readonly numbers: ReadonlyMap<string, NumberWord>;
  readonly and: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly ordinals: ReadonlySet<string>;
  readonly months: ReadonlySet<string>;
  readonly beforeYears: ReadonlySet<string>;
  readonly repeats: PhraseTable<number>;
  readonly endings: PhraseTable<true>;
  readonly subjects: PhraseTable<Subject>;
  readonly areOnesFirst: boolean;
  readonly isVigesimal: boolean;
}

/** Where two languages disagree on a word, the first one is right; the word then is doubtful. */
export function lexiconOf(languages: readonly Language[]): Lexicon {
  const numbers = new Map<string, NumberWord>();
  const tables = languages.map(numberWordsOf);
  for (const table of tables)
    for (const [word, meaning] of table) {
      const known = numbers.get(word);
      if (!known) numbers.set(word, meaning);
      else if (isLetterOnly(known) !== isLetterOnly(meaning)) numbers.set(word, { ...meaning, ...known });
    }
  const wordsOf = (part: (language: Language) => string | undefined) =>
    new Set(languages.flatMap((language) => foldedWords(part(language) ?? '')));
  const fillers = wordsOf((language) => language.fillers);
  for (const word of doubtfulWords(languages, tables)) numbers.set(word, { ...numbers.get(word), isDoubtful: true });
  const subjects = new PhraseTable<Subject>();
  const repeats = new PhraseTable<number>();
  const endings = new PhraseTable<true>();
  for (const language of languages) {
    for (const [subject, phrases] of Object.entries(language.subjects))
      for (const phrase of phrasesOf(phrases)) subjects.add(phrase, subject as Subject);
    for (const [times, phrases] of Object.entries(language.repeats))
      for (const phrase of phrasesOf(phrases)) repeats.add(phrase, Number(times));
    for (const phrase of phrasesOf(language.endings)) endings.add(phrase, true);
  }
  return {
    numbers,
    and: wordsOf((language) => language.and),
    fillers,
    units: wordsOf((language) => language.units),
    ordinals: wordsOf((language) => language.ordinals),
    months: wordsOf((language) => language.months),
    beforeYears: wordsOf((language) => language.beforeYears),
    repeats,
    endings,
    subjects,
    areOnesFirst: languages.some((language) => language.areOnesFirst),
    isVigesimal: languages.some((language) => language.isVigesimal),
  };
}

/** Number words that are mostly something else in the same language, or in one that comes before it. */
function doubtfulWords(languages: readonly Language[], tables: readonly Map<string, NumberWord>[]): string[] {
  return languages.flatMap(({ fillers }, at) =>
    foldedWords(fillers).filter((word) => {
      const firstWithIt = tables.findIndex((table) => {
        const meaning = table.get(word);
        return meaning !== undefined && !isLetterOnly(meaning);
      });
      return firstWithIt >= at;
    }),
  );
}

function isLetterOnly({ letter, isDoubtful: _, ...number }: NumberWord): boolean {
  return letter !== undefined && Object.keys(number).length === 0;
}

function phrasesOf(phrases: string): string[] {
  return phrases.split(',').map((phrase) => phrase.trim());
}

function numberWordsOf(language: Language): Map<string, NumberWord> {
  const words = new Map<string, NumberWord>();
  const add = (spellings: string, meaning: NumberWord) => {
    for (const spelling of spellings.split('/')) words.set(spelling, { ...words.get(spelling), ...meaning });
  };
  const addAll = (list: string | undefined, meaningOf: (index: number) => NumberWord) => {
    list?.split(/\s+/).forEach((spellings, index) => {
      add(spellings, meaningOf(index));
    });
  };
  const { inOneWord } = language;
  if (inOneWord)
    for (let value = 21; value < 10_000; value++)
      for (const word of inOneWord(value)) words.set(foldedWords(word)[0] ?? '', { whole: String(value) });
  add(language.zero, { ones: 0 });
  addAll(language.ones, (index) => ({ ones: index + 1 }));
  addAll(language.teens, (index) => ({ teens: index + 10 }));
  addAll(language.tens, (index) => ({ tens: 10 * (index + 2) }));
  for (const [word, tens] of Object.entries(language.otherTens ?? {})) add(word, { tens });
  addAll(language.hundreds, (index) => ({ hundreds: 100 * (index + 1) }));
  addAll(language.plurals, (index) => ({ plural: (index + 1) % 10 }));
  const { isOneImplied } = language;
  if (language.hundred !== undefined) add(language.hundred, { scale: 100, isOneImplied });
  add(language.thousand, { scale: 1_000, isOneImplied });
  for (const [word, letter] of Object.entries(language.letters)) add(word, { letter });
  for (const [word, letter] of Object.entries(language.doubtfulLetters ?? {})) add(word, { letter, isDoubtful: true });
  return words;
}
