/** @jest-environment jsdom */
import { createMemoryHistory, createRouter } from 'vue-router';
import type { Alert } from '#core/alert.ts';
import type { AlertPatch } from '#core/contracts/http/alerts.ts';
import type { Me } from '#core/contracts/http/me.ts';
import { applyAlerts, emptyBoard } from '../live/board.ts';
import { alertOn } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { pageRoutes } from '../shell/pages.ts';
import AlertsPage from './AlertsPage.vue';
import { provideAlertDesk } from './alert-desk.ts';

const me: Me = { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' };
const settled = () => new Promise((resolve) => setTimeout(resolve));

async function list(path: string, ...alerts: Alert[]) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null }, children: pageRoutes }],
  });
  await router.push(path);
  const asked: [string, Partial<AlertPatch>][] = [];
  const { page } = mounted(AlertsPage, {
    router,
    board: applyAlerts(emptyBoard, alerts),
    api: { alerts: () => Promise.resolve({ alerts: [] }) },
    provides: (live) => {
      const changeAlert = (of: Pick<Alert, 'callId' | 'alertId'>, { version, ...patch }: AlertPatch) => {
        asked.push([`${of.callId} ${of.alertId}`, patch]);
        const before = alerts.find(({ callId, alertId }) => callId === of.callId && alertId === of.alertId);
        if (!before) return Promise.reject(new Error('No such alert'));
        return Promise.resolve({ ...before, state: patch.state ?? before.state, handling: { version: version + 1 } });
      };
      provideAlertDesk(live, { changeAlert }, () => me);
    },
  });
  await settled();
  const press = async (name: string) => {
    const button = page.findAll('button').find((one) => one.text() === name);
    if (!button) throw new Error(`No button ${name}`);
    await button.trigger('click');
    await settled();
  };
  return { page, router, asked, press, calls: () => page.findAll('tr.call').map((row) => row.get('a').text()) };
}

const critical = { level: 'critical' as const };

test('the list is headed by the number of calls with open alerts, in words', async () => {
  const { page } = await list(
    '/alerts',
    alertOn('a', 1),
    alertOn('a', 2),
    alertOn('b', 1),
    alertOn('c', 1, 'resolved'),
  );
  expect(page.get('header').text()).toContain('2 calls with open alerts');
  expect(page.get('[aria-pressed=true]').text()).toBe('Alerts (2)');
  expect((await list('/alerts')).page.get('header').text()).toContain('No open alerts');
});

test('the address holds what the list is narrowed to', async () => {
  const alerts = [alertOn('a', 1), { ...alertOn('b', 1), ...critical }];
  const { page, router, calls, press } = await list('/alerts?level=critical', ...alerts);
  expect(calls()).toEqual(['b']);
  await press('Show all');
  expect(router.currentRoute.value.fullPath).toBe('/alerts');
  expect(calls()).toEqual(['b', 'a']);
  await page.get('select[aria-label=Sort]').setValue('oldest');
  await settled();
  await press('Unhandled');
  expect(router.currentRoute.value.query).toEqual({ sort: 'oldest', unhandled: 'yes' });
});

test('selected calls are resolved at once, and only they', async () => {
  const { page, asked, press } = await list(
    '/alerts',
    alertOn('a', 1),
    alertOn('a', 2),
    alertOn('b', 1),
    alertOn('c', 1),
  );
  const bulk = () => page.get('[aria-label="Selected calls"]');
  expect(
    bulk()
      .findAll('button')
      .map((button) => button.attributes('disabled')),
  ).toEqual(['', '', '']);
  for (const box of page.findAll('tbody input').slice(0, 2)) await box.trigger('change');
  expect(bulk().text()).toContain('2 calls selected');
  await bulk().findAll('button').at(-1)?.trigger('click');
  await settled();
  expect(asked.map(([of, patch]) => [of, patch.state]).sort()).toEqual([
    ['a keywords#1', 'resolved'],
    ['a keywords#2', 'resolved'],
    ['b keywords#1', 'resolved'],
  ]);
  expect(bulk().text()).toContain('No call selected');
  await press('Alerts (1)');
});

test('a call whose alerts were resolved stays in its place, greyed, while that can be undone', async () => {
  const { page, calls } = await list('/alerts', { ...alertOn('a', 1), ...critical }, alertOn('b', 1), alertOn('a', 2));
  const before = calls();
  const resolveAll = page.findAll('button').find((button) => button.text() === 'Resolve all (2)');
  await resolveAll?.trigger('click');
  await settled();
  expect(calls()).toEqual(before);
  expect(page.get('tr.call').attributes('data-state')).toBe('resolved');
  expect(page.get('tr.call').text()).toContain('Undo');
  expect(page.get('header').text()).toContain('1 call with open alerts');
});
