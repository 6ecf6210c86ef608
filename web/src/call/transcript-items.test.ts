import { utterance } from '../live/example.ts';
import { transcriptItems } from './transcript-items.ts';

test('lost audio and missing lines stand where they belong', () => {
  const lines = [utterance('a', 2), { ...utterance('a', 5), gapBeforeMs: 4000 }];
  expect(transcriptItems(lines, [1, 3, 4, 6]).map((item) => [item.kind, item.key])).toEqual([
    ['missing', 'missing-1'],
    ['line', '2'],
    ['missing', 'missing-3'],
    ['gap', 'gap-5'],
    ['line', '5'],
    ['missing', 'missing-6'],
  ]);
});

test('a missing line is named once where a line stands before one of an earlier seq', () => {
  const lines = [utterance('a', 1), utterance('a', 4), utterance('a', 2)];
  expect(transcriptItems(lines, [3]).map(({ key }) => key)).toEqual(['1', 'missing-3', '4', '2']);
});

test('without gaps there are only lines', () => {
  const lines = [1, 2, 3].map((seq) => utterance('a', seq));
  expect(transcriptItems(lines, []).map(({ kind }) => kind)).toEqual(['line', 'line', 'line']);
});

test('a line whose number another one has stands beside it', () => {
  const [first, second] = [utterance('a', 2), utterance('a', 3)];
  const twin = { ...first, text: 'other words', conflict: 'c0ffee' };
  const items = transcriptItems([utterance('a', 1), first, twin, second], []);
  expect(items.map(({ key }) => key)).toEqual(['1', '2', '2-c0ffee', '3']);
});
