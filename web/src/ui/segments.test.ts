import fc from 'fast-check';
import { segmentsOf } from './segments.ts';

test('marks may overlap', () => {
  const text = 'please cancel my account now';
  const match = { text: 'cancel my account', start: 7, end: 24, ruleName: 'Wants out', level: 'warning' as const };
  const graver = { text: 'account now', start: 17, end: 28, ruleName: 'Now', level: 'urgent' as const };
  const word = { text: 'cancel', start: 7, end: 13, valence: -1 };
  expect(segmentsOf(text, [word], [graver, match])).toEqual([
    { text: 'please ', rules: [] },
    { text: 'cancel', rules: ['Wants out'], level: 'warning', contribution: word },
    { text: ' my ', rules: ['Wants out'], level: 'warning' },
    { text: 'account', rules: ['Now', 'Wants out'], level: 'urgent' },
    { text: ' now', rules: ['Now'], level: 'urgent' },
  ]);
});

test('the segments are the text, whatever the marks', () => {
  const mark = fc.record({ start: fc.nat(30), end: fc.nat(30) });
  fc.assert(
    fc.property(fc.string(), fc.array(mark), fc.array(mark), (text, words, matches) => {
      const segments = segmentsOf(
        text,
        words.map((word) => ({ ...word, text: '', valence: 1 })),
        matches.map((match) => ({ ...match, text: '', ruleName: 'r', level: 'urgent' })),
      );
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
    }),
  );
});
