/** @jest-environment jsdom */
import { shallowRef } from 'vue';
import { applyMessage, emptyBoard, type Board } from '../live/board.ts';
import type { Waiting } from '#core/waiting.ts';
import { report, STARTED_AT } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { provideFloor } from './floor.ts';
import { queueRowsOf, queueTotalsOf } from './queues.ts';
import FloorStrip from './FloorStrip.vue';

const now = STARTED_AT + 100_000;
const waiting = (queue: string, calls: number, waitedMs?: number, abandoned = 0): Waiting => ({
  ...{ queue, calls, abandoned },
  ...(waitedMs !== undefined && { longestSince: now - waitedMs }),
});
const told = (
  queues: Waiting[],
  more: { relayId?: string; pbx?: string; part?: number; parts?: number; at?: number } = {},
) => {
  const { at = now, pbx = 'berlin', ...rest } = more;
  return { ...report('a', at, []), pbx, queues, ...rest };
};
const after = (...reports: ReturnType<typeof told>[]): Board =>
  reports.reduce(
    (board, relay) => applyMessage(board, { type: 'relays', pushedAt: now, relays: [relay] }, now),
    emptyBoard,
  );

test('queues stand by who waits longest, and add up', () => {
  const rows = queueRowsOf(
    after(told([waiting('idle', 0), waiting('save', 2, 5_000, 1), waiting('sales', 1, 65_000)])),
    now,
  );
  expect(rows.map(({ queue, calls, longestMs, abandoned }) => [queue, calls, longestMs, abandoned])).toEqual([
    ['sales', 1, 65_000, 0],
    ['save', 2, 5_000, 1],
    ['idle', 0, undefined, 0],
  ]);
  expect(queueTotalsOf(rows)).toEqual({ calls: 3, longestMs: 65_000, abandoned: 1 });
  expect(queueTotalsOf([])).toBeUndefined();
});

test('two relays of one PBX tell of the same queue, two PBXs of two', () => {
  const older = told([waiting('save', 1, 1_000)], { relayId: 'berlin-2', at: now - 1_000 });
  const twins = [told([waiting('save', 2, 3_000)]), older];
  for (const reports of [twins, twins.toReversed()])
    expect(queueRowsOf(after(...reports), now)).toMatchObject([{ queue: 'save', calls: 2 }]);
  expect(
    queueRowsOf(after(told([waiting('save', 2)]), told([waiting('save', 3)], { relayId: 'wien', pbx: 'wien' })), now),
  ).toHaveLength(2);
});

test('what an older report, a part that is gone, or a silent relay said counts no more', () => {
  const before = told([waiting('save', 9, 1)], { at: now - 5_000 });
  const second = told([waiting('left', 1, 1)], { at: now - 5_000, part: 2, parts: 2 });
  const board = after(told([waiting('save', 1, 1)]), before, second);
  expect(queueRowsOf(board, now).map(({ queue, calls }) => [queue, calls])).toEqual([['save', 1]]);
  expect(queueRowsOf(board, now + 20_000)).toEqual([]);
});

test('the floor’s strip says who waits, longer by the second, in each queue', async () => {
  const at = shallowRef(now);
  const five = ['b', 'c', 'd', 'e', 'f'].map((queue) => waiting(queue, 0, undefined, 1));
  const board = after(told([waiting('שירות', 2, 59_000), waiting('idle', 0), ...five]));
  const { page } = mounted(FloorStrip, {
    board,
    provides: (live) => {
      live.isLoaded.value = true;
      provideFloor(live, at);
    },
  });
  expect(page.get('.waiting .total').text()).toMatch(/^2 waiting\s+for up to 00:59$/);
  expect(page.findAll('.waiting li').map((line) => line.text().replace(/\s+/g, ' '))).toEqual([
    'שירות 2, 00:59',
    ...['b', 'c', 'd'].map((queue) => `${queue} 0, 1 gave up`),
    'and 2 more queues',
  ]);
  expect(page.find('.waiting .loud').exists()).toBe(false);
  at.value += 1_000;
  await page.vm.$nextTick();
  expect(page.get('.waiting .total.loud').text()).toContain('01:00');
});
