import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';

const rule = exampleRule({
  type: 'phrase',
  phrases: ['cancel', 'manager', "you don't care"],
  ignore: ['cancel the hold', 'account manager'],
});
const reasonFor = (text: string) => alertsOf([rule], { seq: 1, text })[0]?.reasons[0];

describe('phrase', () => {
  it('quotes and marks what was said', () => {
    expect(reasonFor('I am cancelling, get me the Manager. Manager!')).toMatchObject({
      explanation: 'said “cancelling”, “Manager”',
      matches: [{ start: 5 }, { start: 28 }, { start: 37 }],
    });
  });

  it('matches contractions', () => {
    expect(reasonFor('you do not care')?.explanation).toBe('said “you do not care”');
  });

  it('does not fire where the words mean something else', () => {
    expect(reasonFor('please cancel the hold, says my account manager')).toBeUndefined();
    expect(reasonFor('a cancellation fee')).toBeUndefined();
  });
});
