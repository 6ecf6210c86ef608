import { VADER_WORDS } from './vader-words.ts';

/** What the scorer knows about a word, or about a phrase that counts as one. */
export interface Word {
  readonly text: string;
  /** Mean rating, −4 to 4; 0 for words that carry no feeling of their own. */
  readonly valence: number;
  /** Has a rating: such words are scored, and never boost or negate the next. */
  readonly rated: boolean;
  /** Added to the strength of a rated word up to three words on; negative for dampeners. */
  readonly boost: number;
  readonly negates: boolean;
  /** The part the word plays in one of the scorer's special cases. */
  readonly role: WordRole | undefined;
  /** Fixed expressions that begin with this word. */
  readonly idioms: readonly Idiom[] | undefined;
  /** What a layer says of its rating, for the explanation. */
  readonly because?: string;
}

export type WordRole = 'no' | 'or' | 'least' | 'at' | 'but' | 'never' | 'so' | 'without' | 'doubt' | 'kind' | 'of';

/** An expression that overrides the rating of the words in it (`valence`), or changes that of the next (`boost`). */
export interface Idiom {
  readonly text: string;
  /** The words after the first. */
  readonly rest: readonly string[];
  readonly valence?: number;
  readonly boost?: number;
}

/** Words by their lower-case text. */
export type Vocabulary = ReadonlyMap<string, Word>;

/** How much a degree adverb adds. */
export const BOOST = 0.293;

const BOOSTERS = `absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous
  enormously entirely especially exceptional exceptionally extreme extremely fabulously flipping flippin frackin
  fracking fricking frickin frigging friggin fully fuckin fucking fuggin fugging greatly hella highly hugely incredible
  incredibly intensely major majorly more most particularly purely quite really remarkably so substantially thoroughly
  total totally tremendous tremendously uber unbelievably unusually utter utterly very`;

const DAMPENERS = `almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally
  partly scarce scarcely slight slightly somewhat sorta sortof sort-of`;

const NEGATIONS = `aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt
  neither never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh uh-uh wasnt werent without wont wouldnt
  rarely seldom despite`;

const ROLES: Readonly<Record<string, WordRole>> = {
  no: 'no',
  or: 'or',
  nor: 'or',
  least: 'least',
  at: 'at',
  very: 'at',
  but: 'but',
  never: 'never',
  so: 'so',
  this: 'so',
  without: 'without',
  doubt: 'doubt',
  kind: 'kind',
  of: 'of',
};

const IDIOMS: readonly Idiom[] = [
  idiom('the shit', { valence: 3 }),
  idiom('the bomb', { valence: 3 }),
  idiom('bad ass', { valence: 1.5 }),
  idiom('bus stop', { valence: 0 }),
  idiom('yeah right', { valence: -2 }),
  idiom('kiss of death', { valence: -1.5 }),
  idiom('to die for', { valence: 3 }),
  idiom('beating heart', { valence: 3.5 }),
  idiom('just enough', { boost: -BOOST }),
  idiom('kind of', { boost: -BOOST }),
  idiom('sort of', { boost: -BOOST }),
];

function idiom(text: string, change: { valence: number } | { boost: number }): Idiom {
  return { text, rest: text.split(' ').slice(1), ...change };
}

/** The words of VADER: its lexicon, degree adverbs, negations and idioms. */
export function vaderVocabulary(): Map<string, Word> {
  const words = new Map<string, Word>();
  const add = (text: string, facts: Partial<Word>) => {
    words.set(text, { ...plainWord(text), ...words.get(text), ...facts });
  };
  for (const [valence, group] of VADER_WORDS) for (const text of group.split(' ')) add(text, { valence, rated: true });
  for (const text of BOOSTERS.split(/\s+/)) add(text, { boost: BOOST });
  for (const text of DAMPENERS.split(/\s+/)) add(text, { boost: -BOOST });
  for (const text of NEGATIONS.split(/\s+/)) add(text, { negates: true });
  for (const [text, role] of Object.entries(ROLES)) add(text, { role });
  for (const one of IDIOMS) {
    for (const text of one.rest) add(text, {});
    const first = one.text.slice(0, one.text.indexOf(' '));
    add(first, { idioms: [...(words.get(first)?.idioms ?? []), one] });
  }
  return words;
}

/** A word that means nothing to the scorer, but for negating where it is a contraction with "not". */
export function plainWord(text: string): Word {
  return {
    text,
    valence: 0,
    rated: false,
    boost: 0,
    negates: text.includes("n't"),
    role: undefined,
    idioms: undefined,
  };
}
