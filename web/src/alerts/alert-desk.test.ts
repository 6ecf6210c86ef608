/** @jest-environment jsdom */
import { defineComponent, h } from 'vue';
import type { Alert } from '#core/alert.ts';
import type { AlertPatch } from '#core/contracts/http/alerts.ts';
import type { Me } from '#core/contracts/http/me.ts';
import { alertKey, applyAlerts, emptyBoard } from '../live/board.ts';
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
function desk(alert: Alert, ...others: Alert[]) {
  const asked: Partial<AlertPatch>[] = [];
  const all = new Map([alert, ...others].map((one) => [alertKey(one), one]));
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
      board: applyAlerts({ ...emptyBoard, calls }, [alert, ...others]),
      provides: (around) => {
        const changeAlert = (of: Pick<Alert, 'callId' | 'alertId'>, { version, ...patch }: AlertPatch) => {
          asked.push(patch);
          const before = all.get(`${of.callId}/${of.alertId}`) ?? alert;
          const { state = before.state, assignee, verdict } = patch;
          const handling = {
            ...before.handling,
            version: version + 1,
            ...(assignee === 'me' && { assignee: me.person }),
            ...(verdict && { verdict }),
          };
          if (assignee === null) delete handling.assignee;
          if (verdict === null) delete handling.verdict;
          const next: Alert = { ...before, state, handling };
          all.set(alertKey(before), next);
          return Promise.resolve(next);
        };
        provideAlertDesk(around, { changeAlert }, () => me);
      },
    },
  );
  if (!used) throw new Error('No desk');
  const stored = () => all.get(alertKey(alert)) ?? alert;
  return { desk: used, page, live, asked, stored, states: () => [...all.values()].map(({ state }) => state) };
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

test('taking an alert takes its call: what is open or nobody’s there, and nothing of another person’s or pile', async () => {
  const alert = alertOn('a', 1);
  const {
    desk: used,
    page,
    states,
    asked,
    live,
  } = desk(
    alert,
    alertOn('a', 2),
    { ...alertOn('a', 3, 'acknowledged'), handling: { version: 1, assignee: other } },
    { ...alertOn('a', 4), kind: 'coaching' },
    alertOn('b', 1),
  );
  await used.assignToMe(alert);
  await page.vm.$nextTick();
  expect(states()).toEqual(['acknowledged', 'acknowledged', 'acknowledged', 'open', 'open']);
  expect(asked).toHaveLength(2);
  expect(page.get('[role=status]').text()).toMatch(/^Taken: Keywords and 1 more alert, .*Dana W/);
  expect([...live.board.value.alerts.values()].filter(used.isMine)).toHaveLength(2);
});

test('what was done to several alerts at once is said as one, and undone as one', async () => {
  const alerts = [alertOn('a', 1), alertOn('a', 2, 'acknowledged'), alertOn('b', 1)] as const;
  const { desk: used, page, states } = desk(...alerts);
  await used.resolve(...alerts);
  await page.vm.$nextTick();
  expect(states()).toEqual(['resolved', 'resolved', 'resolved']);
  expect(page.get('[role=status]').text()).toBe('Resolved: 3 alerts of 2 calls');
  await page.get('button').trigger('click');
  await jest.advanceTimersByTimeAsync(0);
  expect(states()).toEqual(['open', 'acknowledged', 'open']);
});

test('where there is nothing left to do, that is said', async () => {
  const { desk: used, asked } = desk(alertOn('a', 1, 'resolved'));
  await used.resolve(alertOn('a', 1, 'resolved'));
  expect(used.problem.value).toBe('No open alert here.');
  expect(asked).toEqual([]);
});

test('what can still be undone keeps the place that it had', async () => {
  const alert = alertOn('a', 1);
  const { desk: used, stored } = desk(alert);
  await used.resolve(alert);
  expect(used.heldState(stored())).toBe('open');
  await jest.advanceTimersByTimeAsync(UNDO_MS);
  expect(used.heldState(stored())).toBe('resolved');
});

test('a false alarm is resolved, and the same verdict again takes both back', async () => {
  const alert = alertOn('a', 1);
  const { desk: used, stored, asked } = desk(alert);
  await used.judge(alert, 'false-alarm');
  expect(stored()).toMatchObject({ state: 'resolved', handling: { verdict: 'false-alarm' } });
  await used.judge(stored(), 'false-alarm');
  expect(stored().state).toBe('open');
  expect(stored().handling).not.toHaveProperty('verdict');
  expect(asked).toHaveLength(2);
});

test('a useful alert stays as open as it was', async () => {
  const { desk: used, stored } = desk(alertOn('a', 1));
  await used.judge(stored(), 'useful');
  expect(stored()).toMatchObject({ state: 'open', handling: { verdict: 'useful' } });
});
