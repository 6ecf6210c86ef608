/** @jest-environment jsdom */
import { createMemoryHistory, createRouter } from 'vue-router';
import { provideAlertDesk } from '../alerts/alert-desk.ts';
import { applyCallDetail, applyMessage, emptyBoard, openTranscript } from '../live/board.ts';
import { callSummary, STARTED_AT, utterance } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { pageRoutes } from '../shell/pages.ts';
import CallPage from './CallPage.vue';

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/', component: { render: () => null }, children: pageRoutes }],
});
beforeEach(() => {
  // jsdom does no layout.
  Element.prototype.scrollIntoView = () => undefined;
});

const provides = (around: Parameters<typeof provideAlertDesk>[0]) => {
  provideAlertDesk(around, { changeAlert: () => Promise.reject(new Error('Not asked')) }, () => undefined);
};

test('the key L copies a link to the line that is read', async () => {
  const writeText = jest.fn(() => Promise.resolve());
  Object.assign(navigator, { clipboard: { writeText } });
  const call = callSummary('a');
  const seen = applyMessage(emptyBoard, { type: 'overview', pushedAt: STARTED_AT, calls: [call] }, STARTED_AT);
  const { page } = mounted(CallPage, {
    props: { callId: 'a', at: '00:02' },
    board: applyCallDetail(
      openTranscript(seen, 'a'),
      { call, utterances: [utterance('a', 1), utterance('a', 3)], alerts: [], monitors: [] },
      STARTED_AT,
    ),
    router,
    provides,
  });
  expect(page.get('[aria-current=location] .text').text()).toBe('line 3');
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'l' }));
  await new Promise((resolve) => setTimeout(resolve));
  expect(writeText).toHaveBeenCalledWith('http://localhost/calls/a?at=00:02');
  expect(page.get('header.call .status').text()).toBe('Link to 00:02 copied.');
});

test('a printed call begins with whose it is, when it was, and which', () => {
  const call = callSummary('a', { metadata: { agent: { id: '7', name: 'Dana W.' } } });
  const board = applyMessage(emptyBoard, { type: 'overview', pushedAt: STARTED_AT, calls: [call] }, STARTED_AT);
  const noteDownload = jest.fn(() => Promise.resolve());
  const { page } = mounted(CallPage, { props: { callId: 'a' }, board, router, provides, api: { noteDownload } });
  expect(page.findAll('.print-head dd').map((value) => value.text())).toEqual([
    expect.stringContaining('Dana W. (7)'),
    'no number',
    expect.stringContaining('2026'),
    expect.stringContaining('a'),
  ]);
  window.dispatchEvent(new Event('beforeprint'));
  expect(noteDownload).toHaveBeenCalledWith('a', 'print');
});

test('a call that moved to another team is not shown any more, and the page says why', async () => {
  const seen = applyMessage(
    emptyBoard,
    { type: 'overview', pushedAt: STARTED_AT, calls: [callSummary('a')] },
    STARTED_AT,
  );
  const { page, live } = mounted(CallPage, {
    props: { callId: 'a' },
    board: seen,
    router,
    provides,
  });
  expect(page.text()).not.toContain('moved to another team');
  live.board.value = applyMessage(seen, { type: 'moved', pushedAt: STARTED_AT, callIds: ['a'] }, STARTED_AT + 1);
  await page.vm.$nextTick();
  expect(page.find('[role=alert]').text()).toBe('This call moved to another team.');
  expect(page.text()).toBe('This call moved to another team.');
});
