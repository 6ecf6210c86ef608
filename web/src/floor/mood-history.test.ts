import { withSample, type MoodSample } from './mood-history.ts';

function sampled(everyMs: number, times: number): readonly MoodSample[] {
  return Array.from({ length: times }, (_, index) => index).reduce<readonly MoodSample[]>(
    (history, index) => withSample(history, index / times, index * everyMs),
    [],
  );
}

test('a sample is taken every 15 s, however often the mood changes', () => {
  expect(sampled(1000, 31).map(({ at }) => at)).toEqual([0, 15_000, 30_000]);
});

test('a quarter of an hour is kept', () => {
  expect(sampled(15_000, 100)).toHaveLength(60);
});

test('a floor where nobody has spoken has no mood', () => {
  expect(withSample([], undefined, 0)).toEqual([]);
});
