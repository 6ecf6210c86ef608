import type { CallSummary } from '#core/call/summary.ts';
import { callSummary, STARTED_AT, withMood } from '../live/example.ts';
import { byRisk } from './risk.ts';

const sorted = (...calls: CallSummary[]) => calls.toSorted(byRisk).map(({ callId }) => callId);

test('open level counts first, then mood, then falling trend, then length', () => {
  expect(
    sorted(
      callSummary('short', { ...withMood(0), startedAt: STARTED_AT + 60_000 }),
      callSummary('long', withMood(0)),
      callSummary('falling', withMood(0, -0.3)),
      callSummary('unhappy', withMood(-0.4)),
      callSummary('warned', { ...withMood(0.9), openLevel: 'warning' }),
      callSummary('critical', { ...withMood(0.9), openLevel: 'critical' }),
    ),
  ).toEqual(['critical', 'warned', 'unhappy', 'falling', 'long', 'short']);
});

test('what is over comes last, whatever it was', () => {
  expect(sorted(callSummary('over', { status: 'ended', openLevel: 'critical' }), callSummary('live'))).toEqual([
    'live',
    'over',
  ]);
});

test('moods that look the same do not decide', () => {
  expect(sorted(callSummary('b', withMood(-0.301)), callSummary('a', withMood(-0.299)))).toEqual(['a', 'b']);
});
