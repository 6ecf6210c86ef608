import { originOf } from './emoji.ts';
import type { Contribution } from '../score.ts';
import type { Sentence } from './sentence.ts';

/**
 * The words that moved the score, in order; their valences and that of the marks add up to the sum that `compound` is
 * computed from. `because` holds the reasons of each word, `emphasis` what the sentence's marks add.
 */
export function explain(
  text: string,
  sentence: Sentence,
  ratings: readonly number[],
  because: readonly string[][],
  emphasis: number,
): Contribution[] {
  const { length, starts, ends, spelt } = sentence;
  const found: Contribution[] = [];
  const add = (from: number, to: number, valence: number, reasons: readonly string[]) => {
    const start = spelt ? originOf(spelt, from).start : from;
    const end = spelt ? originOf(spelt, to - 1).end : to;
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
