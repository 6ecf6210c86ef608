import { CAPITAL_LABEL, idOfPart, lengthsOf, type Part, type Pattern } from './pattern.ts';
import type { ComparableWord } from './words.ts';

/** Where a pattern occurs: items `from` up to, but not including, `to`. */
export interface Occurrence {
  readonly pattern: number;
  readonly from: number;
  readonly to: number;
}

/** What the automaton compares of a word. */
export type Item = Pick<ComparableWord, 'key' | 'form' | 'startsClause' | 'isName'>;

/** Whether the clause may, may not or must end after the words so far. */
type Gap = 'free' | 'tight' | 'edge';

/** A place within patterns, reached by the words before it. */
interface Place {
  readonly id: number;
  readonly gap: Gap;
  readonly next: Map<string, Place[]>;
  readonly afterAny: Place[];
  /** Places that are reached together with this one. */
  readonly also: Place[];
  /** The patterns that end here. */
  readonly ends: number[];
}

/** All places that the words so far have reached: a state of the deterministic automaton, made when it is first met. */
interface Situation {
  readonly places: readonly Place[];
  /** By number of the letter, once with and once without the start of a clause. */
  readonly next: (Situation | undefined)[];
  readonly ends: readonly number[];
  /** Those that end only where the clause does. */
  readonly endsAtEdge: readonly number[];
}

/** Words that no pattern tells apart. */
interface Letter {
  readonly number: number;
  readonly labels: readonly string[];
}

/** Situations and letters that are remembered; beyond, all are made anew. */
const MOST_SITUATIONS = 20_000;
const MOST_LETTERS = 50_000;

/**
 * Finds all occurrences of many patterns in one pass. The patterns share a nondeterministic automaton over words, whose
 * states are found while texts are read and are remembered (Thompson 1968): a word takes one step. The time grows with
 * the text and with what is found, not with the number of patterns.
 * @param patterns an empty one is never found
 * @param endsOnly patterns of which only the end matters: they are found with `from` equal to `to`, once at each end
 */
export function automatonOf(
  patterns: readonly Pattern[],
  endsOnly: ReadonlySet<number> = new Set(),
): (words: readonly Item[]) => Occurrence[] {
  const { root, sets } = placesOf(patterns);
  const lengths = patterns.map(lengthsOf);
  let letters = new Map<string, Letter>();
  let numbers = 1;
  const other: Letter = { number: 0, labels: [] };
  const numberOf = new Map<string, Letter>();
  let situations = new Map<string, Situation>();
  let start = situationOf([root]);

  const forget = () => {
    letters = new Map();
    situations = new Map();
    start = situationOf([root]);
  };

  /** With everything that is reached together with them, and the beginning of every pattern. */
  function situationOf(reached: readonly Place[]): Situation {
    const places = new Set<Place>();
    const add = (place: Place) => {
      if (places.has(place)) return;
      places.add(place);
      place.also.forEach(add);
    };
    reached.forEach(add);
    add(root);
    const inOrder = [...places].sort((a, b) => a.id - b.id);
    const id = inOrder.map((place) => place.id).join();
    const known = situations.get(id);
    if (known) return known;
    const endsOf = (isAtEdge: boolean) => [
      ...new Set(inOrder.filter(({ gap }) => (gap === 'edge') === isAtEdge).flatMap(({ ends }) => ends)),
    ];
    const situation: Situation = { places: inOrder, next: [], ends: endsOf(false), endsAtEdge: endsOf(true) };
    situations.set(id, situation);
    return situation;
  }

  function letterOf({ key, form, isName }: Item): Letter {
    const spelling = isName ? `^${form}` : form;
    const known = letters.get(spelling);
    if (known) return known;
    const own = [key, `=${form}`, ...(isName ? [CAPITAL_LABEL] : [])];
    const labels = own.flatMap((label) => sets.get(label) ?? []);
    const id = labels.join(' ');
    const letter = labels.length === 0 ? other : (numberOf.get(id) ?? { number: numbers++, labels });
    numberOf.set(id, letter);
    letters.set(spelling, letter);
    return letter;
  }

  function step({ places }: Situation, { labels }: Letter, startsClause: boolean): Situation {
    const reached: Place[] = [];
    for (const { gap, next, afterAny } of places) {
      if (gap !== 'free' && (gap === 'edge') !== startsClause) continue;
      for (const label of labels) {
        const places = next.get(label);
        if (places) reached.push(...places);
      }
      if (!startsClause) reached.push(...afterAny);
    }
    return situationOf(reached);
  }

  return (words) => {
    if (situations.size > MOST_SITUATIONS || letters.size > MOST_LETTERS) forget();
    const found: Occurrence[] = [];
    let situation = start;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as Item;
      const letter = letterOf(word);
      const number = letter.number * 2 + (word.startsClause ? 1 : 0);
      situation = situation.next[number] ??= step(situation, letter, word.startsClause);
      const { ends, endsAtEdge } = situation;
      const to = at + 1;
      for (const pattern of ends) addOccurrences(found, pattern, words, to);
      if (endsAtEdge.length > 0 && (words[to]?.startsClause ?? true))
        for (const pattern of endsAtEdge) if (!ends.includes(pattern)) addOccurrences(found, pattern, words, to);
    }
    return found;
  };

  function addOccurrences(found: Occurrence[], pattern: number, words: readonly Item[], to: number): void {
    const { least, most } = lengths[pattern] ?? { least: 0, most: 0 };
    if (endsOnly.has(pattern)) found.push({ pattern, from: to, to });
    else if (least === most) found.push({ pattern, from: to - least, to });
    else for (const from of startsOf(patterns[pattern] ?? [], words, to)) found.push({ pattern, from, to });
  }
}

