/** @jest-environment jsdom */
import type { VueWrapper } from '@vue/test-utils';
import { mounted } from '../../live/mount.fake.ts';
import { conditionForms } from '../condition-forms.ts';
import CompoundForm from './CompoundForm.vue';
import type { Compound } from './compound.ts';

/** The form of a compound condition, and the condition after the last edit. */
function form(initial: Compound = conditionForms.all.initial, problems: Record<string, string> = {}) {
  let edited = initial;
  const { page, setProps } = mounted(CompoundForm, {
    props: {
      modelValue: initial,
      problemOf: (field: string) => new Map(Object.entries(problems)).get(field),
      'onUpdate:modelValue': (next: Compound) => {
        edited = next;
        void setProps({ modelValue: next });
      },
    },
  });
  return { page, edited: () => edited };
}

const button = (page: VueWrapper, text: string) => page.findAll('button').find((one) => one.text() === text);
const select = (page: VueWrapper, label: string, at = 0) =>
  page
    .findAll('label.field')
    .filter((field) => field.text().startsWith(label))
    [at]?.find('select');

test('starts with what is asked for and what does not follow, so that two lists make a rule', async () => {
  const { page, edited } = form();
  const lists = page.findAll('textarea');
  await lists[0]?.setValue('manager');
  await lists[2]?.setValue('my manager\nput you through');
  expect(edited()).toEqual({
    type: 'all',
    parts: [
      { conditions: [{ channel: 'caller', condition: { type: 'phrase', phrases: ['manager'] } }] },
      {
        not: true,
        conditions: [{ channel: 'agent', condition: { type: 'phrase', phrases: ['my manager', 'put you through'] } }],
      },
    ],
    withinMs: 30_000,
  });
});

test('parts and conditions are added and removed, up to as many as there may be', async () => {
  const { page, edited } = form();
  for (let n = 0; n < 6; n++) await button(page, 'Add a condition to part 1')?.trigger('click');
  expect(edited().parts.map(({ conditions }) => conditions.length)).toEqual([6, 1]);
  await button(page, 'Add a part')?.trigger('click');
  expect(edited().parts).toHaveLength(3);
  expect(button(page, 'Add a part')?.attributes('disabled')).toBeDefined();
  expect(page.text()).toContain('at most 6 parts and 8 conditions');
  await page.get('[aria-label="Remove Part 1, condition 2"]').trigger('click');
  expect(edited().parts.map(({ conditions }) => conditions.length)).toEqual([5, 1, 1]);
  await button(page, 'Remove part 2')?.trigger('click');
  expect(edited().parts.map(({ not }) => not)).toEqual([undefined, undefined]);
});

test('a part may have to fail, and of several conditions all may have to hold', async () => {
  const { page, edited } = form();
  await button(page, 'Add a condition to part 1')?.trigger('click');
  await select(page, 'Of these conditions')?.setValue('all');
  expect(edited().parts[0]?.match).toBe('all');
  await select(page, 'This')?.setValue('not');
  expect(edited().parts[0]).toMatchObject({ not: true });
  expect(edited().parts[0]?.match).toBeUndefined();
  await select(page, 'This')?.setValue('does');
  expect(edited().parts[0]?.not).toBeUndefined();
});

test('another condition of a part brings a side that it can have', async () => {
  const { page, edited } = form();
  await select(page, 'Condition')?.setValue('talk-ratio');
  expect(edited().parts[0]?.conditions[0]).toMatchObject({ channel: 'caller', condition: { type: 'talk-ratio' } });
  await select(page, 'Condition', 1)?.setValue('rolling-below');
  expect(edited().parts[1]?.conditions[0]).toMatchObject({ channel: 'caller', condition: { type: 'rolling-below' } });
});

test('time is given in seconds, in turns or not at all, and the phase with what it needs', async () => {
  const { page, edited } = form();
  await select(page, 'In what time')?.setValue('turns');
  expect([edited().withinMs, edited().withinTurns]).toEqual([undefined, 3]);
  await select(page, 'In what time')?.setValue('call');
  expect([edited().withinMs, edited().withinTurns]).toEqual([undefined, undefined]);
  await select(page, 'In which part')?.setValue('last');
  expect(edited().phase).toEqual({ type: 'last', lastsMs: 60_000 });
  await select(page, 'In which part')?.setValue('after');
  expect(edited().phase).toEqual({ type: 'after', channel: 'agent', phrases: [] });
  await select(page, 'In which part')?.setValue('whole');
  expect(edited().phase).toBeUndefined();
});

test('what is wrong stands at its condition', () => {
  const { page } = form(conditionForms.all.initial, {
    'parts.1.conditions.0.condition.phrases': 'At least one phrase is needed.',
  });
  const marked = page.findAll('[aria-invalid=true]');
  expect(marked).toHaveLength(1);
  expect(marked[0]?.element.closest('[role=group]')?.getAttribute('aria-label')).toBe('Part 2, condition 1');
});
