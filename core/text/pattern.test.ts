import fc from 'fast-check';
import { hostileText } from './hostile-text.ts';
import { isPattern, parsePattern, parseSurroundings, PatternError, readablePhrase } from './pattern.ts';
import { phraseFinder } from './phrases.ts';
import { WORD_CLASSES } from './word-classes.ts';

const found = (phrase: string, text: string, ignore?: string[]) =>
  phraseFinder([phrase], ignore)(text).map((match) => match.text);
const problem = (phrase: string, parse: (text: string) => unknown = parsePattern) => {
  try {
    parse(phrase);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
};

describe('a phrase with signs', () => {
  it.each([
    ['close|end my account', 'close, or end my account', ['close', 'end my account']],
    ['(close|end) my account', 'ending my account', ['ending my account']],
    ['close [my|the] account', 'close account, close the account', ['close account', 'close the account']],
    ['close * account', 'close that account', ['close that account']],
    ['close * account', 'close account', []],
    ['close *2 account', 'close account, close my old account', ['close account', 'close my old account']],
    ['close *2 account', 'close my very old account', []],
    ['not *2 good', 'not now, good', []],
    ['not *2 good', 'not this but good', []],
    ['=had it', 'I have it, I had it', ['had it']],
    ['cancel {end}', 'I want to cancel. Cancel the order.', ['cancel']],
    ['{start} no', 'no, I say no', ['no']],
    ['{start} no', 'well but no', ['no']],
    ['call {capital}', 'I will call Rob or call her', ['call Rob']],
    ['{capital}', 'Call me at Elm Court. I am here', ['Elm', 'Court']],
    ['not {my} fault', 'not our fault', ['not our fault']],
    ['((give|hand) [it] back|return) [the] money', 'give it back the money', ['give it back the money']],
  ])('"%s" in "%s" finds %j', (phrase, text, expected) => {
    expect(found(phrase, text)).toEqual(expected);
  });

  it('has exceptions that name what stands before or after the phrase, within the clause', () => {
    const ignore = ['not *2 …', '… [the] hold', 'my … said'];
    expect(found('cancel', "don't ever cancel", ignore)).toEqual([]);
    expect(found('cancel', 'not now, cancel', ignore)).toEqual(['cancel']);
    expect(found('cancel', 'cancel the hold and cancel it', ignore)).toEqual(['cancel']);
    expect(found('manager', 'my manager said so', ignore)).toEqual([]);
    expect(found('manager', 'my manager, the manager said so', ignore)).toEqual(['manager', 'manager']);
  });

  it.each([
    ['(close|end', '“(” needs a “)”.'],
    ['close)', '“)” closes nothing.'],
    ['close [ ] it', 'Give a word between “[]”.'],
    ['close||end', 'Give a word on both sides of “|”.'],
    ['close {acount}', 'There is no word class {acount}.'],
    ['close {}', 'A word class stands in braces'],
    ['* account', 'A phrase begins with a word'],
    ['[*] account', 'A phrase begins with a word'],
    ['[my]', 'A phrase must have a word that may not be absent.'],
    ['{start}', 'A phrase must have a word or a number in it.'],
    ['a *9 b', 'Give “*1” to “*5”'],
    ['???', 'A phrase must have a word or a number in it.'],
    [`${'('.repeat(20)}a${')'.repeat(20)}`, 'Too many brackets'],
    [`a ${'*5 '.repeat(20)}`, 'A phrase may be 40 words long at most.'],
  ])('says of "%s" what to do', (phrase, message) => {
    expect(problem(phrase)).toContain(message);
  });

  it('says of an exception what to do', () => {
    expect(problem('…', parseSurroundings)).toBe('Give a word before or after “…”.');
    expect(problem('… or …', parseSurroundings)).toContain('once');
  });

  it('parses or explains any text, and keeps the words of a phrase that cannot be read', () => {
    const signs = fc.array(fc.constantFrom('(', ')', '[', ']', '|', '{', '}', '*', '*3', '=', '…', ' ', 'a', '{my}'));
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText,
          signs.map((some) => some.join('')),
        ),
        (text) => {
          const message = problem(text);
          if (message !== undefined) expect(message).toMatch(/\.$/);
          const plain = readablePhrase(text);
          if (message === undefined) expect(plain).toBe(text);
          else if (!parseable(text)) expect(isPattern(plain)).toBe(false);
        },
      ),
    );
  });

  it('keeps its classes readable', () => {
    for (const name of Object.keys(WORD_CLASSES)) expect([name, problem(`{${name}}`)]).toEqual([name, undefined]);
  });
});

function parseable(text: string): boolean {
  return problem(text, (one) => parseSurroundings(one) ?? parsePattern(one)) === undefined;
}
