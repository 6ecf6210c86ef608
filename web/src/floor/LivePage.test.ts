/** @jest-environment jsdom */
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { shallowRef } from 'vue';
import { emptyBoard, type Board } from '../live/board.ts';
import { callSummary, leg, report, STARTED_AT, withMood } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { provideFloor } from './floor.ts';
import LivePage from './LivePage.vue';

const now = STARTED_AT + 1000;

async function floor(board: Board, isLoaded = true) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { name: 'live', path: '/', component: LivePage },
      { name: 'wallboard', path: '/wallboard', component: LivePage },
      { name: 'call', path: '/calls/:callId', component: LivePage },
    ],
  });
  await router.push('/');
  const { page, live } = mounted(RouterView, {
    board,
    now,
    router,
    provides: (of) => {
      of.isLoaded.value = isLoaded;
      provideFloor(of, shallowRef(now));
    },
  });
  return { page, live };
}

function boardOf(...calls: ReturnType<typeof callSummary>[]): Board {
  const legs = [leg('agent'), leg('caller')];
  return {
    ...emptyBoard,
    calls: new Map(calls.map((summary) => [summary.callId, { summary, receivedAt: now }])),
    ticks: new Map(
      calls.flatMap(({ callId }) =>
        report(callId, now, legs).calls.map((tick) => [callId, { tickedAt: now, tick }] as const),
      ),
    ),
  };
}

test('an empty floor says whether it is empty, not loaded yet, or filtered away', async () => {
  expect((await floor(emptyBoard)).page.get('.none').text()).toBe('No live calls. A new one appears here by itself.');
  expect((await floor(emptyBoard, false)).page.get('.none').text()).toBe('Loading the live calls…');
  const { page } = await floor(boardOf(callSummary('a', { metadata: { campaign: 'Sales' } })));
  await page.get('input[type=search]').setValue('nobody says this');
  expect(page.get('.none').text()).toBe('No live call fits the filters.');
});

test('a quiet floor says so, with the time of the last alert; an unhappy caller breaks the quiet', async () => {
  const quiet = await floor(boardOf(callSummary('a', withMood(0.2)), callSummary('b')));
  expect(quiet.page.get('.choose .quiet').text()).toBe('All quiet: 2 calls, nobody unhappy.');
  expect(quiet.page.text()).toMatch(/No alert since \d/);
  const { page } = await floor(boardOf(callSummary('a', withMood(-0.6))));
  expect(page.find('.choose .quiet').exists()).toBe(false);
  expect(page.text()).toContain('No call is open.');
});
