/** @jest-environment jsdom */
import { RouterLinkStub, type DOMWrapper } from '@vue/test-utils';
import type { Alert } from '#core/alert.ts';
import type { Me } from '#core/contracts/http/me.ts';
import type { ApiClient } from '../session/api-client.ts';
import { ApiError } from '../session/api-error.ts';
import { applyAlerts, emptyBoard } from '../live/board.ts';
import { alertOn, callSummary, STARTED_AT } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { provideAlertDesk, type AlertDesk } from './alert-desk.ts';
import AlertTable from './AlertTable.vue';
import { queueOf } from './alert-queue.ts';
import { callGroups, listFields } from './call-groups.ts';
import { searchIn } from '../session/search-fields.ts';

const me: Me = { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' };
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** The table of these alerts, and what its buttons asked of the API. */
function table(alerts: readonly Alert[], answer?: (patch: object) => Alert) {
  const asked: [string, object][] = [];
  const changeAlert: ApiClient['changeAlert'] = ({ alertId }, patch) => {
    asked.push([alertId, patch]);
    return answer ? Promise.resolve(answer(patch)) : Promise.reject(new ApiError('refused', '', { status: 409 }));
  };
  let desk: AlertDesk | undefined;
  const board = applyAlerts(
    { ...emptyBoard, calls: new Map([['a', { summary: callSummary('a', { metadata }), receivedAt: 0 }]]) },
    alerts,
  );
  const groups = (of = board) =>
    callGroups(queueOf([], of, 'alerts'), searchIn(listFields, {}), {
      isMine: () => false,
      stateOf: ({ state }) => state,
    });
  const { page, live, setProps } = mounted(AlertTable, {
    board,
    props: { groups: groups(), isSelectable: true },
    now: STARTED_AT + 61_000,
    provides: (of) => {
      desk = provideAlertDesk(of, { changeAlert }, () => me);
    },
  });
  const row = (index: number) => page.findAll('tbody tr')[index] as DOMWrapper<Element>;
  const press = async (index: number, name: string) => {
    const button = row(index)
      .findAll('button')
      .find((one) => one.text() === name);
    if (!button) throw new Error(`No button ${name}`);
    await button.trigger('click');
    await settled();
    await setProps({ groups: groups(live.board.value) });
  };
  const names = (index: number) =>
    row(index)
      .findAll('button')
      .map((button) => button.text());
  return { page, row, press, names, asked, live, setProps, desk: () => desk };
}

const metadata = { agent: { id: '7', name: 'Dana W.' }, campaign: 'Retention' };

test('a call with one alert is one row: how old, how grave, whose call, which rule and words', async () => {
  const [first, second] = [alertOn('a', 1), alertOn('a', 1)];
  const found = { text: 'lawyer', start: 3, end: 9 };
  const legal = { ...second.reasons[0], ruleId: 'legal', ruleName: 'Legal threat', ruleVersion: 3, matches: [found] };
  const alert = { ...first, text: 'my lawyer', reasons: [...first.reasons, { ...legal, level: 'urgent' }] } as Alert;
  const { page, row, press } = table([alert]);
  expect(page.findAll('tbody tr')).toHaveLength(1);
  expect(row(0).text()).toContain('01:00');
  expect(row(0).text()).toContain('Warning');
  expect(row(0).text()).toContain('Legal threat, rule v3');
  expect(row(0).text()).not.toContain('Keywords');
  await press(0, 'and 1 more rule');
  expect(row(0).text()).toMatch(/Keywords, rule v1.*Legal threat, rule v3/);
  expect(page.findAll('tbody tr')).toHaveLength(1);
  expect(row(0).get('mark').text()).toBe('lawyer');
  expect(row(0).getComponent(RouterLinkStub).text()).toBe('Dana W.');
});

test('an alert that time set off has no words, and says so', () => {
  expect(
    table([{ ...alertOn('a', 0), text: 'must not show' }])
      .row(0)
      .get('.words')
      .text(),
  ).toMatch(/^Triggered by time/);
});

test('what can be done fits the state', () => {
  const { names } = table([alertOn('a', 1), alertOn('b', 2, 'acknowledged'), alertOn('c', 3, 'resolved')]);
  expect(names(0).slice(0, 3)).toEqual(['Acknowledge', 'Take it', 'Resolve']);
  expect(names(1).slice(0, 2)).toEqual(['Take it', 'Resolve']);
  expect(names(2)[0]).toBe('Useful');
});

test('taking an open alert assigns it to me and acknowledges it, of the version that was seen', async () => {
  const alert = { ...alertOn('a', 1), handling: { version: 4 } };
  const { asked, press, row, names } = table([alert], () => ({
    ...alert,
    state: 'acknowledged',
    handling: { version: 5, assignee: me.person, acknowledged: { by: me.person, at: STARTED_AT } },
  }));
  await press(0, 'Take it');
  expect(asked).toEqual([[alert.alertId, { version: 4, assignee: 'me', state: 'acknowledged' }]]);
  expect(row(0).text()).toMatch(/acknowledged.*by you.*you/);
  expect(names(0)).not.toContain('Take it');
});

test('the same verdict again is taken back', async () => {
  const alert: Alert = { ...alertOn('a', 1), handling: { version: 1, verdict: 'useful' } };
  const { asked, press, row } = table([alert], () => ({ ...alert, handling: { version: 2 } }));
  expect(row(0).get('[aria-pressed=true]').text()).toBe('Useful');
  await press(0, 'Useful');
  expect(asked).toEqual([[alert.alertId, { version: 1, verdict: null }]]);
  expect(row(0).find('[aria-pressed=true]').exists()).toBe(false);
});

test('whoever was slower is told, and sees the call as it is now', async () => {
  const { press, live, desk } = table([alertOn('a', 1)]);
  await press(0, 'Resolve');
  expect(desk()?.problem.value).toMatch(/^Somebody changed this alert before you/);
  expect(live.asked).toEqual(['fetch a']);
});

test('a note is saved without its edges and stays open when it could not be', async () => {
  const alert = alertOn('a', 1);
  const { asked, press, page } = table([alert]);
  await press(0, 'Note');
  await page.get('textarea').setValue('  called back  ');
  await page.get('form').trigger('submit');
  await settled();
  expect(asked).toEqual([[alert.alertId, { version: 0, note: 'called back' }]]);
  expect(page.get<HTMLTextAreaElement>('textarea').element.value).toBe('  called back  ');
});

test('when the focused row goes, the focus goes to the one that takes its place', async () => {
  const { page, press, row, live } = table([alertOn('a', 1), alertOn('b', 2)], () => alertOn('b', 2, 'resolved'));
  row(0).get('a').element.setAttribute('href', '#');
  row(1).get('a').element.setAttribute('href', '#');
  row(0).get<HTMLAnchorElement>('a').element.focus();
  live.board.value = applyAlerts(emptyBoard, [alertOn('a', 1)]);
  await press(1, 'Note');
  expect(page.findAll('tbody tr')).toHaveLength(1);
  await settled();
  expect(row(0).element.contains(document.activeElement)).toBe(true);
});

test('a call with several alerts is one row with the most severe one, and unfolds the others', async () => {
  const legal = { ...alertOn('a', 1), level: 'critical' as const };
  const { page, row, press } = table([alertOn('a', 2), legal, alertOn('a', 3, 'acknowledged'), alertOn('b', 1)]);
  expect(page.findAll('tbody tr')).toHaveLength(2);
  expect(row(0).text()).toContain('Critical');
  expect(row(0).text()).toContain('2 open, 1 acknowledged');
  expect(row(0).get('.fold').attributes('aria-expanded')).toBe('false');
  await press(0, 'and 2 more alerts');
  expect(row(0).get('.fold').attributes('aria-expanded')).toBe('true');
  expect(page.findAll('.folded tr').map((one) => one.get('.words').text())).toEqual(['line 1', 'line 2', 'line 3']);
  await press(0, 'and 2 more alerts');
  expect(page.findAll('.folded')).toEqual([]);
});

test('“Resolve all” resolves every alert of the call and of no other', async () => {
  const alerts = [alertOn('a', 1), alertOn('a', 2), alertOn('b', 1)];
  let answered = 0;
  const { asked, press, page } = table(alerts, () => alertOn('a', ++answered === 1 ? 2 : 1, 'resolved'));
  await press(0, 'Resolve all (2)');
  expect(asked.map(([alertId]) => alertId)).toEqual(['keywords#2', 'keywords#1']);
  expect(page.findAll('tbody tr.call').map((one) => one.attributes('data-state'))).toEqual(['open', 'resolved']);
});

test('a call is selected by its agent’s name, and unselected again', async () => {
  const { page, row, setProps } = table([alertOn('a', 1), alertOn('b', 1)]);
  const selected = () => page.getComponent(AlertTable).emitted('update:selected')?.at(-1)?.[0];
  expect(row(0).get('input').attributes('aria-label')).toMatch(/^Select .*Dana W/);
  await row(0).get('input').trigger('change');
  expect(selected()).toEqual(new Set(['a']));
  await setProps({ selected: new Set(['a']) });
  await row(0).get('input').trigger('change');
  expect(selected()).toEqual(new Set());
});
