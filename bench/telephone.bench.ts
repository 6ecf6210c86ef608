import { labelOf } from '#core/sentiment/score.ts';
import type { Scorer } from '#core/sentiment/vader/scorer.ts';
import { telephone } from '#core/sentiment/telephone/telephone.ts';
import { vader } from '#core/sentiment/vader/vader.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { callerLines, type CallerLine } from './sentiment/sentences.ts';

const EXPECTED: Readonly<Record<string, string>> = { angry: 'negative', neutral: 'neutral', pleased: 'positive' };

export default {
  about: 'Accuracy on labelled caller lines: plain VADER and the telephone layer (--show: the tuning lines it misses)',
  run(args) {
    const tuning = callerLines('tuning');
    const heldOut = callerLines('held-out');
    const plain = { ...accuracies('tuning', tuning, vader), ...accuracies('heldOut', heldOut, vader) };
    const layer = { ...accuracies('tuning', tuning, telephone), ...accuracies('heldOut', heldOut, telephone) };
    console.table({ 'plain VADER': plain, 'telephone layer': layer });
    if (args.includes('--show')) {
      for (const { feeling, line } of tuning) {
        const { compound, contributions } = telephone.score(line);
        if (labelOf(compound) === EXPECTED[feeling]) continue;
        const words = contributions.map((one) => `${one.text} ${one.valence.toFixed(1)}`).join(', ');
        console.log(`${feeling.padEnd(8)} ${compound.toFixed(2).padStart(5)}  ${line}  [${words}]`);
      }
    }
    return Promise.resolve({ figures: layer, peers: { 'plain VADER': plain } });
  },
} satisfies Benchmark;

/** Percent of the lines whose label is the right one: of all, and of each feeling. */
function accuracies(set: string, lines: CallerLine[], scorer: Scorer): Figures {
  const percent = (some: typeof lines) => {
    const right = some.filter(({ feeling, line }) => labelOf(scorer.polarity(line).compound) === EXPECTED[feeling]);
    return Number(((100 * right.length) / some.length).toFixed(1));
  };
  const figures: Figures = { [`${set}Percent`]: percent(lines) };
  for (const feeling of Object.keys(EXPECTED))
    figures[`${set}${capital(feeling)}Percent`] = percent(lines.filter((one) => one.feeling === feeling));
  return figures;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
