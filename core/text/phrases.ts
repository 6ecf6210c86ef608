import type { Match } from '../alert.ts';
import { automatonOf, type Occurrence } from './automaton.ts';
import { idOf, isPattern, parsePattern, parseSurroundings, type Pattern } from './pattern.ts';
import { comparableWords, type ComparableWord } from './words.ts';

/** Finds whole-word occurrences of phrases in a text. */
export type PhraseFinder = (text: string) => Match[];

/** The phrases of one rule within a book; passed to {@link Reading.matchesOf}. */
export type PhraseGroup = number;

/** A text searched for the phrases of a whole book. */
export interface Reading {
  /** A group's phrases in the text, from left to right without overlap; at each word the longest. */
  matchesOf(group: PhraseGroup): Match[];
  /**
   * The phrases of all groups in the text, from left to right; repeated if said repeatedly. Plain ones as they were
   * added, of others what was said.
   */
  phrases(): string[];
}

/** The phrases of all rules: a text is searched once for all of them. */
export interface PhraseBook {
  /**
   * Adds phrases, written as {@link Pattern} describes. A phrase is not found where it is part of one of `ignore`
   * ("manager" in "account manager"), or where it stands as one of `ignore` with `…` says ("do not …").
   * All groups must be added before the first text is read.
   * @throws PatternError if a phrase cannot be read
   */
  add(phrases: readonly string[], ignore?: readonly string[]): PhraseGroup;
  read(text: string): Reading;
}

/** What a pattern is to a group. */
interface Use {
  readonly group: PhraseGroup;
  readonly as: 'wanted' | 'ignored' | 'before' | 'after';
  /** Of `before` and `after`: the exception that it is one half of, and whether that has another half. */
  readonly exception?: number;
}

/** What was found of a group, and where it does not count. */
interface Found {
  readonly wanted: Occurrence[];
  readonly ignored: Occurrence[];
  /** Words after which an exception begins, or before which it ends, by exception. */
  readonly before: Map<number, Set<number>>;
  readonly after: Map<number, Set<number>>;
}

/** Whether a phrase has any word that could match; "???" has none. */
export function hasWords(phrase: string): boolean {
  return comparableWords(phrase).length > 0;
}

