/** @jest-environment jsdom */
import { callSummary } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import type { CallRow } from '../live/screen.ts';
import { noFilters, type Filters } from './filters.ts';
import FloorFilters from './FloorFilters.vue';

function row(callId: string, metadata: CallRow['call']['metadata']): CallRow {
  return { call: callSummary(callId, { metadata }), health: { kind: 'hearing' }, lengthMs: 0 };
}

const rows = [
  row('a', { campaign: 'Sales', agent: { id: '7', name: 'Dana W.' } }),
  row('b', { campaign: 'Retention', agent: { id: '8' } }),
  row('c', { campaign: 'Sales' }),
];

function bar(filters: Filters = noFilters) {
  let chosen = filters;
  const { page, setProps } = mounted(FloorFilters, {
    props: {
      rows,
      modelValue: filters,
      'onUpdate:modelValue': (next: Filters) => {
        chosen = next;
        void setProps({ modelValue: next });
      },
    },
  });
  const options = (label: string) =>
    page.findAll(`select[aria-label="${label}"] option`).map((option) => option.text());
  return { page, options, chosen: () => chosen };
}

test('offers each campaign and agent on the floor once, by name', () => {
  const { options } = bar();
  expect(options('Campaign')).toEqual(['All campaigns', 'Retention', 'Sales']);
  expect(options('Agent')).toEqual(['All agents', '8', 'Dana W.']);
  expect(options('Alert level')).toEqual(['All calls', 'Warning or worse', 'Urgent or worse', 'Critical']);
});

test('each choice narrows by one thing and keeps the others', async () => {
  const { page, chosen } = bar();
  await page.get('select[aria-label=Campaign]').setValue('Sales');
  await page.get('select[aria-label="Alert level"]').setValue('urgent');
  await page.get('input[type=search]').setValue(' lawyer ');
  expect(chosen()).toEqual({ text: 'lawyer', campaign: 'Sales', agent: '', level: 'urgent' });
});

test('what is chosen stays to be seen when its last call has ended', () => {
  const { page, options } = bar({ ...noFilters, campaign: 'Winback' });
  expect(options('Campaign')).toContain('Winback');
  expect(page.get<HTMLSelectElement>('select[aria-label=Campaign]').element.value).toBe('Winback');
});

test('all calls come back at one press, which is offered only where something is hidden', async () => {
  const shown = () => page.findAll('button').find((button) => button.text() === 'Show all');
  const { page, chosen } = bar();
  expect(shown()).toBeUndefined();
  await page.get('select[aria-label=Campaign]').setValue('Sales');
  await shown()?.trigger('click');
  expect(chosen()).toEqual(noFilters);
});

test('Escape empties the search', async () => {
  const { page, chosen } = bar({ ...noFilters, text: 'lawyer' });
  await page.get('input[type=search]').trigger('keydown', { key: 'Escape' });
  expect(chosen().text).toBe('');
});
