/** @jest-environment jsdom */
import { defaultRules } from '#core/rules/defaults.ts';
import { contradictionsOf } from '#core/rules/parse.ts';
import type { Condition } from '#core/rules/rule.ts';
import { conditionForms } from './condition-forms.ts';
import { changesOf, checkedDraft, draftOf, idOf, isTimed, newDraft, putOf, withCondition, withKind } from './draft.ts';

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

const kinds = Object.keys(conditionForms) as Condition['type'][];

test.each(kinds.flatMap((from) => kinds.map((to) => [from, to] as const)))(
  'from %s to %s and back each condition has its own side and cooldown',
  (from, to) => {
    const start = withKind({ ...newDraft, name: 'Any' }, from, newDraft);
    const there = withKind(start, to, newDraft);
    const { channel, cooldownMs, initial } = conditionForms[to];
    if (to !== newDraft.condition.type) {
      expect(there).toMatchObject({ channel, condition: initial, cooldownMs: isTimed(initial) ? 0 : cooldownMs });
    }
    expect(contradictionsOf(there)).toEqual([]);
    expect(withKind(there, from, newDraft)).toEqual(start);
  },
);

test.each(kinds)('%s can listen to each side that its form offers', (type) => {
  const draft = withKind(newDraft, type, newDraft);
  for (const channel of conditionForms[type].channels) expect(contradictionsOf({ ...draft, channel })).toEqual([]);
  expect(conditionForms[type].channels).toContain(conditionForms[type].channel);
});

test('the condition with which a rule was opened comes back as it was', () => {
  const opened = { ...draftOf(first), channel: 'agent' as const, cooldownMs: 90_000 };
  const there = withKind(opened, 'not-said-within', opened);
  expect(there).toMatchObject({ channel: 'agent', cooldownMs: 0 });
  expect(withKind(there, opened.condition.type, opened)).toEqual(opened);
});

test('a compound rule has a cooldown as long as time does not decide', () => {
  const awaits = withKind(newDraft, 'all', newDraft);
  expect(awaits.cooldownMs).toBe(0);
  const { initial } = conditionForms.all;
  const without = withCondition(awaits, { ...initial, parts: initial.parts.slice(0, 1) });
  expect(without.cooldownMs).toBe(60_000);
  expect(
    withCondition({ ...without, cooldownMs: 5_000 }, { ...initial, parts: initial.parts.slice(0, 1) }),
  ).toHaveProperty('cooldownMs', 5_000);
  expect(withCondition(without, initial).cooldownMs).toBe(0);
});

test('a change of parts is said in words', () => {
  const before = withKind(newDraft, 'all', newDraft);
  const after = withCondition(before, {
    type: 'all',
    parts: [
      { conditions: [{ channel: 'caller', condition: { type: 'phrase', phrases: ['manager'] } }] },
      { not: true, conditions: [{ channel: 'agent', condition: { type: 'profanity' } }] },
    ],
    withinMs: 30_000,
    phase: { type: 'first', lastsMs: 60_000 },
  });
  expect(changesOf(before, after)).toEqual([
    { field: 'condition.parts', before: 'caller: “”; not agent: “”', after: 'caller: “manager”; not agent: swearing' },
    { field: 'condition.phase', after: 'in the first 1 min' },
  ]);
});

test('changes name each field once, with what was and what will be', () => {
  const before = {
    ...draftOf(first),
    enabled: true,
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
