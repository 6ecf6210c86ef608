import { TEXTBLOB_EMOTICONS, TEXTBLOB_WORDS } from './textblob-data.ts';
import { labelOf, type Contribution, type Score } from '../score.ts';
import { textblobTokens, type TextblobToken } from './tokens.ts';

/** TextBlob's result for a text: polarity from −1 to 1, subjectivity from 0 to 1. */
export interface TextblobSentiment {
  readonly polarity: number;
  readonly subjectivity: number;
}

interface Rating {
  readonly polarity: number;
  readonly subjectivity: number;
  /** What a modifier multiplies the next word's ratings by. */
  readonly intensity: number;
  readonly isModifier: boolean;
}

/** A rated word with what stands before it. */
interface Assessment {
  token: TextblobToken;
  polarity: number;
  subjectivity: number;
  intensity: number;
  isNegated: boolean;
  readonly because: string[];
}

const RATINGS = new Map<string, Rating>();
for (const [polarity, subjectivity, intensity, words, modifiers] of TEXTBLOB_WORDS) {
  const rating = { polarity, subjectivity, intensity };
  for (const word of words.split(' ')) RATINGS.set(word, { ...rating, isModifier: false });
  for (const word of modifiers.split(' ')) RATINGS.set(word, { ...rating, isModifier: true });
}
RATINGS.delete('');

/** By lower-case face; those of letters alone are not looked for. */
const EMOTICONS = new Map(
  TEXTBLOB_EMOTICONS.flatMap(([polarity, faces]) =>
    faces.filter((face) => !/^\p{L}+$/u.test(face)).map((face) => [face.toLowerCase(), polarity]),
  ),
);

const NEGATIONS = new Set(['no', 'not', "n't", 'never']);
/** What a negation multiplies polarity by: "not good" is slightly bad. */
const NEGATION = -0.5;
const EXCLAMATION = 1.25;
const IRONY = '(!)';

/** TextBlob's default (pattern) analyser: the mean over the rated words of a text. */
export const textblob = {
  name: 'textblob',
  languages: ['en'],
  /** The two figures. */
  sentiment: (text: string): TextblobSentiment => {
    const { polarity, subjectivity } = means(assess(textblobTokens(text)));
    return { polarity, subjectivity };
  },
  /** Polarity as the compound score, with the share of each rated word in it. */
  score: (text: string): Score => {
    const assessments = assess(textblobTokens(text));
    const compound = means(assessments).polarity;
    const contributions = assessments
      .filter(({ polarity }) => polarity !== 0)
      .map(({ token: { start, end }, polarity, because }): Contribution => {
        const valence = polarity / assessments.length;
        return { text: text.slice(start, end), start, end, valence, ...(because.length > 0 && { because }) };
      });
    return { compound, label: labelOf(compound), contributions };
  },
};

/**
 * Rates the known words. A modifier before a word multiplies its ratings and is replaced by it, a negation inverts it;
 * both reach across short unknown words ("not a good", "really is a good").
 */
function assess(tokens: readonly TextblobToken[]): Assessment[] {
  const assessments: Assessment[] = [];
  let modifier: string | undefined;
  let negation: string | undefined;
  for (const token of tokens) {
    const word = token.text.toLowerCase();
    const last = assessments.at(-1);
    const rating = RATINGS.get(word);
    if (rating) {
      let assessment: Assessment;
      if (modifier !== undefined && last) {
        assessment = last;
        modify(last, token, rating, modifier);
      } else {
        assessment = { ...rating, token, isNegated: false, because: [] };
        assessments.push(assessment);
      }
      if (negation !== undefined) {
        assessment.intensity = 1 / assessment.intensity;
        assessment.isNegated = true;
        assessment.because.push(`negated by ${negation}`);
      }
      modifier = rating.isModifier ? word : undefined;
      negation = NEGATIONS.has(word) ? word : undefined;
      continue;
    }

    if (NEGATIONS.has(word)) negation = word;
    else if (lengthOf(word.replace(/^'+|'+$/g, '')) > 1) negation = undefined;
    if (negation !== undefined && last && modifier?.endsWith('ly')) {
      last.isNegated = true;
      last.because.push(`negated by ${negation}`);
      negation = undefined;
    } else if (lengthOf(word) > 2) modifier = undefined;

    if (word === '!' && last) {
      last.polarity = clamp(last.polarity * EXCLAMATION);
      last.because.push('raised by !');
    }
    const face = EMOTICONS.get(word);
    if (word === IRONY || face !== undefined)
      assessments.push({ token, polarity: face ?? 0, subjectivity: 1, intensity: 1, isNegated: false, because: [] });
  }
  return assessments.map((one) => (one.isNegated ? { ...one, polarity: one.polarity * NEGATION } : one));
}

/** Replaces a modifier by the word that it modifies. */
function modify(assessment: Assessment, token: TextblobToken, rating: Rating, modifier: string): void {
  const { intensity } = assessment;
  assessment.token = token;
  assessment.polarity = clamp(rating.polarity * intensity);
  assessment.subjectivity = clamp(rating.subjectivity * intensity);
  assessment.intensity = rating.intensity;
  if (intensity !== 1) assessment.because.push(`${intensity > 1 ? 'boosted' : 'dampened'} by ${modifier}`);
}

function means(assessments: readonly Assessment[]): TextblobSentiment {
  let polarity = 0;
  let subjectivity = 0;
  for (const assessment of assessments) {
    polarity += assessment.polarity;
    subjectivity += assessment.subjectivity;
  }
  const count = assessments.length || 1;
  return { polarity: polarity / count, subjectivity: subjectivity / count };
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(value, 1));
}

function lengthOf(word: string): number {
  return Array.from(word).length;
}