/** The automaton's places, and by a word's label the labels that it stands for: its own, and those of choices. */
function placesOf(patterns: readonly Pattern[]) {
  const sets = new Map<string, string[]>();
  const made: Place[] = [];
  const after = new Map<string, Place[]>();
  const place = (gap: Gap): Place => {
    const one: Place = { id: made.length, gap, next: new Map(), afterAny: [], also: [], ends: [] };
    made.push(one);
    return one;
  };
  const labelOf = (label: string, members: Iterable<string>) => {
    for (const member of members) {
      const labels = sets.get(member) ?? [];
      if (!labels.includes(label)) sets.set(member, [...labels, label]);
    }
    return label;
  };
  const byLabel = (from: readonly Place[], label: string) => {
    const to = place('free');
    for (const { next } of from) next.set(label, [...(next.get(label) ?? []), to]);
    return to;
  };
  /** Patterns that begin with the same parts share their places. */
  const append = (from: readonly Place[], part: Part): readonly Place[] => {
    const id = `${from.map((one) => one.id).join()} ${idOfPart(part)}`;
    const known = after.get(id);
    if (known) return known;
    const reached = [...new Set(reach(from, part))];
    after.set(id, reached);
    return reached;
  };
  const reach = (from: readonly Place[], part: Part): Place[] => {
    switch (part.kind) {
      case 'word':
        return [byLabel(from, labelOf(part.label, [part.label]))];
      case 'any': {
        const to = place('tight');
        for (const { afterAny } of from) afterAny.push(to);
        return [to];
      }
      case 'edge': {
        const to = place('edge');
        for (const { also } of from) also.push(to);
        return [to];
      }
      case 'choice': {
        const ended = part.words.size > 0 ? [byLabel(from, labelOf(part.id, part.words))] : [];
        ended.push(...part.runs.flatMap((run) => run.reduce(append, from)));
        const free = ended.filter(({ gap }) => gap === 'free');
        const joint = free.length > 1 ? place('free') : undefined;
        for (const { also } of joint ? free : []) also.push(joint as Place);
        const together = joint ? [joint, ...ended.filter(({ gap }) => gap !== 'free')] : ended;
        return part.isOptional ? [...from, ...together] : together;
      }
    }
  };
  const root = place('free');
  patterns.forEach((pattern, index) => {
    if (pattern.length === 0) return;
    for (const { ends } of pattern.reduce<readonly Place[]>(append, [root])) ends.push(index);
  });
  return { root, sets };
}

/** Where occurrences of a pattern begin that end before `to`, which one does. */
function startsOf(pattern: Pattern, words: readonly Item[], to: number): number[] {
  const starts = beforeAll(pattern, words, [{ at: to, isAtEdge: true }]);
  return [...new Set(starts.map(({ at }) => at))];
}

/** A place in a text from which a pattern is followed backwards, and whether a clause may end there. */
interface Back {
  readonly at: number;
  readonly isAtEdge: boolean;
}

function beforeAll(pattern: Pattern, words: readonly Item[], ends: readonly Back[]): readonly Back[] {
  return pattern.reduceRight<readonly Back[]>(
    (from, part) => (from.length > 0 ? before(part, words, from) : from),
    ends,
  );
}

function before(part: Part, words: readonly Item[], ends: readonly Back[]): readonly Back[] {
  const startsClause = (at: number) => words[at]?.startsClause ?? true;
  const oneBack = ({ at }: Back): Back => ({ at: at - 1, isAtEdge: false });
  switch (part.kind) {
    case 'word':
      return ends.filter(({ at }) => hasLabel(words[at - 1], (label) => label === part.label)).map(oneBack);
    case 'any':
      return ends
        .filter(({ at, isAtEdge }) => at > 0 && !startsClause(at - 1) && (isAtEdge || !startsClause(at)))
        .map(oneBack);
    case 'edge':
      return ends.filter(({ at }) => startsClause(at)).map(({ at }) => ({ at, isAtEdge: true }));
    case 'choice': {
      const starts = [
        ...(part.isOptional ? ends : []),
        ...ends.filter(({ at }) => hasLabel(words[at - 1], (label) => part.words.has(label))).map(oneBack),
        ...part.runs.flatMap((run) => beforeAll(run, words, ends)),
      ];
      return [...new Map(starts.map((one) => [one.isAtEdge ? ~one.at : one.at, one])).values()];
    }
  }
}

function hasLabel(word: Item | undefined, isWanted: (label: string) => boolean): boolean {
  if (!word) return false;
  return isWanted(word.key) || isWanted(`=${word.form}`) || (word.isName && isWanted(CAPITAL_LABEL));
}
