import type { Match } from '../alert.ts';
import { automatonOf, type Occurrence } from './automaton.ts';
import { comparableWords, type ComparableWord } from './words.ts';

/** Finds whole-word occurrences of phrases in a text. */
export type PhraseFinder = (text: string) => Match[];

/** The phrases of one rule within a book; passed to {@link Reading.matchesOf}. */
export type PhraseGroup = number;

/** A text searched for the phrases of a whole book. */
export interface Reading {
  /** A group's phrases in the text, from left to right without overlap; at each word the longest. */
  matchesOf(group: PhraseGroup): Match[];
  /** The phrases of all groups in the text, as they were added, from left to right; repeated if said repeatedly. */
  phrases(): string[];
}

/** The phrases of all rules: a text is searched once for all of them. */
export interface PhraseBook {
  /**
   * Adds phrases. A phrase is not found where it is part of one of `ignore`: "manager" in "account manager".
   * All groups must be added before the first text is read.
   */
  add(phrases: readonly string[], ignore?: readonly string[]): PhraseGroup;
  read(text: string): Reading;
}

/** A group that a phrase belongs to, as wanted or as ignored. */
interface Use {
  readonly group: PhraseGroup;
  readonly ignored: boolean;
}

/** Whether a phrase has any word that could match; "???" has none. */
export function hasWords(phrase: string): boolean {
  return comparableWords(phrase).length > 0;
}

/** An empty phrase book. */
export function phraseBook(): PhraseBook {
  const patterns: string[][] = [];
  const names: string[] = [];
  const uses: Use[][] = [];
  const known = new Map<string, number>();
  let groups = 0;
  let find: ReturnType<typeof automatonOf> | undefined;

  const use = (phrase: string, group: PhraseGroup, ignored: boolean) => {
    const keys = comparableWords(phrase).map(({ key }) => key);
    const id = keys.join(' ');
    const pattern = known.get(id) ?? patterns.push(keys) - 1;
    if (!known.has(id)) names.push(phrase.trim().toLowerCase());
    known.set(id, pattern);
    (uses[pattern] ??= []).push({ group, ignored });
  };

  return {
    add(phrases, ignore = []) {
      if (find) throw new Error('This phrase book is being read already.');
      const group = groups++;
      for (const phrase of phrases) use(phrase, group, false);
      for (const phrase of ignore) use(phrase, group, true);
      return group;
    },

    read(text) {
      find ??= automatonOf(patterns);
      const words = comparableWords(text);
      const found = new Map<PhraseGroup, { wanted: Occurrence[]; ignored: Occurrence[] }>();
      for (const occurrence of find(words)) {
        for (const { group, ignored } of uses[occurrence.pattern] ?? []) {
          const ofGroup = found.get(group) ?? { wanted: [], ignored: [] };
          ofGroup[ignored ? 'ignored' : 'wanted'].push(occurrence);
          found.set(group, ofGroup);
        }
      }
      const counted = (group: PhraseGroup) => {
        const { wanted = [], ignored = [] } = found.get(group) ?? {};
        return longestFirst(
          wanted.filter((one) => !ignored.some((other) => other.from <= one.from && one.to <= other.to)),
        );
      };
      return {
        matchesOf: (group) => (found.has(group) ? counted(group).map((one) => matchAt(text, words, one)) : []),
        phrases() {
          const places = new Map([...found.keys()].flatMap(counted).map((one) => [`${one.from} ${one.pattern}`, one]));
          return [...places.values()].sort((a, b) => a.from - b.from).map(({ pattern }) => names[pattern] ?? '');
        },
      };
    },
  };
}

/** A finder of any of `phrases`; at each word the longest phrase counts. */
export function phraseFinder(phrases: readonly string[], ignore?: readonly string[]): PhraseFinder {
  const book = phraseBook();
  const group = book.add(phrases, ignore);
  return (text) => book.read(text).matchesOf(group);
}

/** From left to right without overlap, at each word the longest. */
function longestFirst(occurrences: readonly Occurrence[]): Occurrence[] {
  const kept: Occurrence[] = [];
  for (const one of occurrences.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (one.from >= (kept.at(-1)?.to ?? 0)) kept.push(one);
  }
  return kept;
}

function matchAt(text: string, words: readonly ComparableWord[], { from, to }: Occurrence): Match {
  const start = words[from]?.start ?? 0;
  const end = words[to - 1]?.end ?? start;
  return { text: text.slice(start, end), start, end };
}
