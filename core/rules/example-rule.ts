import type { Condition, Rule } from './rule.ts';

/** A rule that fires each time its condition holds. */
export function exampleRule(condition: Condition, more: Partial<Rule> = {}): Rule {
  return {
    ruleId: 'example',
    version: 1,
    name: 'Example',
    enabled: true,
    level: 'warning',
    kind: 'alert',
    channel: 'any',
    scope: {},
    cooldownMs: 0,
    condition,
    ...more,
  };
}
