import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import type { Polarity } from '#core/sentiment/vader/scorer.ts';
import { vader } from '#core/sentiment/vader/vader.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { LEAST_SECONDS, medianOf, passes } from './passes.ts';
import { runReference } from './python-reference.ts';
import { randomLines } from './sentiment/random-lines.ts';
import { fixtureSentences } from './sentiment/sentences.ts';

interface NpmPackage {
  SentimentIntensityAnalyzer: { polarity_scores(text: string): Polarity };
}

export default {
  about: 'VADER sentiment: sentences a second and differences from the reference (--lines FILE | --random N)',
  run(args) {
    const lines = chooseLines(args);
    const words = lines.reduce((sum, line) => sum + line.split(/\s+/).filter(Boolean).length, 0);
    console.log(`${lines.length} lines, ${(words / lines.length).toFixed(1)} words each on average`);

    const reference = runReference('vader', lines, LEAST_SECONDS);
    const expected = reference.scores.map(([compound = NaN, pos = NaN, neu = NaN, neg = NaN]) => {
      return { compound, pos, neu, neg };
    });

    const npm = createRequire(import.meta.url)('vader-sentiment') as NpmPackage;
    const byNpm = (line: string) => npm.SentimentIntensityAnalyzer.polarity_scores(line);

    const python_ = { sentencesPerSecond: perSecond(lines, reference.passSeconds) };
    const npm_ = measure(lines, byNpm, expected);
    const ours = measure(lines, vader.polarity, expected);
    const explained = perSecond(lines, passes(lines, vader.score));
    const figures: Figures = {
      ...ours,
      explainedSentencesPerSecond: explained,
      timesNpmPackage: ratio(ours.sentencesPerSecond, npm_.sentencesPerSecond),
      timesPythonReference: ratio(ours.sentencesPerSecond, python_.sentencesPerSecond),
      lines: lines.length,
    };
    const peers = { 'vaderSentiment 3.3.2 (Python)': python_, 'vader-sentiment 1.1.3 (npm)': npm_ };
    console.table({ earshot: ours, ...peers });
    return Promise.resolve({ figures, peers });
  },
} satisfies Benchmark;

function chooseLines(args: string[]): string[] {
  const { values } = parseArgs({ args, options: { lines: { type: 'string' }, random: { type: 'string' } } });
  if (values.random !== undefined) return randomLines(Number(values.random));
  if (values.lines === undefined) return fixtureSentences();
  const lines = readFileSync(values.lines, 'utf8').split('\n').filter(Boolean);
  if (lines.length === 0) throw new Error(`${values.lines} holds no lines.`);
  return lines;
}

function measure(lines: string[], score: (line: string) => Polarity, expected: Polarity[]) {
  const differences = lines.filter((line, i) => !isSame(score(line), expected[i])).length;
  return { sentencesPerSecond: perSecond(lines, passes(lines, score)), differences };
}

function perSecond(lines: string[], passSeconds: number[]): number {
  return Math.round(lines.length / medianOf(passSeconds));
}

function isSame(score: Polarity, expected: Polarity | undefined): boolean {
  return (['compound', 'pos', 'neu', 'neg'] as const).every(
    (figure) => Math.abs(score[figure] - (expected?.[figure] ?? NaN)) < 1e-9,
  );
}

function ratio(ours: number, theirs: number): number {
  return Number((ours / theirs).toFixed(1));
}