/** An empty phrase book. */
export function phraseBook(): PhraseBook {
  const patterns: Pattern[] = [];
  /** Plain phrases have a name, by pattern. */
  const names: (string | undefined)[] = [];
  const uses: Use[][] = [];
  const known = new Map<string, number>();
  /** By exception: whether it says what stands before, and what stands after. */
  const exceptions: { readonly before: boolean; readonly after: boolean }[] = [];
  let groups = 0;
  let find: ReturnType<typeof automatonOf> | undefined;

  const use = (pattern: Pattern, name: string | undefined, as: Use) => {
    if (pattern.length === 0) return;
    const id = idOf(pattern);
    const index = known.get(id) ?? patterns.push(pattern) - 1;
    if (!known.has(id)) names.push(name);
    known.set(id, index);
    (uses[index] ??= []).push(as);
  };
  const ignore = (phrase: string, group: PhraseGroup) => {
    const surroundings = parseSurroundings(phrase);
    if (!surroundings) {
      use(parsePattern(phrase), undefined, { group, as: 'ignored' });
      return;
    }
    const { before, after } = surroundings;
    const exception = exceptions.push({ before: before.length > 0, after: after.length > 0 }) - 1;
    use(before, undefined, { group, as: 'before', exception });
    use(after, undefined, { group, as: 'after', exception });
  };

  return {
    add(phrases, ignored = []) {
      if (find) throw new Error('This phrase book is being read already.');
      const group = groups++;
      for (const phrase of phrases) {
        const name = isPattern(phrase) ? undefined : phrase.trim().toLowerCase();
        use(parsePattern(phrase), name, { group, as: 'wanted' });
      }
      for (const phrase of ignored) ignore(phrase, group);
      return group;
    },

    read(text) {
      find ??= automatonOf(patterns, endsOnlyOf(uses));
      const words = comparableWords(text);
      const found = new Map<PhraseGroup, Found>();
      for (const occurrence of find(words)) {
        for (const each of uses[occurrence.pattern] ?? []) {
          let ofGroup = found.get(each.group);
          if (!ofGroup) found.set(each.group, (ofGroup = nothingFound()));
          note(ofGroup, each, occurrence, words);
        }
      }
      const counted = (group: PhraseGroup) => {
        const ofGroup = found.get(group);
        if (!ofGroup || ofGroup.wanted.length === 0) return [];
        const isExcepted = exceptedBy(ofGroup, exceptions);
        return longestFirst(ofGroup.wanted.filter(outsideOf(ofGroup.ignored)).filter((one) => !isExcepted(one)));
      };
      const nameOf = ({ pattern, from, to }: Occurrence) =>
        names[pattern] ?? matchAt(text, words, { from, to }).text.toLowerCase();
      return {
        matchesOf: (group) => (found.has(group) ? counted(group).map((one) => matchAt(text, words, one)) : []),
        phrases() {
          const places = new Map([...found.keys()].flatMap(counted).map((one) => [`${one.from} ${nameOf(one)}`, one]));
          return [...places.values()].sort((a, b) => a.from - b.from).map(nameOf);
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

/** A phrase of a list where it stands in a text; offsets are UTF-16 code units. */
export interface FoundPhrase {
  readonly phrase: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds which of `phrases` stand in a text, from left to right without overlap; at each word the longest, of equals the
 * one that comes first in the list.
 * @throws PatternError if a phrase cannot be read
 */
export function phraseIndex(phrases: readonly string[]): (text: string) => FoundPhrase[] {
  const find = automatonOf(phrases.map(parsePattern));
  return (text) => {
    const words = comparableWords(text);
    const found = find(words).sort((a, b) => a.pattern - b.pattern);
    return longestFirst(found).map(({ pattern, from, to }) => ({
      phrase: pattern,
      start: words[from]?.start ?? 0,
      end: words[to - 1]?.end ?? 0,
    }));
  };
}

/** What stands before a phrase matters by its end alone. */
function endsOnlyOf(uses: readonly (readonly Use[])[]): Set<number> {
  return new Set(uses.flatMap((all, pattern) => (all.every(({ as }) => as === 'before') ? [pattern] : [])));
}

function nothingFound(): Found {
  return { wanted: [], ignored: [], before: new Map(), after: new Map() };
}

/** What stands around a phrase counts only within its clause. */
function note(
  found: Found,
  { as, exception = 0 }: Use,
  occurrence: Occurrence,
  words: readonly ComparableWord[],
): void {
  if (as === 'wanted' || as === 'ignored') {
    found[as].push(occurrence);
    return;
  }
  const at = as === 'before' ? occurrence.to : occurrence.from;
  if (words[at]?.startsClause ?? true) return;
  const places = found[as].get(exception) ?? new Set();
  found[as].set(exception, places.add(at));
}

function exceptedBy(
  { before, after }: Found,
  exceptions: readonly { readonly before: boolean; readonly after: boolean }[],
): (one: Occurrence) => boolean {
  const noted = [...new Set([...before.keys(), ...after.keys()])];
  return ({ from, to }) =>
    noted.some((exception) => {
      const needs = exceptions[exception];
      const isAfter = before.get(exception)?.has(from) ?? false;
      const isBefore = after.get(exception)?.has(to) ?? false;
      return (!needs?.before || isAfter) && (!needs?.after || isBefore);
    });
}

/** Whether an occurrence lies within none of `others`; the time grows with their number, not with the product. */
function outsideOf(others: readonly Occurrence[]): (one: Occurrence) => boolean {
  if (others.length === 0) return () => true;
  const furthest: number[] = [];
  for (const { from, to } of others) furthest[from] = Math.max(furthest[from] ?? 0, to);
  for (let at = 0; at < furthest.length; at++) furthest[at] = Math.max(furthest[at] ?? 0, furthest[at - 1] ?? 0);
  return ({ from, to }) => (furthest[Math.min(from, furthest.length - 1)] ?? 0) < to;
}

/** From left to right without overlap, at each word the longest. */
function longestFirst(occurrences: readonly Occurrence[]): Occurrence[] {
  const kept: Occurrence[] = [];
  for (const one of occurrences.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (one.from >= (kept.at(-1)?.to ?? 0)) kept.push(one);
  }
  return kept;
}

function matchAt(text: string, words: readonly ComparableWord[], { from, to }: Pick<Occurrence, 'from' | 'to'>): Match {
  const start = words[from]?.start ?? 0;
  const end = words[to - 1]?.end ?? start;
  return { text: text.slice(start, end), start, end };
}
