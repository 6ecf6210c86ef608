import fc from 'fast-check';
import reference from './fixtures/vader-reference.json';
import { labelOf } from '../score.ts';
import { vader } from './vader.ts';

type Row = [sentence: string, compound: number, pos: number, neu: number, neg: number];

describe('equality with the reference implementation', () => {
  it('holds for every sentence of the fixture', () => {
    const ours = (reference as Row[]).map(([sentence]) => {
      const { compound, pos, neu, neg } = vader.polarity(sentence);
      return [sentence, compound, pos, neu, neg];
    });
    expect(reference.length).toBeGreaterThan(1000);
    expect(ours).toEqual(reference);
  });

  it('holds for a long text that repeats its ratings around "but"', () => {
    // Python's vaderSentiment 3.3.2 gives these figures.
    const text = `${'good bad '.repeat(50)}but ${'great awful '.repeat(50)}`;
    expect(vader.polarity(text)).toEqual({ compound: 0.9984, pos: 0.548, neu: 0.001, neg: 0.451 });
  });

  it.each([
    ['gg the', { compound: 0.296, pos: 0.688, neu: 0.312, neg: 0 }],
    ['fav fav fav fav fav the', { compound: 0.9325, pos: 0.938, neu: 0.062, neg: 0 }],
  ])('rounds exact halves to even: %s', (text, expected) => {
    expect(vader.polarity(text)).toEqual(expected);
  });
});

describe('explanations', () => {
  const explain = (text: string) =>
    vader.score(text).contributions.map(({ text, because = [] }) => [text, ...because].join(' | '));

  it.each([
    ['The call was not good', ['good | negated by not']],
    ["The call wasn't very good", ["good | boosted by very | negated by wasn't"]],
    ['It was kind of good', ['good | dampened by kind of']],
    ['There is no problem', ['problem | negated by no']],
    ['The call was GOOD', ['GOOD | in capitals']],
    ['The least good call', ['good | negated by least']],
    ['It was good but slow and bad', ['good | halved before but', 'bad | raised after but']],
    ['That is the bomb', ['bomb | part of the bomb']],
    ['Good grief!', ['Good', 'grief', '! | emphasis of the whole']],
    ['I am 😁', ['😁 | read as smiling']],
    ['😂 that', ['😂 | read as tears | read as joy']],
    ['The train leaves at nine', []],
  ])('names what moved "%s"', (text, expected) => {
    expect(explain(text)).toEqual(expected);
  });

  const words = fc.constantFrom(
    ...[
      'good',
      'BAD',
      'great!',
      'not',
      'no',
      'never',
      'so',
      'very',
      'but',
      'kind',
      'of',
      'least',
      '😀',
      '💘x',
      "isn't",
    ],
    ...['the', 'shit', 'yeah', 'right', 'İ', 'ß', '"hate"', '(love)', ':)', '???', '\t', '\u2003', '𝐀', 'K', "can't"],
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(words, { maxLength: 20 }).map((parts) => parts.join(' ')),
  );

  it('point at their words, do not overlap, and add up to the score', () => {
    fc.assert(
      fc.property(text, (input) => {
        const { compound, label, contributions } = vader.score(input);
        expect(compound).toBe(vader.polarity(input).compound);
        expect(label).toBe(labelOf(compound));
        let sum = 0;
        let after = 0;
        for (const { start, end, text: part, valence } of contributions) {
          expect(start).toBeGreaterThanOrEqual(after);
          expect(end).toBeGreaterThan(start);
          after = end;
          expect(input.slice(start, end)).toBe(part);
          sum += valence;
        }
        expect(sum / Math.sqrt(sum * sum + 15)).toBeCloseTo(compound, 3);
      }),
      { interruptAfterTimeLimit: 4000 },
    );
  });
});

it('scores a text after a very long one as if it had come first', () => {
  const before = vader.polarity('not a good call');
  vader.polarity('bad '.repeat(20_000));
  expect(vader.polarity('not a good call')).toEqual(before);
});
