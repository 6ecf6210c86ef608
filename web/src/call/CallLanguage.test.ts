/** @jest-environment jsdom */
import { flushPromises } from '@vue/test-utils';
import { callSummary } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import { ApiError } from '../session/api-error.ts';
import type { ApiClient } from '../session/api-client.ts';
import CallLanguage from './CallLanguage.vue';

const shown = (correctLanguage: ApiClient['correctLanguage']) =>
  mounted(CallLanguage, {
    props: { call: callSummary('a', { metadata: { language: { tag: 'en-GB', from: 'dialplan' } } }) },
    api: { correctLanguage },
  }).page;

test('shows what is spoken and who said so, and asks for another language', async () => {
  const asked: unknown[] = [];
  const page = shown((...args) => Promise.resolve(void asked.push(args)));
  expect(page.get('select').element.value).toBe('en');
  expect(page.text()).toContain('The dialplan or dialler says so.');
  await page.get('select').setValue('es');
  await flushPromises();
  expect(asked).toEqual([['a', 'es']]);
  expect(page.get('[role=status]').text()).toContain('from the next words on');
});

test('asks for nothing where the language is chosen that it is', async () => {
  const asked: unknown[] = [];
  const page = shown((...args) => Promise.resolve(void asked.push(args)));
  await page.get('select').setValue('en');
  expect(asked).toEqual([]);
});

test('says why it cannot be corrected', async () => {
  const page = shown(() =>
    Promise.reject(new ApiError('refused', 'The relay of this call is offline.', { status: 409 })),
  );
  await page.get('select').setValue('es');
  await flushPromises();
  expect(page.get('[role=status]').text()).toContain('offline');
});
