import { searchIn } from '../session/search-fields.ts';
import { historyFields } from './history-query.ts';
import { choicesOf, nameOf } from './search-choices.ts';

const nothing = searchIn(historyFields, {});
const names = { agents: [{ id: '7', name: 'Dana W.' }, { id: '8' }], campaigns: ['SALES'] };
const rules = [
  { ruleId: 'z', name: 'Leaving' },
  { ruleId: 'legal', name: 'Legal threat' },
  { ruleId: 'a', name: 'Angry' },
];

test('agents, campaigns and rules are picked by name', () => {
  const choices = choicesOf(names, rules, nothing);
  expect(choices.agent).toEqual([
    { value: '7', label: 'Dana W. (7)' },
    { value: '8', label: '8' },
  ]);
  expect(choices.rule.map(({ label }) => label)).toEqual(['Angry', 'Leaving', 'Legal threat']);
});

test('what is searched for can be seen before the names are known, and after they are gone', () => {
  const searched = { ...nothing, agent: '99', rule: 'gone' };
  expect(choicesOf(undefined, [], searched)).toEqual({
    agent: [{ value: '99', label: '99' }],
    campaign: [],
    rule: [{ value: 'gone', label: 'gone' }],
  });
  expect(choicesOf(names, rules, { ...nothing, agent: '7' }).agent).toHaveLength(2);
});

test('a search is named after what it looks for', () => {
  const search = { ...nothing, words: 'my lawyer', agent: '7', rule: 'legal', from: '2026-03-01' };
  expect(nameOf(search, choicesOf(names, rules, search))).toBe('“my lawyer”, Dana W. (7), Legal threat, 2026-03-01');
  expect(nameOf(nothing, choicesOf(names, rules, nothing))).toBe('');
});
