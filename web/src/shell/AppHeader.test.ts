/** @jest-environment jsdom */
import { createMemoryHistory, createRouter } from 'vue-router';
import { alertOn, STARTED_AT } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { provideAlertDesk } from '../alerts/alert-desk.ts';
import AppHeader from './AppHeader.vue';
import { pageRoutes } from './pages.ts';

async function header(path: string, props: Record<string, unknown> = {}) {
  const Empty = { render: () => null };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: Empty, children: pageRoutes }],
  });
  await router.push(path);
  const { page } = mounted(AppHeader, {
    router,
    props: {
      name: 'Ada',
      isAdmin: false,
      connection: { kind: 'live' },
      receivedAt: STARTED_AT,
      alerts: [],
      openAlertCalls: 0,
      ...props,
    },
    provides: (live) => {
      provideAlertDesk(live, { changeAlert: () => Promise.reject(new Error('Not asked')) }, () => undefined);
    },
  });
  const links = page.findAll('nav a');
  return { page, names: links.map((link) => link.text()), here: page.findAll('nav a.here').map((link) => link.text()) };
}

test('a supervisor is led to the pages that they may use, an admin to all', async () => {
  const everyday = ['Live', 'Alerts', 'Agents', 'History', 'Topics'];
  expect((await header('/')).names).toEqual([...everyday, 'System']);
  expect((await header('/', { isAdmin: true })).names).toEqual([...everyday, 'Rules', 'System', 'Settings', 'Audit']);
});

test.each([
  ['/', 'Live'],
  ['/calls/pbx-9', 'Live'],
  ['/alerts', 'Alerts'],
  ['/rules/legal', 'Rules'],
])('at %s the reader is at %s, and nowhere else', async (path, name) => {
  expect((await header(path, { isAdmin: true })).here).toEqual([name]);
});

test('calls with open alerts are counted beside their page, and the count says what it counts', async () => {
  const { page, names } = await header('/', { openAlertCalls: 2 });
  expect(names).toContain('Alerts (2)');
  expect(page.get('nav a[href="/alerts"]').attributes('title')).toBe('2 calls with open alerts');
});

test('the gravest alert stands in its place, the other calls are counted', async () => {
  const alerts = [{ ...alertOn('a', 1), level: 'critical' as const }, alertOn('a', 2), alertOn('b', 2)];
  const { page } = await header('/', { alerts });
  const banner = page.get('section[aria-label="Newest alert"]');
  expect(banner.text()).toContain('Critical');
  expect(banner.text()).toContain('Keywords: line 1');
  expect(banner.text()).toContain('not taken for 00:00');
  expect(banner.text()).toContain('+1 call');
  expect(banner.get('a').attributes('href')).toBe('/calls/a');
});
