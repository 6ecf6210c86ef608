/** @jest-environment jsdom */
import type { Alert } from '#core/alert.ts';
import { alertOn } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { provideAlertDesk } from './alert-desk.ts';
import AlertList from './AlertList.vue';

function list(alerts: readonly Alert[], isFetched = true) {
  const jumps: number[] = [];
  const { page } = mounted(AlertList, {
    props: { alerts, isFetched, onJump: (atMs: number) => jumps.push(atMs) },
    provides: (live) => {
      provideAlertDesk(live, { changeAlert: () => Promise.reject(new Error('Not asked')) }, () => undefined);
    },
  });
  return { page, jumps };
}

test('no alert is said only once the call was fetched', () => {
  expect(list([]).page.text()).toContain('No alert on this call.');
  expect(list([], false).page.text()).toContain('Loading…');
});

test('words that came while a rule cooled down stand in the row of its alert, and each time leads to its words', async () => {
  const lead = alertOn('a', 1);
  const [reason] = lead.reasons;
  const later: Alert = {
    ...alertOn('a', 5),
    follows: lead.alertId,
    reasons: reason ? [{ ...reason, explanation: 'said again' }] : [],
  };
  const { page, jumps } = list([later, lead]);
  expect(page.findAll('ul > li')).toHaveLength(1);
  expect(page.get('.later').text()).toContain('said again');
  for (const time of page.findAll('button.time')) await time.trigger('click');
  expect(jumps).toEqual([1000, 5000]);
});

test('a resolved alert offers nothing more to do', () => {
  const { page } = list([alertOn('a', 1, 'resolved')]);
  expect(page.find('.actions').exists()).toBe(false);
});
