import { tokenize } from '../text/tokens.ts';
import { MAX_KEYPHRASES, MAX_WORD_LENGTH, MAX_WORDS } from './bounds.ts';
import { STOP_WORDS } from './stop-words.ts';

/** A mask of redaction, such as `[CARD]`. */
const MASK = /\[[A-Z_ ]+\]/g;

/**
 * What is talked about in some lines: runs of words without a stop word or a mark between them, by RAKE (S. Rose and
 * others, 2010, "Automatic keyword extraction from individual documents"): a word weighs the more, the longer the runs
 * that it stands in, and a phrase as much as its words. Longer runs are cut to their last words, where English has the
 * noun. Numbers and masks are nobody's topic.
 * @returns the phrases, in lower case, those that weigh most first
 */
export function keyphrasesOf(lines: readonly string[]): string[] {
  const runs = lines.flatMap(runsIn);
  const frequency = new Map<string, number>();
  const degree = new Map<string, number>();
  for (const run of runs) {
    for (const word of run) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1);
      degree.set(word, (degree.get(word) ?? 0) + run.length);
    }
  }
  const weightOf = (word: string) => (degree.get(word) ?? 0) / (frequency.get(word) ?? 1);
  const weights = new Map<string, number>();
  for (const run of runs) {
    const phrase = run.join(' ');
    const weight = run.reduce((sum, word) => sum + weightOf(word), 0);
    // Said again it weighs more.
    weights.set(phrase, (weights.get(phrase) ?? 0) + weight);
  }
  return [...weights]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, MAX_KEYPHRASES)
    .map(([phrase]) => phrase);
}

/** The runs of content words in a line. */
function runsIn(line: string): string[][] {
  const text = line.replace(MASK, ' . ');
  const runs: string[][] = [];
  let run: string[] = [];
  let end = 0;
  const close = () => {
    if (run.length > 0) runs.push(run.slice(-MAX_WORDS));
    run = [];
  };
  for (const token of tokenize(text)) {
    if (/[^\s]/.test(text.slice(end, token.start))) close();
    end = token.end;
    if (isContent(token.word)) run.push(token.word);
    else close();
  }
  close();
  return runs;
}

function isContent(word: string): boolean {
  return word.length > 2 && word.length <= MAX_WORD_LENGTH && !/\d/.test(word) && !STOP_WORDS.has(word);
}
