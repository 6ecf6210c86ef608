import type { Sentence } from './sentence.ts';
import { plainWord, type Idiom, type Word } from './vocabulary.ts';

/** What a negation multiplies a rating by. */
const NEGATION = -0.74;
/** What capitals add to a word's strength where the rest of the sentence is not in capitals. */
const CAPITALS = 0.733;
/** A modifier two or three words away counts for less. */
const TWO_AWAY = 0.95;
const THREE_AWAY = 0.9;

const NOTHING = plainWord('');

/** Writes a rating for each word into `ratings`, and what changed it into `because`. */
export function rateWords(sentence: Sentence, ratings: number[], because?: string[][]): void {
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
  const { boost } = wordAt(sentence, at);
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
    because?.splice(0, because.length, `part of ${idiom.text}`);
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

function textOf(sentence: Sentence, at: number): string {
  return sentence.text.slice(sentence.starts[at], sentence.ends[at]).toLowerCase();
}
