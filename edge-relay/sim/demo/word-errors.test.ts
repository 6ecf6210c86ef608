import { comparableWords, wordErrors } from './word-errors.ts';

describe('word errors', () => {
  it.each([
    ['the same', 'cancel my account', 'Cancel my account.', 0],
    ['a word replaced', 'cancel my account', 'cancel the account', 1],
    ['a word dropped', 'cancel my account', 'cancel account', 1],
    ['words put in', 'cancel my account', 'please cancel my own account', 2],
    ['nothing recognized', 'cancel my account', '', 3],
    ['nothing said', '', 'hello', 1],
  ])('counts %s', (_what, said, recognized, errors) => {
    expect(wordErrors(comparableWords(said), comparableWords(recognized))).toBe(errors);
  });
});
