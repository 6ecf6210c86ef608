import { callSummary } from '../live/example.ts';
import { choicesOf, isNarrowed, matchesSearch, noFilters, passes } from './filters.ts';
import type { CallRow } from '../live/screen.ts';

const dana = callSummary('a', {
  metadata: { agent: { id: '6001', name: 'Dana W.' }, caller: { number: '+4915112344567' }, campaign: 'Retention' },
  openLevel: 'urgent',
});
const sam = callSummary('b', { metadata: { agent: { id: '6002' }, campaign: 'Billing' } });
const unknown = callSummary('c');

function shown(filters: Partial<typeof noFilters>): string[] {
  return [dana, sam, unknown].filter((call) => passes({ ...noFilters, ...filters }, call)).map(({ callId }) => callId);
}

test('nothing chosen shows all', () => {
  expect(shown({})).toEqual(['a', 'b', 'c']);
  expect(isNarrowed(noFilters)).toBe(false);
});

test('campaign, agent and text narrow, alone and together', () => {
  expect(shown({ campaign: 'Billing' })).toEqual(['b']);
  expect(shown({ agent: '6001' })).toEqual(['a']);
  expect(shown({ text: 'retention' })).toEqual(['a']);
  expect(shown({ agent: '6001', campaign: 'Billing' })).toEqual([]);
  expect(isNarrowed({ ...noFilters, agent: '6001' })).toBe(true);
});

test('a level shows the calls with that level or a higher one', () => {
  expect(shown({ level: 'warning' })).toEqual(['a']);
  expect(shown({ level: 'urgent' })).toEqual(['a']);
  expect(shown({ level: 'critical' })).toEqual([]);
});

test('a search finds every word anywhere in the row, and of a number only what is shown', () => {
  expect(['dana', 'RETENTION dana', '4567', ''].map((search) => matchesSearch(dana, search))).not.toContain(false);
  expect(['sam', 'dana sales', '15112'].map((search) => matchesSearch(dana, search))).not.toContain(true);
});

test('the choices are those on the floor, and what is chosen stays when it has left', () => {
  const rows = [dana, sam, unknown].map((call): CallRow => ({ call, health: { kind: 'hearing' }, lengthMs: 0 }));
  expect(choicesOf(rows, { ...noFilters, campaign: 'Sales' })).toEqual({
    campaigns: ['Billing', 'Retention', 'Sales'].map((name) => ({ value: name, label: name })),
    agents: [
      { value: '6002', label: '6002' },
      { value: '6001', label: 'Dana W.' },
    ],
  });
});
