import { explain } from './explain.ts';
import { rateWords } from './rating.ts';
import { labelOf, type Score } from '../score.ts';
import { emptySentence, readSentence, type Sentence } from './sentence.ts';
import type { Vocabulary } from './vocabulary.ts';
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
  /** The figures alone; faster than `score`. */
  polarity: (text: string) => Polarity;
  /** The compound score with the words it came from. */
  score: (text: string) => Score;
}

const EXCLAMATION_MARK = 0.292;
const MOST_EXCLAMATION_MARKS = 4;
const QUESTION_MARK = 0.18;
const MANY_QUESTION_MARKS = 0.96;
/** Approximates the highest sum of ratings to expect; brings the sum into −1 to 1. */
const NORMALIZER = 15;

/** Changes a text before its words are rated. */
export interface Layer {
  /** Replaces characters; the length must not change. */
  tidy: (text: string) => string;
  /** Replaces words, or joins them. */
  regroup: (sentence: Sentence) => void;
  /** Which words a clause starts with, the first among them. Words change one another within a clause alone. */
  clauseStarts: (sentence: Sentence) => number[];
}

/** After a text of more words, the working memory is released. */
const MOST_WORDS_KEPT = 10_000;

/**
 * VADER (Hutto and Gilbert 2014) over a vocabulary: with `vaderVocabulary()` equal to the reference implementation,
 * `vaderSentiment` 3.3.2, on every text, its oddities included.
 */
export function createScorer(vocabulary: Vocabulary, layer?: Layer): Scorer {
  const findWord = wordTable(vocabulary);
  let sentence = emptySentence();
  let ratings: number[] = [];
  let starts: number[] = [];
  const rate = (text: string, because?: string[][]) => {
    if (sentence.length > MOST_WORDS_KEPT) [sentence, ratings] = [emptySentence(), []];
    readSentence(layer ? layer.tidy(text) : text, findWord, sentence);
    if (!layer) {
      rateWords(sentence, ratings, because);
      return;
    }
    layer.regroup(sentence);
    starts = layer.clauseStarts(sentence);
    rateClauses(sentence, starts, ratings, because);
  };
  const sumOf = () => (layer ? strongest(sentence, starts, ratings) : undefined);
  return {
    polarity: (text) => {
      rate(text);
      return summarize(sentence, ratings, sumOf());
    },
    score: (text) => {
      const because: string[][] = [];
      rate(text, because);
      const { compound } = summarize(sentence, ratings, sumOf());
      return {
        compound,
        label: labelOf(compound),
        contributions: explain(text, sentence, ratings, because, emphasisOf(sentence)),
      };
    },
  };
}

/** Words of a clause that are summed at most: a long one counts by its worst and its best stretch. */
const STRETCH_WORDS = 14;
/** What stands before a clause with "but" counts half. */
const BEFORE_BUT = 0.5;

/** Rates each clause as a sentence of its own. */
function rateClauses(sentence: Sentence, starts: readonly number[], ratings: number[], because?: string[][]): void {
  starts.forEach((from, at) => {
    const to = starts[at + 1] ?? sentence.length;
    const clause: Sentence = {
      ...sentence,
      length: to - from,
      words: sentence.words.slice(from, to),
      starts: sentence.starts.slice(from, to),
      ends: sentence.ends.slice(from, to),
      capitals: sentence.capitals.slice(from, to),
    };
    const own: number[] = [];
    const reasons: string[][] | undefined = because && [];
    rateWords(clause, own, reasons);
    for (let i = from; i < to; i++) {
      ratings[i] = own[i - from] ?? 0;
      const why = sentence.words[i]?.because;
      if (because) because[i] = [...(why === undefined ? [] : [why]), ...(reasons?.[i - from] ?? [])];
    }
    const before = starts[at - 1];
    if (before === undefined || sentence.words[from]?.role !== 'but') return;
    for (let i = before; i < from; i++) {
      if (ratings[i] === 0) continue;
      ratings[i] = (ratings[i] ?? 0) * BEFORE_BUT;
      because?.[i]?.push('halved before but');
    }
  });
}

/**
 * The sum of all clauses, but no further from 0 than the strongest of them on its side: a long text is no graver than
 * what is worst in it.
 */
function strongest(sentence: Sentence, starts: readonly number[], ratings: readonly number[]): number {
  let [total, worst, best] = [0, 0, 0];
  starts.forEach((from, at) => {
    const to = starts[at + 1] ?? sentence.length;
    let sum = 0;
    for (let i = from; i < to; i++) {
      total += ratings[i] ?? 0;
      sum += ratings[i] ?? 0;
      if (i - from >= STRETCH_WORDS) sum -= ratings[i - STRETCH_WORDS] ?? 0;
      worst = Math.min(worst, sum);
      best = Math.max(best, sum);
    }
  });
  return total < 0 ? Math.max(total, worst) : Math.min(total, best);
}

function summarize(sentence: Sentence, ratings: readonly number[], bounded?: number): Polarity {
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
  sum = bounded ?? sum;
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

/** Rounds the exact value, halves to even, as Python does. */
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
