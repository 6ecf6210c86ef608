import { callSummary, withMood } from '../live/example.ts';
import { overviewOf } from './overview.ts';
import type { CallRow } from '../live/screen.ts';

function row(fields: Partial<CallRow['call']>, rest: Partial<CallRow> = {}): CallRow {
  return { call: callSummary('a', fields), health: { kind: 'hearing' }, lengthMs: 0, ...rest };
}

test('content and heard calls without alerts are all quiet', () => {
  expect(overviewOf([row(withMood(0.2)), row({})], 0)).toEqual({
    liveCalls: 2,
    withAlerts: 0,
    unheard: 0,
    waiting: 0,
    mood: 0.2,
    isQuiet: true,
  });
});

test.each([
  ['an open alert', row({ openLevel: 'warning' })],
  ['an unhappy caller', row(withMood(-0.3))],
  ['a side that is not heard', row({}, { health: { kind: 'unheard', channel: 'agent', ms: 12_000 } })],
  ['a lost call', row({}, { over: { at: 0, reason: 'lost' } })],
])('%s breaks the quiet', (_, loud) => {
  expect(overviewOf([row({}), loud], 0).isQuiet).toBe(false);
});

test('an alert that waits breaks the quiet, though its call has ended', () => {
  expect(overviewOf([row({})], 1)).toMatchObject({ withAlerts: 0, waiting: 1, isQuiet: false });
});

test('a floor without calls is empty, not quiet', () => {
  expect(overviewOf([], 0).isQuiet).toBe(false);
});
