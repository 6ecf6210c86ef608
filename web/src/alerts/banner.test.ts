import type { Alert } from '#core/alert.ts';
import { bannerAlerts } from './banner.ts';
import { applyAlerts, emptyBoard } from '../live/board.ts';
import { alertOn, STARTED_AT } from '../live/example.ts';

const at = (seq: number) => STARTED_AT + seq * 1000;

function shown(now: number, ...alerts: Alert[]): number[] {
  return bannerAlerts(applyAlerts(emptyBoard, alerts), now).map(({ seq }) => seq);
}

test('a warning leaves after 30 s, an urgent alert stays', () => {
  const alerts = [alertOn('a', 1), { ...alertOn('a', 2), level: 'urgent' as const }];
  expect(shown(at(30), ...alerts)).toEqual([2, 1]);
  expect(shown(at(31), ...alerts)).toEqual([2]);
  expect(shown(at(31 * 60), ...alerts)).toEqual([2]);
});

test('what is handled leaves at once', () => {
  const urgent = { ...alertOn('a', 2, 'acknowledged'), level: 'urgent' as const };
  expect(shown(at(3), urgent)).toEqual([]);
});

test('coaching and compliance never come into the banner', () => {
  expect(shown(at(1), { ...alertOn('a', 1), kind: 'coaching' }, { ...alertOn('b', 1), kind: 'compliance' })).toEqual(
    [],
  );
});

test('the gravest comes first, then the newest', () => {
  const critical = { ...alertOn('a', 1), level: 'critical' as const };
  expect(shown(at(5), alertOn('a', 2), alertOn('a', 3), critical)).toEqual([1, 3, 2]);
});

test('what only follows an alert does not ring again', () => {
  expect(shown(at(3), alertOn('a', 1), { ...alertOn('a', 2), follows: alertOn('a', 1).alertId })).toEqual([1]);
});
