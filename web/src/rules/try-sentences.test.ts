import { defaultRules } from '#core/rules/defaults.ts';
import { trySentences } from './try-sentences.ts';

function rule(ruleId: string) {
  const found = defaultRules.find((known) => known.ruleId === ruleId);
  if (!found) throw new Error(ruleId);
  return found;
}

test('a phrase is found with its place, and its exceptions are not', () => {
  const tried = trySentences(rule('keywords'), ['I want to cancel.', 'Please cancel the hold.', 'I want to cancel!']);
  expect(tried.map(({ fired }) => fired)).toEqual([true, false, true]);
  expect(tried[0]?.matches).toEqual([{ text: 'cancel', start: 10, end: 16 }]);
});

test('sentences follow one another in one call', () => {
  const bad = 'This is terrible and awful.';
  expect(trySentences(rule('negative-trend'), [bad, bad, bad]).map(({ fired }) => fired)).toEqual([false, false, true]);
});

test('a rule that is off, or for one campaign, can be tried all the same', () => {
  const off = { ...rule('keywords'), enabled: false, scope: { campaigns: ['Retention'] } };
  expect(trySentences(off, ['a refund please'])[0]).toMatchObject({ fired: true, explanation: 'said “refund”' });
});
