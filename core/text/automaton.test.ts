import fc from 'fast-check';
import { automatonOf, type Occurrence } from './automaton.ts';

const keyed = (words: readonly string[]) => words.map((key) => ({ key }));
const sorted = (found: readonly Occurrence[]) =>
  found
    .map(({ pattern, from, to }) => [pattern, from, to])
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

/** Tries each pattern at each place. */
function slowly(patterns: readonly (readonly string[])[], words: readonly string[]): Occurrence[] {
  return patterns.flatMap((pattern, index) =>
    words.flatMap((_, from) => {
      const to = from + pattern.length;
      const fits = pattern.length > 0 && to <= words.length && pattern.every((word, at) => words[from + at] === word);
      return fits ? [{ pattern: index, from, to }] : [];
    }),
  );
}

describe('automatonOf', () => {
  it('finds patterns inside of one another', () => {
    const find = automatonOf([['a', 'b', 'c'], ['b'], ['b', 'c', 'd']]);
    expect(sorted(find(keyed(['a', 'b', 'c', 'd'])))).toEqual([
      [0, 0, 3],
      [1, 1, 2],
      [2, 1, 4],
    ]);
  });

  it('finds what trying each pattern at each place finds', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const patterns = fc.array(fc.array(word, { maxLength: 5 }), { maxLength: 12 });
    fc.assert(
      fc.property(patterns, fc.array(word, { maxLength: 40 }), (some, words) => {
        expect(sorted(automatonOf(some)(keyed(words)))).toEqual(sorted(slowly(some, words)));
      }),
      { numRuns: 500 },
    );
  });

  it('takes at most two steps a word, however many patterns there are and however alike they are', () => {
    const alike = Array.from({ length: 200 }, (_, at) => [...Array<string>(20).fill('a'), `b${at}`]);
    const find = automatonOf([...alike, ...Array.from({ length: 5_000 }, (_, at) => [`w${at % 70}`, `w${at % 71}`])]);
    const words = keyed(Array.from({ length: 1_000 }, (_, at) => (at % 50 === 49 ? 'w1' : 'a')));
    const steps = jest.spyOn(Map.prototype, 'get');
    find(words);
    const taken = steps.mock.calls.length;
    steps.mockRestore();
    expect(taken).toBeGreaterThanOrEqual(1_000);
    expect(taken).toBeLessThanOrEqual(2_000);
  });
});
