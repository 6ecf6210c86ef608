import type { AlertRow } from '#core/contracts/http/alerts.ts';
import { openCallCount, queueOf } from './alert-queue.ts';
import { applyAlerts, emptyBoard } from '../live/board.ts';
import { alertOn, callSummary } from '../live/example.ts';

function row(seq: number, fields: Partial<AlertRow> = {}): AlertRow {
  const { startedAt, status, metadata } = callSummary('a');
  return { ...alertOn('a', seq), call: { startedAt, status, metadata }, ...fields };
}

test('open alerts come first by urgency, then acknowledged ones, then resolved ones', () => {
  const rows = [
    row(1, { state: 'resolved', handling: { version: 1 } }),
    row(2, { state: 'acknowledged', handling: { version: 1 } }),
    row(3),
    row(4),
    row(5, { level: 'critical', raisedAt: 0 }),
  ];
  expect(queueOf(rows, emptyBoard, 'alerts').map(({ alert }) => alert.seq)).toEqual([5, 4, 3, 2, 1]);
});

test('the newer of the fetched and the live one counts, whichever it is', () => {
  const live = applyAlerts(emptyBoard, [alertOn('a', 1, 'acknowledged'), alertOn('a', 2)]);
  const fetched = [row(1), row(2, { state: 'resolved', handling: { version: 3 } })];
  expect(queueOf(fetched, live, 'alerts').map(({ alert }) => [alert.seq, alert.state])).toEqual([
    [1, 'acknowledged'],
    [2, 'resolved'],
  ]);
});

test('each kind has its pile', () => {
  const rows = [row(1, { kind: 'health' }), row(2, { kind: 'coaching' }), row(3, { kind: 'compliance' })];
  expect(
    (['alerts', 'compliance', 'coaching'] as const).map((desk) => queueOf(rows, emptyBoard, desk)[0]?.alert.seq),
  ).toEqual([1, 3, 2]);
});

test('calls with open alerts are counted, each once', () => {
  const board = applyAlerts(emptyBoard, [
    alertOn('a', 1),
    alertOn('a', 2),
    alertOn('a', 3, 'resolved'),
    alertOn('b', 1, 'acknowledged'),
    alertOn('c', 1),
    { ...alertOn('d', 3), kind: 'coaching' },
  ]);
  expect((['alerts', 'compliance', 'coaching'] as const).map((desk) => openCallCount(board, desk))).toEqual([2, 0, 1]);
});

test('an alert has its place by the state that it is asked for', () => {
  const rows = [row(1, { state: 'resolved', handling: { version: 1 } }), row(2, { level: 'warning', raisedAt: 0 })];
  const seqs = queueOf(rows, emptyBoard, 'alerts', () => 'open').map(({ alert }) => alert.seq);
  expect(seqs).toEqual([1, 2]);
});

test('a follow-up is neither listed nor counted', () => {
  const alerts = [alertOn('a', 1), { ...alertOn('b', 2), follows: alertOn('b', 1).alertId }];
  const board = applyAlerts(emptyBoard, alerts);
  expect(queueOf([], board, 'alerts').map(({ alert }) => alert.seq)).toEqual([1]);
  expect(openCallCount(board, 'alerts')).toBe(1);
});
