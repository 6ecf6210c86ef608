import { emptySentence, readSentence, type Sentence } from './sentence.ts';
import { labelOf, type Contribution, type Score } from './score.ts';
import { plainWord, type Idiom, type Vocabulary, type Word } from './vocabulary.ts';
import { wordTable } from './word-table.ts';

/** The four figures of VADER: `compound` to 4 decimals, the three shares to 3. All 0 for a text without words. */
export interface Polarity {
  readonly compound: number;
  readonly pos: number;
  readonly neu: number;
  readonly neg: number;
}

/** A sentence scorer over one vocabulary. */
export interface Scorer {
  /** The figures alone; the fastest way. */
  polarity: (text: string) => Polarity;
  /** The compound score with the words it came from. */
  score: (text: string) => Score;
}

/** What a negation multiplies a rating by. */
const NEGATION = -0.74;
/** What capitals add to a word's strength where the rest of the sentence is not in capitals. */
const CAPITALS = 0.733;
const EXCLAMATION_MARK = 0.292;
const MOST_EXCLAMATION_MARKS = 4;
const QUESTION_MARK = 0.18;
const MANY_QUESTION_MARKS = 0.96;
/** Approximates the highest sum of ratings to expect; brings the sum into −1 to 1. */
const NORMALIZER = 15;
/** A modifier two or three words away counts for less. */
const TWO_AWAY = 0.95;
const THREE_AWAY = 0.9;

const NOTHING = plainWord('');

/** What may be done to a text before its words are rated. */
export interface Layer {
  /** Exchanges characters; the length must stay. */
  tidy: (text: string) => string;
  /** Exchanges words, or joins them. */
  regroup: (sentence: Sentence) => void;
}

/** Above this many words the working memory is given back after the text. */
const MOST_WORDS_KEPT = 10_000;

/**
 * VADER (Hutto and Gilbert 2014) over a vocabulary: with `vaderVocabulary()` equal to the reference implementation,
 * `vaderSentiment` 3.3.2, on every text, its oddities included.
 */
export function createScorer(vocabulary: Vocabulary, layer?: Layer): Scorer {
  const findWord = wordTable(vocabulary);
  let sentence = emptySentence();
  let ratings: number[] = [];
  const rate = (text: string, because?: string[][]) => {
    if (sentence.length > MOST_WORDS_KEPT) [sentence, ratings] = [emptySentence(), []];
    readSentence(layer ? layer.tidy(text) : text, findWord, sentence);
    layer?.regroup(sentence);
    rateWords(sentence, ratings, because);
  };
  return {
    polarity: (text) => {
      rate(text);
      return summarize(sentence, ratings);
    },
    score: (text) => {
      const because: string[][] = [];
      rate(text, because);
      const { compound } = summarize(sentence, ratings);
      return { compound, label: labelOf(compound), contributions: explain(text, sentence, ratings, because) };
    },
  };
}

/** Puts a rating for each word into `ratings`, and into `because` what changed it. */
function rateWords(sentence: Sentence, ratings: number[], because?: string[][]): void {
  const { words, length } = sentence;
  let but = -1;
  for (let i = 0; i < length; i++) {
    const word = words[i] ?? NOTHING;
    if (word.role === 'but' && but < 0) but = i;
    if (!word.rated) ratings[i] = 0;
    else if (word.role === 'kind' && wordAt(sentence, i + 1).role === 'of') ratings[i] = 0;
    else ratings[i] = ratingOf(sentence, word, i, because && (because[i] = []));
  }
  if (but >= 0) weighAround(but, ratings, length, because);
}

