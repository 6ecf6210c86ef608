import { demoTurns } from '../../sim/demo/demo.ts';
import { arpaOf, wordsOf } from './language-model.ts';
import sentences from './sentences.json';

/** Reads log10 probabilities and back-off weights back from ARPA text. */
function parse(arpa: string) {
  const grams = new Map<string, { probability: number; backOff: number }>();
  for (const line of arpa.split('\n')) {
    const match = /^(-[\d.]+) ([^-\n]+?)(?: (-?[\d.]+))?$/.exec(line);
    if (match?.[2]) grams.set(match[2], { probability: Number(match[1]), backOff: Number(match[3] ?? 0) });
  }
  const logProbability = (words: string[]): number => {
    const known = grams.get(words.join(' '));
    if (known) return known.probability;
    if (words.length === 1) return -Infinity;
    return (grams.get(words.slice(0, -1).join(' '))?.backOff ?? 0) + logProbability(words.slice(1));
  };
  return { grams, logProbability };
}

describe('language model', () => {
  const { grams, logProbability } = parse(arpaOf(sentences));
  const vocabulary = [...grams.keys()].filter((gram) => !gram.includes(' ') && gram !== '<s>');

  it.each([
    ['a common context', ['i', 'want']],
    ['a rare context', ['my', 'modem']],
    ['the start of a sentence', ['<s>', 'i']],
    ['an unseen context', ['goodbye', 'technician']],
  ])('gives all that may follow %s a probability of one in all', (_what, context) => {
    const sum = vocabulary.reduce((total, word) => total + 10 ** logProbability([...context, word]), 0);
    expect(sum).toBeCloseTo(1, 2);
  });

  it('counts its sections right', () => {
    const arpa = arpaOf(['hello you', 'hello']);
    expect(arpa).toContain('ngram 1=4\nngram 2=4\nngram 3=3');
    expect(arpa.split('\n').filter((line) => /^-/.test(line))).toHaveLength(11);
  });

  it('knows every word of the demo call, and none of its sentences', () => {
    const known = new Set(sentences.flatMap(wordsOf));
    const trained = new Set(sentences.map((sentence) => wordsOf(sentence).join(' ')));
    for (const { says } of demoTurns)
      for (const sentence of says.flatMap((text) => text.split(/[.?!]/))) {
        expect(wordsOf(sentence).filter((word) => !known.has(word))).toEqual([]);
        expect(trained).not.toContain(wordsOf(sentence).join(' '));
      }
  });
});
