/** @jest-environment jsdom */
import { defineComponent, h } from 'vue';
import type { Alert } from '#core/alert.ts';
import type { AlertPatch } from '#core/contracts/http/alerts.ts';
import type { Me } from '#core/contracts/http/me.ts';
import { applyAlerts, emptyBoard } from '../live/board.ts';
import { alertOn, callSummary } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { provideAlertDesk, UNDO_MS, useAlertDesk, type AlertDesk } from './alert-desk.ts';
import DeedToast from './DeedToast.vue';

const me: Me = { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' };
const other = { sub: 'u-2', name: 'Ben' };

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A desk over a server that does as it is asked. */
function desk(alert: Alert) {
  const asked: Partial<AlertPatch>[] = [];
  let stored = alert;
  let used: AlertDesk | undefined;
  const metadata = { agent: { id: '7', name: 'Dana W.' } };
  const calls = new Map([[alert.callId, { summary: callSummary(alert.callId, { metadata }), receivedAt: 0 }]]);
  const { page, live } = mounted(
    defineComponent({
      setup() {
        used = useAlertDesk();
        return () => h(DeedToast);
      },
    }),
    {
      board: applyAlerts({ ...emptyBoard, calls }, [alert]),
      provides: (around) => {
        const changeAlert = (_: unknown, { version, ...patch }: AlertPatch) => {
          asked.push(patch);
          const { state = stored.state, assignee, verdict } = patch;
          const handling = {
            ...stored.handling,
            version: version + 1,
            ...(assignee === 'me' && { assignee: me.person }),
            ...(verdict && { verdict }),
          };
          if (assignee === null) delete handling.assignee;
          if (verdict === null) delete handling.verdict;
          stored = { ...stored, state, handling };
          return Promise.resolve(stored);
        };
        provideAlertDesk(around, { changeAlert }, () => me);
      },
    },
  );
  if (!used) throw new Error('No desk');
  return { desk: used, page, live, asked, stored: () => stored };
}

test.each([
  ['acknowledge', 'Acknowledged'],
  ['assignToMe', 'Taken'],
  ['resolve', 'Resolved'],
] as const)('what %s did is said by name, and undone', async (deed, word) => {
  const alert = alertOn('a', 1);
  const { desk: used, page, stored } = desk(alert);
  await used[deed](alert);
  await page.vm.$nextTick();
  expect(page.get('[role=status]').text()).toMatch(new RegExp(`^${word}: ${alert.reasons[0]?.ruleName}.*Dana W`));
  expect(stored().state).not.toBe('open');
  await page.get('button').trigger('click');
  await jest.advanceTimersByTimeAsync(0);
  expect(stored()).toMatchObject({ state: 'open' });
  expect(stored().handling?.assignee).toBeUndefined();
  expect(page.find('button').exists()).toBe(false);
});

test('a verdict is undone to the one before', async () => {
  const alert: Alert = { ...alertOn('a', 1), handling: { version: 1, verdict: 'useful' } };
  const { desk: used, stored } = desk(alert);
  await used.judge(alert, 'false-alarm');
  expect(stored().handling?.verdict).toBe('false-alarm');
  await used.undo(alert);
  expect(stored().handling?.verdict).toBe('useful');
});

test('what somebody else has changed since is not undone', async () => {
  const alert = alertOn('a', 1);
  const { desk: used, page, asked, live } = desk(alert);
  await used.acknowledge(alert);
  expect(used.canUndo(alert)).toBe(true);
  live.receiveAlerts([{ ...alert, state: 'resolved', handling: { version: 2, assignee: other } }]);
  await page.vm.$nextTick();
  expect(page.find('button').exists()).toBe(false);
  await used.undo(alert);
  expect(asked).toEqual([{ state: 'acknowledged' }]);
});

test('after some seconds nothing is undone any more', async () => {
  const alert = alertOn('a', 1);
  const { desk: used, page, asked } = desk(alert);
  await used.resolve(alert);
  expect(used.canUndo(alert)).toBe(true);
  await jest.advanceTimersByTimeAsync(UNDO_MS);
  expect(used.canUndo(alert)).toBe(false);
  expect(page.text()).toBe('');
  await used.undo(alert);
  expect(asked).toEqual([{ state: 'resolved' }]);
});

test('what was taken from another person is not given back', async () => {
  const alert: Alert = { ...alertOn('a', 1, 'acknowledged'), handling: { version: 1, assignee: other } };
  const { desk: used, page, stored } = desk(alert);
  await used.assignToMe(alert);
  await page.vm.$nextTick();
  expect(page.text()).toContain('Taken');
  expect(page.find('button').exists()).toBe(false);
  await used.undo(alert);
  expect(stored().handling?.assignee).toEqual(me.person);
});