function ratingOf(sentence: Sentence, word: Word, i: number, because: string[] | undefined): number {
  const { mixedCase, capitals } = sentence;
  const one = wordAt(sentence, i - 1);
  const two = wordAt(sentence, i - 2);
  const three = wordAt(sentence, i - 3);

  let rating = word.valence;
  if (word.role === 'no' && wordAt(sentence, i + 1).rated) rating = 0;
  if (one.role === 'no' || two.role === 'no' || (three.role === 'no' && one.role === 'or')) {
    rating = word.valence * NEGATION;
    because?.push('negated by no');
  }
  if (mixedCase && capitals[i]) {
    rating += rating > 0 ? CAPITALS : -CAPITALS;
    because?.push('in capitals');
  }

  if (!one.rated) {
    rating = boosted(rating, sentence, i - 1, 1, because);
    if (one.negates) rating = negated(rating, sentence, i - 1, because);
  }
  if (!two.rated) {
    rating = boosted(rating, sentence, i - 2, TWO_AWAY, because);
    if (two.role === 'never' && one.role === 'so') rating = emphasized(rating, because);
    else if (two.negates && !(two.role === 'without' && one.role === 'doubt'))
      rating = negated(rating, sentence, i - 2, because);
  }
  if (i > 2 && !three.rated) {
    rating = boosted(rating, sentence, i - 3, THREE_AWAY, because);
    if ((three.role === 'never' && two.role === 'so') || one.role === 'so') rating = emphasized(rating, because);
    else if (three.negates && !(three.role === 'without' && (two.role === 'doubt' || one.role === 'doubt')))
      rating = negated(rating, sentence, i - 3, because);
    rating = idiomatic(rating, sentence, i, because);
  }
  if (one.role === 'least' && two.role !== 'at') rating = negated(rating, sentence, i - 1, because);
  return rating;
}

function boosted(rating: number, sentence: Sentence, at: number, weight: number, because?: string[]): number {
  const boost = sentence.words[at]?.boost ?? 0;
  if (boost === 0) return rating;
  let change = rating < 0 ? -boost : boost;
  if (sentence.mixedCase && sentence.capitals[at]) change += rating > 0 ? CAPITALS : -CAPITALS;
  because?.push(`${boost > 0 ? 'boosted' : 'dampened'} by ${textOf(sentence, at)}`);
  return rating + change * weight;
}

function negated(rating: number, sentence: Sentence, at: number, because?: string[]): number {
  because?.push(`negated by ${textOf(sentence, at)}`);
  return rating * NEGATION;
}

/** "never so good", "never this good", and for the reference any "so" or "this" just before the word. */
function emphasized(rating: number, because?: string[]): number {
  because?.push('emphasized by so or this');
  return rating * 1.25;
}

function idiomatic(rating: number, sentence: Sentence, i: number, because?: string[]): number {
  const before =
    idiomAt(sentence, i - 1, 2) ??
    idiomAt(sentence, i - 2, 3) ??
    idiomAt(sentence, i - 2, 2) ??
    idiomAt(sentence, i - 3, 3) ??
    idiomAt(sentence, i - 3, 2);
  const idiom = idiomAt(sentence, i, 3) ?? idiomAt(sentence, i, 2) ?? before;
  if (idiom?.valence !== undefined) {
    rating = idiom.valence;
    because?.push(`part of ${idiom.text}`);
  }
  for (let at = i - 3; at <= i - 2; at++) {
    const measure = measureAt(sentence, at);
    if (!measure?.boost) continue;
    rating += measure.boost;
    because?.push(`dampened by ${measure.text}`);
  }
  return rating;
}

function idiomAt(sentence: Sentence, at: number, length: number): Idiom | undefined {
  return wordAt(sentence, at).idioms?.find(
    (idiom) => idiom.valence !== undefined && idiom.rest.length === length - 1 && follows(idiom, sentence, at),
  );
}

function measureAt(sentence: Sentence, at: number): Idiom | undefined {
  return wordAt(sentence, at).idioms?.find((idiom) => idiom.boost !== undefined && follows(idiom, sentence, at));
}

function follows(idiom: Idiom, sentence: Sentence, at: number): boolean {
  return idiom.rest.every((text, k) => wordAt(sentence, at + 1 + k).text === text);
}

function wordAt({ words, length }: Sentence, at: number): Word {
  return at >= 0 && at < length ? (words[at] ?? NOTHING) : NOTHING;
}

/**
 * What stands before "but" counts half, what stands after it one and a half times. As in the reference, a rating
 * that occurs twice changes where it occurs first.
 */
function weighAround(but: number, ratings: number[], length: number, because?: string[][]): void {
  for (let i = 0; i < length; i++) {
    const rating = ratings[i] ?? 0;
    if (rating === 0) continue;
    const at = ratings.indexOf(rating);
    ratings[at] = rating * (at < but ? 0.5 : 1.5);
    because?.[at]?.push(at < but ? 'halved before but' : 'raised after but');
  }
}

