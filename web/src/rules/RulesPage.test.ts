/** @jest-environment jsdom */
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import type { Me } from '#core/contracts/http/me.ts';
import type { RuleRow } from '#core/contracts/http/rules.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import type { Rule } from '#core/rules/rule.ts';
import { mounted } from '../live/mount.fake.ts';
import { provideMe } from '../session/me.ts';
import RulePage from './RulePage.vue';
import RulesPage from './RulesPage.vue';

const rules: Rule[] = ['First', 'Second'].map((name) =>
  exampleRule({ type: 'phrase', phrases: ['cancel'] }, { ruleId: name.toLowerCase(), name, channel: 'caller' }),
);

/** The rules as an admin sees them, opened at one of them. */
async function opened(ruleId: string) {
  let stored = rules;
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      {
        path: '/rules',
        name: 'rules',
        component: RulesPage,
        children: [{ path: ':ruleId', name: 'rule', component: RulePage, props: true }],
      },
    ],
  });
  await router.push(`/rules/${ruleId}`);
  const { page } = mounted(RouterView, {
    router,
    api: {
      rules: async () =>
        Promise.resolve({
          rules: stored.map((rule): RuleRow => ({ rule, hits: 0, judged: 0, falseAlarms: 0 })),
        }),
      ruleVersions: async () => Promise.resolve({ versions: [] }),
      deleteRule: async (id: string) => {
        stored = stored.filter((rule) => rule.ruleId !== id);
        return Promise.resolve();
      },
    },
    provides: () => {
      const person = { sub: 'a', name: 'Ana' };
      provideMe({ me: async () => Promise.resolve({ person, role: 'admin' } as unknown as Me) });
    },
  });
  await flushPromises();
  return { page, router };
}

const names = (page: VueWrapper) => page.findAll('.list li strong').map((name) => name.text());
const select = (page: VueWrapper, label: string) =>
  page
    .findAll('label.field')
    .find((field) => field.text().startsWith(label))
    ?.find('select');

test('a deleted rule leaves the list', async () => {
  const { page, router } = await opened('first');
  expect(names(page)).toEqual(['First', 'Second']);
  await page.get('.button.danger').trigger('click');
  await flushPromises();
  document.querySelector<HTMLElement>('[role=alertdialog] .button.danger')?.click();
  await flushPromises();
  expect(router.currentRoute.value.name).toBe('rules');
  expect(names(page)).toEqual(['Second']);
});

test('another condition hides what it cannot have, and the first comes back as it was', async () => {
  const { page } = await opened('first');
  const cooldowns = () => page.findAll('.row .field').filter((field) => field.text().startsWith('Cooldown')).length;
  expect([cooldowns(), select(page, 'Listens to')?.element.value]).toEqual([1, 'caller']);
  await select(page, 'Condition')?.setValue('not-said-within');
  expect([cooldowns(), select(page, 'Listens to')?.element.value]).toEqual([0, 'agent']);
  await select(page, 'Condition')?.setValue('long-call');
  expect([cooldowns(), select(page, 'Listens to')]).toEqual([0, undefined]);
  await select(page, 'Condition')?.setValue('phrase');
  expect([cooldowns(), select(page, 'Listens to')?.element.value]).toEqual([1, 'caller']);
  expect(page.get<HTMLButtonElement>('form .button.primary').element.disabled).toBe(true);
});
