import fc from 'fast-check';
import { segmentsOf } from './segments.ts';

test('marks may overlap', () => {
  const text = 'please cancel my account now';
  const match = { text: 'cancel my account', start: 7, end: 24, ruleName: 'Wants out' };
  const word = { text: 'cancel', start: 7, end: 13, valence: -1 };
  expect(segmentsOf(text, [word], [match])).toEqual([
    { text: 'please ', rules: [] },
    { text: 'cancel', rules: ['Wants out'], contribution: word },
    { text: ' my account', rules: ['Wants out'] },
    { text: ' now', rules: [] },
  ]);
});

test('the segments are the text, whatever the marks', () => {
  const mark = fc.record({ start: fc.nat(30), end: fc.nat(30) });
  fc.assert(
    fc.property(fc.string(), fc.array(mark), fc.array(mark), (text, words, matches) => {
      const segments = segmentsOf(
        text,
        words.map((word) => ({ ...word, text: '', valence: 1 })),
        matches.map((match) => ({ ...match, text: '', ruleName: 'r' })),
      );
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
    }),
  );
});