function summarize(sentence: Sentence, ratings: readonly number[]): Polarity {
  if (sentence.length === 0) return { compound: 0, pos: 0, neu: 0, neg: 0 };
  let sum = 0;
  let positive = 0;
  let negative = 0;
  let neutral = 0;
  for (let i = 0; i < sentence.length; i++) {
    const rating = ratings[i] ?? 0;
    sum += rating;
    if (rating > 0) positive += rating + 1;
    else if (rating < 0) negative += 1 - rating;
    else neutral++;
  }
  const emphasis = emphasisOf(sentence);
  if (sum > 0) sum += emphasis;
  else if (sum < 0) sum -= emphasis;
  if (positive > negative) positive += emphasis;
  else if (positive < negative) negative += emphasis;
  const total = positive + negative + neutral;
  return {
    compound: round(sum / Math.sqrt(sum * sum + NORMALIZER), 4),
    pos: round(positive / total, 3),
    neu: round(neutral / total, 3),
    neg: round(negative / total, 3),
  };
}

function emphasisOf({ exclamationMarks, questionMarks }: Sentence): number {
  const exclaimed = Math.min(exclamationMarks, MOST_EXCLAMATION_MARKS) * EXCLAMATION_MARK;
  if (questionMarks <= 1) return exclaimed;
  return exclaimed + (questionMarks <= 3 ? questionMarks * QUESTION_MARK : MANY_QUESTION_MARKS);
}

/** Rounds what the number exactly is, halves to even, as Python does. */
function round(value: number, decimals: 3 | 4): number {
  const scale = decimals === 3 ? 1000 : 10_000;
  const scaled = value * scale;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  if (Math.abs(rest - 0.5) > 1e-6) return (rest < 0.5 ? floor : floor + 1) / scale;
  // Only odd sixteenths (3 decimals) or thirty-seconds (4) are exact halves; `toFixed` decides all others exactly.
  const isExactHalf = Number.isInteger(value * 32);
  if (isExactHalf) return (floor % 2 === 0 ? floor : floor + 1) / scale;
  return Number(value.toFixed(decimals));
}

/** The words that moved the score, in order; their valences and that of the marks add up to what `compound` is made from. */
function explain(text: string, sentence: Sentence, ratings: readonly number[], because: string[][]): Contribution[] {
  const { length, starts, ends, spelt } = sentence;
  const found: Contribution[] = [];
  const add = (from: number, to: number, valence: number, reasons: readonly string[]) => {
    const start = spelt?.starts[from] ?? from;
    const end = spelt?.ends[to - 1] ?? to;
    const isEmoji = end - start !== to - from;
    const because = isEmoji ? [`read as ${sentence.text.slice(from, to)}`, ...reasons] : [...reasons];
    found.push({ text: text.slice(start, end), start, end, valence, because });
  };
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const rating = ratings[i] ?? 0;
    sum += rating;
    if (rating !== 0) add(starts[i] ?? 0, ends[i] ?? 0, rating, because[i] ?? []);
  }
  const emphasis = emphasisOf(sentence);
  if (sum !== 0 && emphasis !== 0) {
    const mark = sentence.text.search(sentence.exclamationMarks > 0 ? '!' : /\?/);
    add(mark, mark + 1, sum > 0 ? emphasis : -emphasis, ['emphasis of the whole']);
  }
  return disjoint(text, found);
}

/** Orders contributions and joins those that share a place: several words of one emoji, a mark inside a word. */
function disjoint(text: string, found: Contribution[]): Contribution[] {
  const contributions: Contribution[] = [];
  for (const { start, end, valence, because = [] } of found.sort((a, b) => a.start - b.start)) {
    const last = contributions.at(-1);
    if (last && start < last.end) {
      last.end = Math.max(last.end, end);
      last.text = text.slice(last.start, last.end);
      last.valence += valence;
      last.because = [...(last.because ?? []), ...because];
    } else {
      const contribution: Contribution = { text: text.slice(start, end), start, end, valence };
      if (because.length > 0) contribution.because = because;
      contributions.push(contribution);
    }
  }
  return contributions;
}

function textOf(sentence: Sentence, at: number): string {
  return sentence.text.slice(sentence.starts[at], sentence.ends[at]).toLowerCase();
}
