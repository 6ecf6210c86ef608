import type { Alert, Reason } from '#core/alert.ts';
import { applyAlerts, emptyBoard } from '../live/board.ts';
import { alertOn, STARTED_AT } from '../live/example.ts';
import { gravestOf, untakenMs, whyOf } from './why.ts';

function raised(matches: Reason['matches'], fields: Partial<Alert> = {}): Alert {
  const reason: Reason = {
    ruleId: 'legal',
    ruleName: 'Legal threat',
    ruleVersion: 3,
    level: 'critical',
    explanation: 'matches "my lawyer"',
    matches,
  };
  return { ...alertOn('a', 1), level: 'critical', text: 'put me through to my lawyer', reasons: [reason], ...fields };
}

const lawyer = { text: 'my lawyer', start: 18, end: 27 };

test.each([
  ['words within a line', raised([lawyer]), 'Legal threat: … my lawyer'],
  ['the first words of a line', raised([{ ...lawyer, start: 0, end: 9 }]), 'Legal threat: my lawyer'],
  ['words that were found twice', raised([lawyer, { ...lawyer, start: 30, end: 39 }]), 'Legal threat: … my lawyer'],
  ['a line of which no word stands out', raised([]), 'Legal threat: put me through to my lawyer'],
  ['time alone', raised([], { seq: 0, text: '' }), 'Legal threat: matches "my lawyer"'],
])('names the rule and %s', (_, alert, why) => {
  expect(whyOf(alert)).toBe(why);
});

test('of a call’s open alerts the most severe counts, and none that was handled or only follows', () => {
  const alerts = [
    alertOn('a', 1),
    raised([lawyer], { alertId: 'urgent', level: 'urgent' }),
    raised([lawyer], { alertId: 'handled', state: 'acknowledged', handling: { version: 1 } }),
    raised([lawyer], { alertId: 'coaching', kind: 'coaching' }),
    alertOn('b', 4, 'resolved'),
  ];
  const gravest = gravestOf(applyAlerts(emptyBoard, alerts));
  expect([...gravest].map(([callId, { alertId }]) => [callId, alertId])).toEqual([['a', 'urgent']]);
});

test('a critical alert says for how long nobody has taken it, until somebody has', () => {
  const at = STARTED_AT + 1000;
  expect(untakenMs(raised([lawyer]), at + 90_000)).toBe(90_000);
  expect(untakenMs(raised([lawyer], { level: 'urgent' }), at + 90_000)).toBeUndefined();
  const handling = { version: 1, assignee: { sub: 'u-1', name: 'Ada' } };
  expect(untakenMs(raised([lawyer], { handling }), at + 90_000)).toBeUndefined();
});
