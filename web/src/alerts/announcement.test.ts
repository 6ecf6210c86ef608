import type { Alert } from '#core/alert.ts';
import { announcementOf } from './announcement.ts';
import { applyAlerts, emptyBoard } from '../live/board.ts';
import { alertOn } from '../live/example.ts';

const urgent: Alert = { ...alertOn('a', 2), level: 'urgent' };

function announced(...alerts: Alert[]) {
  return announcementOf(applyAlerts(emptyBoard, alerts), alerts);
}

test('the gravest is named, whichever came first', () => {
  const one = announced(alertOn('a', 1), urgent, alertOn('b', 3));
  expect(one).toEqual({ title: 'Urgent alert: Keywords. And 2 more alerts.', detail: 'said', level: 'urgent' });
  expect(announced(urgent)?.title).toBe('Urgent alert: Keywords');
});

test('what somebody handled meanwhile is no news', () => {
  const board = applyAlerts(emptyBoard, [{ ...urgent, state: 'acknowledged' }, alertOn('a', 1)]);
  expect(announcementOf(board, [urgent, alertOn('a', 1)])?.title).toBe('Warning alert: Keywords');
  expect(announcementOf(board, [urgent])).toBeUndefined();
});

test('the agent is named, also of a call that has left the board', () => {
  const metadata = { agent: { id: '7', name: 'Dana' } };
  const board = applyAlerts(emptyBoard, [{ ...urgent, call: { startedAt: 0, status: 'ended', metadata } }]);
  expect(announcementOf(board, [urgent])?.title).toBe('Urgent alert, Dana: Keywords');
});
