/** @jest-environment jsdom */
import { provideAlertDesk } from '../alerts/alert-desk.ts';
import { applyMessage, emptyBoard } from '../live/board.ts';
import { callSummary, STARTED_AT } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import CallPage from './CallPage.vue';

test('a call that moved to another team is not shown any more, and the page says why', async () => {
  const seen = applyMessage(
    emptyBoard,
    { type: 'overview', pushedAt: STARTED_AT, calls: [callSummary('a')] },
    STARTED_AT,
  );
  const { page, live } = mounted(CallPage, {
    props: { callId: 'a' },
    board: seen,
    provides: (around) => {
      provideAlertDesk(around, { changeAlert: () => Promise.reject(new Error('Not asked')) }, () => undefined);
    },
  });
  expect(page.text()).not.toContain('moved to another team');
  live.board.value = applyMessage(seen, { type: 'moved', pushedAt: STARTED_AT, callIds: ['a'] }, STARTED_AT + 1);
  await page.vm.$nextTick();
  expect(page.find('[role=alert]').text()).toBe('This call moved to another team.');
  expect(page.text()).toBe('This call moved to another team.');
});
