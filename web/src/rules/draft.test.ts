import { defaultRules } from '#core/rules/defaults.ts';
import { changesOf, checkedDraft, draftOf, idOf, newDraft, putOf, withCondition } from './draft.ts';

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

test('another condition puts right what it does not go with, and nothing else', () => {
  const draft = { ...newDraft, name: 'Quiet', channel: 'any' as const };
  expect(withCondition(draft, { type: 'dead-air', afterMs: 20_000 })).toMatchObject({ channel: 'any', cooldownMs: 0 });
  const bySide = withCondition(draft, { type: 'interruptions', count: 3, withinMs: 60_000 });
  expect(bySide).toMatchObject({ channel: 'caller', cooldownMs: 60_000 });
  expect(checkedDraft({ ...bySide, ruleId: 'quiet' })).toHaveProperty('rule');
});

test('changes name each field once, with what was and what will be', () => {
  const before = {
    ...draftOf(first),
    level: 'warning' as const,
    cooldownMs: 0,
    condition: { type: 'phrase', phrases: ['cancel'], ignore: ['hold'] } as const,
  };
  const after = {
    ...before,
    enabled: false,
    cooldownMs: 90_000,
    level: 'critical' as const,
    scope: { campaigns: ['Retention'] },
    condition: { type: 'phrase', phrases: ['cancel', 'refund'] } as const,
  };
  expect(changesOf(before as never, after as never)).toEqual([
    { field: 'enabled', before: 'true', after: 'false' },
    { field: 'scope.campaigns', after: 'Retention' },
    { field: 'level', before: 'warning', after: 'critical' },
    { field: 'cooldownMs', before: '0 s', after: '90 s' },
    { field: 'condition.phrases', before: 'cancel', after: 'cancel, refund' },
    { field: 'condition.ignore', before: 'hold' },
  ]);
});

test('a save carries the version that was opened, and not the id', () => {
  expect(putOf(first, 0)).toMatchObject({ version: 0, name: first.name });
  expect(putOf(first, 0)).not.toHaveProperty('ruleId');
});
