import { exampleAlert } from '#core/call/example-call.ts';
import type { Alert } from '#core/alert.ts';
import { alertThreads } from './alert-threads.ts';

const alert = (alertId: string, atMs: number, follows?: string): Alert => ({
  ...exampleAlert,
  alertId,
  atMs,
  ...(follows !== undefined && { follows }),
});
const idsOf = (alerts: Alert[]) =>
  alertThreads(alerts).map((row) => [row.alert.alertId, row.followUps.map(({ alertId }) => alertId)]);

describe('alert rows', () => {
  it('keeps the order of the alerts and puts follow-ups under theirs, in order of time', () => {
    const alerts = [alert('b#9', 900), alert('a#7', 700, 'a#1'), alert('a#3', 300, 'a#1'), alert('a#1', 100)];
    expect(idsOf(alerts)).toEqual([
      ['b#9', []],
      ['a#1', ['a#3', 'a#7']],
    ]);
  });

  it('shows a follow-up by itself while its alert is not there', () => {
    expect(idsOf([alert('a#3', 300, 'a#1')])).toEqual([['a#3', []]]);
  });
});
