import { spellOut } from './contractions.ts';

describe('spellOut', () => {
  it.each([
    ["don't", 'do not'],
    ['dont', 'do not'],
    ["doesn't", 'does not'],
    ["can't", 'can not'],
    ['cannot', 'can not'],
    ["won't", 'will not'],
    ["i'm", 'i am'],
    ['im', 'i am'],
    ["you've", 'you have'],
    ["i'd", 'i would'],
    ["couldn't've", 'could not have'],
    ["it's", 'it is'],
    ["manager's", 'manager'],
    ["o'clock", "o'clock"],
    ['dunno', 'do not know'],
    ['wanna', 'want to'],
    ['want', 'want'],
    ['constructor', 'constructor'],
    ["x'constructor", "x'constructor"],
  ])('reads %s as %s', (word, words) => {
    expect(spellOut(word).join(' ')).toBe(words);
  });
});
