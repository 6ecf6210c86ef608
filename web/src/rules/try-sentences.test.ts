import { defaultRules } from '#core/rules/defaults.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
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

describe('a compound rule', () => {
  const part = (channel: 'agent' | 'caller', phrase: string) => ({
    conditions: [{ channel, condition: { type: 'phrase' as const, phrases: [phrase] } }],
  });
  const notOffered = exampleRule({
    type: 'all',
    parts: [part('caller', 'manager'), { not: true, ...part('agent', 'put you through') }],
    withinMs: 30_000,
  });

  test('shows the truth of each part at each line, and what becomes of it when nothing more is said', () => {
    const tried = trySentences(notOffered, ['hello', 'your manager please']);
    expect(tried.map(({ fired, parts }) => [fired, parts?.map(({ holds }) => holds)])).toEqual([
      [false, [false, true]],
      [false, [true, true]],
      [true, [true, true]],
    ]);
    // Nothing is proven yet: the line is quiet.
    expect(tried[1]?.parts?.[1]?.explanation).toBe('agent: no “put you through” so far');
    expect(tried[2]).toMatchObject({
      isEnd: true,
      explanation: 'caller: said “manager”; agent: no “put you through” within 30 s',
    });
  });

  test('tells the sides apart by what stands before a line', () => {
    const tried = trySentences(notOffered, ['your manager please', 'Agent: I put you through']);
    expect(tried.map(({ fired, text }) => [fired, text])).toEqual([
      [false, 'your manager please'],
      [false, 'I put you through'],
      [false, ''],
    ]);
    expect(tried[1]?.parts?.map(({ holds }) => holds)).toEqual([true, false]);
  });

  test('without an absence fires on the line that completes it', () => {
    const both = exampleRule({ type: 'all', parts: [part('caller', 'manager'), part('agent', 'sorry')] });
    const tried = trySentences(both, ['your manager', 'agent: sorry']);
    expect(tried.map(({ fired }) => fired)).toEqual([false, true]);
    expect(tried[1]?.matches).toEqual([{ text: 'sorry', start: 0, end: 5 }]);
  });
});
