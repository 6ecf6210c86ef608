import type { SentimentEngine } from '../engine.ts';
import type { Contribution, Score, SentimentLabel } from '../score.ts';
import { wordPieces, type PiecedWord, type PieceVocabulary } from './word-piece.ts';

/** Token ids of several texts of one length, row by row. */
export interface TokenBatch {
  readonly ids: readonly number[];
  readonly rows: number;
  readonly columns: number;
}

/** A classifier of two classes, such as DistilBERT fine-tuned on SST-2. */
export interface TwoClassModel {
  readonly vocabulary: PieceVocabulary;
  /** The languages that it was trained on, without regions. */
  readonly languages: readonly string[];
  /** Where the logits of the two classes stand in a row. */
  readonly classes: { readonly negative: number; readonly positive: number };
  /** Runs the model; returns two logits a row. */
  run(batch: TokenBatch): Promise<ArrayLike<number>>;
}

/** DistilBERT's positions, the start and separator tokens among them. */
const MOST_TOKENS = 512;
/** Below this the model is guessing, and the label is neutral. */
const LEAST_CONFIDENCE = 0.6;
/** Variants of a text in one run of the model; more would need too much memory at once. */
const ROWS_PER_RUN = 16;
/** A long text is explained by at most this many stretches of it, not word by word. */
const MOST_SPANS = 64;
/** A word that moves the score by less explains nothing. */
const LEAST_CONTRIBUTION = 0.01;

/**
 * Sentiment by a transformer: `compound` is the probability of the positive class less that of the negative. A word's
 * contribution is what the score loses when the word is masked, so explaining costs one more row a word.
 */
export function transformerEngine(model: TwoClassModel, isExplaining = true): SentimentEngine {
  const { vocabulary } = model;
  return {
    name: 'transformer',
    languages: model.languages,
    score: async (text): Promise<Score> => {
      const words = wordPieces(text, vocabulary);
      if (words.length === 0) return { compound: 0, label: 'neutral', contributions: [] };
      const pieces = words.flatMap(({ ids }) => ids).slice(0, MOST_TOKENS - 2);
      const whole = [vocabulary.start, ...pieces, vocabulary.separator];
      const [compound = 0] = await compounds(model, [whole]);
      const label = labelOf(compound);
      if (!isExplaining) return { compound, label, contributions: [] };

      const spans = spansOf(words, pieces.length);
      const masked = spans.map(({ from, to }) => whole.map((id, at) => (at > from && at <= to ? vocabulary.mask : id)));
      const without = await compounds(model, masked);
      const contributions = spans.map(({ start, end }, i): Contribution => {
        const valence = compound - (without[i] ?? compound);
        return { text: text.slice(start, end), start, end, valence };
      });
      return {
        compound,
        label,
        contributions: contributions.filter(({ valence }) => Math.abs(valence) >= LEAST_CONTRIBUTION),
      };
    },
  };
}

/** A stretch of the text, and of its pieces. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** The words that the model sees, one by one, or in a long text several together. */
function spansOf(words: readonly PiecedWord[], pieces: number): Span[] {
  const spans: Span[] = [];
  let from = 0;
  const seen = words.flatMap(({ start, end, ids }): Span[] => {
    const to = Math.min(from + ids.length, pieces);
    const span = { start, end, from, to };
    from += ids.length;
    return span.from < to ? [span] : [];
  });
  const perSpan = Math.ceil(seen.length / MOST_SPANS);
  for (let at = 0; at < seen.length; at += perSpan) {
    const [first, last] = [seen[at], seen[Math.min(at + perSpan, seen.length) - 1]];
    if (first && last) spans.push({ start: first.start, end: last.end, from: first.from, to: last.to });
  }
  return spans;
}

function labelOf(compound: number): SentimentLabel {
  const confidence = (1 + Math.abs(compound)) / 2;
  if (confidence < LEAST_CONFIDENCE) return 'neutral';
  return compound > 0 ? 'positive' : 'negative';
}

/** P(positive) − P(negative) of each row; for two classes that is tanh of half the difference of the logits. */
async function compounds(model: TwoClassModel, rows: readonly (readonly number[])[]): Promise<number[]> {
  const found: number[] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_RUN) {
    const some = rows.slice(from, from + ROWS_PER_RUN);
    const logits = await model.run({ ids: some.flat(), rows: some.length, columns: some[0]?.length ?? 0 });
    for (let row = 0; row < some.length; row++) {
      const [negative, positive] = [model.classes.negative, model.classes.positive].map((at) => logits[row * 2 + at]);
      found.push(Math.tanh(((positive ?? NaN) - (negative ?? NaN)) / 2));
    }
  }
  return found;
}
