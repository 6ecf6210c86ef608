/** @jest-environment jsdom */
import { flushPromises } from '@vue/test-utils';
import type { EarlierCall } from '#core/call/earlier-call.ts';
import { STARTED_AT } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import EarlierCalls from './EarlierCalls.vue';

const DAY_MS = 86_400_000;
const call = (daysAgo: number, more: Partial<EarlierCall> = {}): EarlierCall => ({
  callId: `ago-${daysAgo}`,
  startedAt: STARTED_AT - daysAgo * DAY_MS,
  durationMs: 90_000,
  agent: { id: '6001', name: 'Dana Wills' },
  meanMood: -0.3,
  positive: 0,
  neutral: 1,
  negative: 2,
  alerts: 0,
  open: 0,
  promised: 0,
  ...more,
});

async function shown(calls: EarlierCall[]) {
  const { page } = mounted(EarlierCalls, {
    props: { callId: 'a', startedAt: STARTED_AT },
    api: { earlierCalls: () => Promise.resolve({ calls }) },
  });
  await flushPromises();
  return page;
}

it('says how many calls there were in the last thirty days, and what is open since', async () => {
  const page = await shown([call(2, { open: 1, promised: 2, reason: 'my line is down' }), call(9), call(45)]);
  expect(page.find('h2').text()).toBe('Third call in 30 days');
  expect(page.find('li').text()).toMatch(/Dana Wills.*1 open.*2 promises.*my line is down/);
});

it('shows three of many calls, and all when asked', async () => {
  const page = await shown([1, 2, 3, 4, 5].map((daysAgo) => call(daysAgo)));
  expect(page.findAll('li')).toHaveLength(3);
  await page.find('button').trigger('click');
  expect(page.findAll('li')).toHaveLength(5);
});

it('is not there for somebody who calls for the first time', async () => {
  expect((await shown([])).text()).toBe('');
});
