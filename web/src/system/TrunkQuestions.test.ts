/** @jest-environment jsdom */
import { flushPromises } from '@vue/test-utils';
import { mounted } from '../live/mount.fake.ts';
import type { ApiClient } from '../session/api-client.ts';
import { ApiError } from '../session/api-error.ts';
import { provideMe } from '../session/me.ts';
import TrunkQuestions from './TrunkQuestions.vue';

const questions = [
  { prefix: 'PJSIP/mytrunk-', context: 'from-trunk', swaps: 0 },
  { prefix: 'IAX2/carrier-', swaps: 2 },
];
const mountedAs = (role: 'admin' | 'supervisor', answerTrunk: ApiClient['answerTrunk']) =>
  mounted(TrunkQuestions, {
    props: { relayId: 'berlin-1', questions },
    api: { answerTrunk },
    provides: () => provideMe({ me: () => Promise.resolve({ person: { sub: 'u-1', name: 'Dana' }, role }) }),
  }).page;
const nobody = () => Promise.reject(new Error('not asked'));

test('an admin answers each question once', async () => {
  const asked: unknown[] = [];
  const page = mountedAs('admin', (...args) => Promise.resolve(void asked.push(args)));
  await flushPromises();
  expect(page.text()).toContain('Calls come in on them by the context from-trunk.');
  expect(page.text()).toContain('Sides were swapped by hand on 2 calls.');
  const [yes, , , no] = page.findAll('button');
  for (const button of [yes, no]) {
    await button?.trigger('click');
    await flushPromises();
  }
  expect(asked).toEqual([
    ['berlin-1', { prefix: 'PJSIP/mytrunk-', leadsOutside: true }],
    ['berlin-1', { prefix: 'IAX2/carrier-', leadsOutside: false }],
  ]);
  expect(page.findAll('[role=status]').map((status) => status.text())).toEqual([
    expect.stringContaining('Saved'),
    expect.stringContaining('Saved'),
  ]);
});

test('an answer that did not reach the relay says why', async () => {
  const page = mountedAs('admin', () =>
    Promise.reject(new ApiError('refused', 'This relay is offline.', { status: 409 })),
  );
  await flushPromises();
  await page.get('button').trigger('click');
  await flushPromises();
  expect(page.get('[role=status]').text()).toContain('offline');
});

test('a supervisor reads the questions', async () => {
  const page = mountedAs('supervisor', nobody);
  await flushPromises();
  expect(page.findAll('button')).toEqual([]);
  expect(page.text()).toContain('An admin can answer this.');
});
