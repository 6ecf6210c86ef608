import type { AlertRow } from '#core/contracts/http/alerts.ts';
import type { Alert } from '#core/alert.ts';
import { emptyBoard } from '../live/board.ts';
import { alertOn, callSummary } from '../live/example.ts';
import { searchIn } from '../session/search-fields.ts';
import { queueOf } from './alert-queue.ts';
import { callGroups, choicesOf, listFields, type ListSearch } from './call-groups.ts';

const me = { sub: 'u-1', name: 'Ada' };

function row(callId: string, seq: number, fields: Partial<Alert> = {}): AlertRow {
  const metadata = { agent: { id: callId, name: `Agent ${callId}` }, campaign: callId === 'a' ? 'SALES' : 'SAVE' };
  const { startedAt, status } = callSummary(callId);
  return { ...alertOn(callId, seq), call: { startedAt, status, metadata }, ...fields };
}

function groups(rows: readonly AlertRow[], filters: Partial<ListSearch> = {}) {
  return callGroups(
    queueOf(rows, emptyBoard, 'alerts'),
    { ...searchIn(listFields, {}), ...filters },
    {
      isMine: ({ handling }) => handling?.assignee?.sub === me.sub,
      stateOf: ({ state }) => state,
    },
  );
}

const legal = { ruleId: 'legal', ruleName: 'Legal threat', ruleVersion: 1, explanation: 'said', matches: [] };
const rows = [
  row('a', 1),
  row('a', 2, { level: 'critical', reasons: [{ ...legal, level: 'critical' }] }),
  row('b', 3, { state: 'acknowledged', handling: { version: 1, assignee: me } }),
  row('b', 4, { level: 'urgent' }),
  row('c', 5, { state: 'resolved', handling: { version: 1 } }),
];
const shown = (filters: Partial<ListSearch> = {}) =>
  groups(rows, filters).map(({ callId, lead }) => [callId, lead.seq]);

test('a call is one row with its most severe alert, open ones before handled ones', () => {
  expect(shown()).toEqual([
    ['a', 2],
    ['b', 4],
    ['c', 5],
  ]);
  expect(groups(rows)[0]?.alerts.map(({ seq }) => seq)).toEqual([2, 1]);
});

test.each<[Partial<ListSearch>, [string, number][]]>([
  [{ level: 'critical' }, [['a', 2]]],
  [
    { level: 'urgent' },
    [
      ['a', 2],
      ['b', 4],
    ],
  ],
  [{ rule: 'legal' }, [['a', 2]]],
  [{ agent: 'b' }, [['b', 4]]],
  [{ campaign: 'SALES' }, [['a', 2]]],
  [{ mine: 'yes' }, [['b', 3]]],
  [
    { unhandled: 'yes' },
    [
      ['a', 2],
      ['b', 4],
    ],
  ],
  [{ level: 'urgent', mine: 'yes' }, []],
  [
    { level: 'no level', rule: '' },
    [
      ['a', 2],
      ['b', 4],
      ['c', 5],
    ],
  ],
])('%j', (filters, expected) => {
  expect(shown(filters)).toEqual(expected);
});

test('the row shows the most severe reason, or the one of the rule that is asked for', () => {
  const mild = { ...legal, ruleId: 'keywords', ruleName: 'Keywords', level: 'warning' as const };
  const both = [row('a', 1, { level: 'urgent', reasons: [mild, { ...legal, level: 'urgent' }] })];
  expect(groups(both)[0]?.reason?.ruleName).toBe('Legal threat');
  expect(groups(both, { rule: 'keywords' })[0]?.reason?.ruleName).toBe('Keywords');
});

test('the alerts that do not fit stay in the row of their call', () => {
  expect(groups(rows, { rule: 'legal' })[0]?.alerts).toHaveLength(2);
});

test.each([
  ['newest', ['c', 'b', 'a']],
  ['oldest', ['a', 'b', 'c']],
  ['agent', ['a', 'b', 'c']],
  ['anything', ['a', 'b', 'c']],
])('sorted by %s', (sort, expected) => {
  expect(groups(rows, { sort }).map(({ callId }) => callId)).toEqual(expected);
});

test('rules, agents and campaigns have names, and what is chosen stays', () => {
  const choices = choicesOf(queueOf(rows, emptyBoard, 'alerts'), { ...searchIn(listFields, {}), agent: '99' });
  expect(choices.rule.map(({ label }) => label)).toEqual(['Keywords', 'Legal threat']);
  expect(choices.agent.map(({ label }) => label)).toEqual(['99', 'Agent a', 'Agent b', 'Agent c']);
  expect(choices.campaign.map(({ value }) => value)).toEqual(['SALES', 'SAVE']);
});
