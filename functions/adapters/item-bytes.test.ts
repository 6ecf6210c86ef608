import { itemBytes } from './item-bytes.ts';

describe('itemBytes', () => {
  it.each([
    [{ PK: 'CALL#1' }, 2 + 6],
    [{ ü: 'ü' }, 2 + 2],
    [{ at: 1_795_399_200_000 }, 2 + 8],
    [{ score: -0.5719 }, 5 + 4],
    [{ on: true, off: undefined, nothing: null }, 2 + 1 + 7 + 1],
    [{ packed: new Uint8Array(100) }, 6 + 100],
    [{ topics: new Set(['a', 'bc']) }, 6 + 3],
    [{ list: ['a', 'b'] }, 4 + 3 + 2 + 2],
    [{ map: { a: 'b' } }, 3 + 3 + 1 + 2],
  ])('of %p', (item, expected) => {
    expect(itemBytes(item)).toBe(expected);
  });
});
