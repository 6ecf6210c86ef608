import { shallowRef } from 'vue';
import type { Condition } from '#core/rules/rule.ts';
import { alertMessages } from './messages.ts';
import { useServices } from '../session/services.ts';

/** Which condition each rule has; asked for once, when the first advice is wanted. */
const conditionOf = shallowRef<ReadonlyMap<string, Condition['type']>>();
let isAsked = false;

/** Words a supervisor can pass on about what a rule found; undefined where there are none. */
export function useAdvice(): (ruleId: string) => string | undefined {
  const { api } = useServices();

  async function load(): Promise<void> {
    isAsked = true;
    try {
      const { rules } = await api.rules();
      conditionOf.value = new Map(rules.map(({ rule }) => [rule.ruleId, rule.condition.type]));
    } catch {
      // Without it the explanation stands alone; the next page asks again.
      isAsked = false;
    }
  }

  if (!isAsked) void load();
  return (ruleId) => {
    const type = conditionOf.value?.get(ruleId);
    return type && alertMessages.coaching.advice[type];
  };
}
