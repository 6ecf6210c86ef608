import type { Sentence } from '../vader/sentence.ts';
import { plainWord, type Word } from '../vader/vocabulary.ts';

/** Patterns by the words that a phrase of theirs may begin with. */
export type PhraseIndex = Map<Word, Pattern[]>;

interface Pattern {
  readonly parts: readonly Part[];
  /** What stands for the words of a phrase. */
  readonly phrase: Word;
}

/** One place of a pattern: the alternatives of one word, those of several, and whether any word or none will do. */
interface Part {
  readonly words: Set<Word>;
  readonly runs: Word[][];
  isAny: boolean;
  readonly isOptional: boolean;
}

/**
 * Adds a pattern: `a|b` are alternatives, `a?` may be absent, `_` joins the words of one alternative, and `*` is any
 * one word. `intern` returns the vocabulary's word for a text, adding it if need be.
 */
export function addPattern(
  index: PhraseIndex,
  pattern: string,
  facts: Pick<Word, 'valence' | 'rated'>,
  intern: (text: string) => Word,
): void {
  const parts = pattern.split(' ').map((part) => parsePart(part, intern));
  const added = { parts, phrase: { ...plainWord(pattern), negates: false, ...facts } };
  for (const { words, runs, isOptional } of parts) {
    for (const first of [...words, ...runs.flatMap((run) => run.slice(0, 1))]) {
      const patterns = index.get(first);
      if (!patterns) index.set(first, [added]);
      else if (patterns.at(-1) !== added) patterns.push(added);
    }
    if (!isOptional) break;
  }
}

function parsePart(text: string, intern: (text: string) => Word): Part {
  const isOptional = text.endsWith('?');
  const part: Part = { words: new Set(), runs: [], isAny: false, isOptional };
  for (const alternative of (isOptional ? text.slice(0, -1) : text).split('|')) {
    const [first = '', ...others] = alternative.split('_');
    if (others.length > 0) part.runs.push([first, ...others].map(intern));
    else if (first === '*') part.isAny = true;
    else part.words.add(intern(first));
  }
  return part;
}

/** Replaces the words of each phrase by the phrase; at each word the longest one, of equals the one added first. */
export function joinPhrases(sentence: Sentence, index: PhraseIndex): void {
  const { words, starts, ends, capitals } = sentence;
  let joined = 0;
  for (let from = 0; from < sentence.length; joined++) {
    let word = words[from] as Word;
    let next = from + 1;
    for (const { parts, phrase } of index.get(word) ?? []) {
      const end = longestMatch(sentence, parts, 0, from);
      if (end < next || (end === next && next > from + 1)) continue;
      word = phrase;
      next = end;
    }
    words[joined] = word;
    starts[joined] = starts[from] ?? 0;
    ends[joined] = ends[next - 1] ?? 0;
    capitals[joined] = next === from + 1 ? capitals[from] === true : capitals.slice(from, next).every(Boolean);
    from = next;
  }
  sentence.length = joined;
}

/** Where the longest phrase of the parts from `k` on ends that begins at `at`; −1 if there is none. */
function longestMatch(sentence: Sentence, parts: readonly Part[], k: number, at: number): number {
  const part = parts[k];
  if (!part) return at;
  let longest = part.isOptional ? longestMatch(sentence, parts, k + 1, at) : -1;
  if (at >= sentence.length) return longest;
  if (part.isAny || part.words.has(sentence.words[at] as Word))
    longest = Math.max(longest, longestMatch(sentence, parts, k + 1, at + 1));
  for (const run of part.runs)
    if (at + run.length <= sentence.length && run.every((word, i) => word === sentence.words[at + i]))
      longest = Math.max(longest, longestMatch(sentence, parts, k + 1, at + run.length));
  return longest;
}
