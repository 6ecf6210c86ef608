/** @jest-environment jsdom */
import type { Condition } from '#core/rules/rule.ts';
import { mounted } from '../live/mount.fake.ts';
import { conditionForms } from './condition-forms.ts';

/** Those of one condition; the form of several has a test of its own. */
const kinds = Object.values(conditionForms).filter(({ initial }) => initial.type !== 'all' && initial.type !== 'any');

/** The form of a condition, and the condition after the last edit. */
function form(condition: Condition, problemOf: (field: string) => string | undefined = () => undefined) {
  let edited = condition;
  const { page, setProps } = mounted(conditionForms[condition.type].form, {
    props: {
      modelValue: condition,
      problemOf,
      'onUpdate:modelValue': (next: Condition) => {
        edited = next;
        void setProps({ modelValue: next });
      },
    },
  });
  return { page, edited: () => edited };
}

/** The fields in which two conditions differ. */
function changed(before: Condition, after: Condition): string[] {
  const [old, next] = [before, after].map((condition) => new Map(Object.entries(condition)));
  const fields = [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])];
  return fields.filter((field) => JSON.stringify(old?.get(field)) !== JSON.stringify(next?.get(field)));
}

test.each(kinds.map(({ initial }) => [initial.type, initial] as const))(
  'each number of %s is shown in a person’s unit, and editing it changes that field alone',
  async (_, initial) => {
    const { page } = form(initial);
    const numbers = page.findAll<HTMLInputElement>('input[type=number]');
    const fields = Object.entries(initial).filter(([, value]) => typeof value === 'number');
    expect(numbers).toHaveLength(fields.length);
    for (const [index, [field, value]] of fields.entries()) {
      const { page: fresh, edited } = form(initial);
      const input = fresh.findAll<HTMLInputElement>('input[type=number]')[index];
      const scale = Number(value) / Number(input?.element.value);
      if (field.endsWith('Ms')) expect(scale).toBe(1000);
      await input?.setValue(Number(input.element.value) + 1);
      expect(changed(initial, edited())).toEqual([field]);
      expect(new Map(Object.entries(edited())).get(field)).toBeCloseTo(Number(value) + scale, 10);
    }
  },
);

test.each(kinds.map(({ initial }) => [initial.type, initial] as const))(
  'each list of %s is one entry a line, without empty ones',
  async (_, initial) => {
    const count = form(initial).page.findAll('textarea').length;
    for (let index = 0; index < count; index++) {
      const { page, edited } = form(initial);
      const list = page.findAll('textarea')[index];
      await list?.setValue(' my lawyer \n\n  sue ');
      const [field, ...others] = changed(initial, edited());
      expect(others).toEqual([]);
      expect(edited()).toHaveProperty(field ?? 'none', ['my lawyer', 'sue']);
      await list?.setValue('');
      expect(JSON.stringify(edited())).toBe(JSON.stringify(initial));
    }
  },
);

test('what is wrong stands at its field, and the field is marked', () => {
  const problems = new Map([['phrases', 'Give at least one phrase.']]);
  const { page } = form(conditionForms.phrase.initial, (field) => problems.get(field));
  const marked = page.findAll('[aria-invalid=true]');
  expect(marked).toHaveLength(1);
  const noteId = marked[0]?.attributes('aria-describedby') ?? '';
  expect(page.get(`[id="${noteId}"]`).text()).toBe('Give at least one phrase.');
});

test('an emptied number is no number, so that nobody saves a zero that was not meant', async () => {
  const { page, edited } = form(conditionForms['dead-air'].initial);
  await page.get('input[type=number]').setValue('');
  expect(edited()).toEqual({ type: 'dead-air', afterMs: NaN });
});
