import { defaultRules } from '#core/rules/defaults.ts';
import { changesOf, checkedDraft, draftOf, idOf, newDraft, putOf } from './draft.ts';

const [first] = defaultRules;
if (!first) throw new Error('No default rules');

test.each([
  ['Legal threat', 'legal-threat'],
  ['  Über: 3× "No"!', 'uber-3-no'],
  ['???', ''],
  ['a'.repeat(63) + ' b', 'a'.repeat(63)],
])('the id of %j is %j', (name, id) => {
  expect(idOf(name)).toBe(id);
});

test('a draft of a stored rule is that rule, and changes nothing', () => {
  expect(checkedDraft(draftOf(first))).toEqual({ rule: first });
  expect(changesOf(draftOf(first), draftOf(first))).toEqual([]);
});

test('a new draft says what is still missing', () => {
  const checked = checkedDraft(newDraft);
  const fields = 'problems' in checked ? checked.problems.map(({ field }) => field) : [];
  expect(fields).toEqual(expect.arrayContaining(['ruleId', 'name', 'condition.phrases']));
});

test('changes name each field once, with what was and what will be', () => {
  const before = { ...draftOf(first), condition: { type: 'phrase', phrases: ['cancel'], ignore: ['hold'] } as const };
  const after = {
    ...before,
    enabled: false,
    scope: { campaigns: ['Retention'] },
    condition: { type: 'phrase', phrases: ['cancel', 'refund'] } as const,
  };
  expect(changesOf(before as never, after as never)).toEqual([
    { field: 'enabled', before: 'true', after: 'false' },
    { field: 'scope.campaigns', after: 'Retention' },
    { field: 'condition.phrases', before: 'cancel', after: 'cancel, refund' },
    { field: 'condition.ignore', before: 'hold' },
  ]);
});

test('a save carries the version that was opened, and not the id', () => {
  expect(putOf(first, 0)).toMatchObject({ version: 0, name: first.name });
  expect(putOf(first, 0)).not.toHaveProperty('ruleId');
});
