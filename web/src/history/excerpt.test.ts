import { partsOf } from './excerpt.ts';

test('what was found stands apart, and nothing of the excerpt is lost', () => {
  const parts = partsOf({
    text: 'Call my lawyer, my lawyer!',
    found: [
      { start: 8, end: 14 },
      { start: 19, end: 25 },
    ],
  });
  expect(parts).toEqual([
    { text: 'Call my ', isFound: false },
    { text: 'lawyer', isFound: true },
    { text: ', my ', isFound: false },
    { text: 'lawyer', isFound: true },
    { text: '!', isFound: false },
  ]);
});

test('an excerpt that is all hit is one part', () => {
  expect(partsOf({ text: 'lawyer', found: [{ start: 0, end: 6 }] })).toEqual([{ text: 'lawyer', isFound: true }]);
});
