import { exampleCall, said, type Said } from '../call/example-call.ts';
import { advance, foldUtterances } from '../judging/fold.ts';
import type { CallTick } from '../call/events.ts';
import type { Alert } from '../alert.ts';
import { compileRules } from './compile.ts';
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

/** What a call with these words raises. */
export function alertsOf(rules: readonly Rule[], ...script: readonly Said[]): Alert[] {
  return foldUtterances(exampleCall, script.map(said), compileRules(rules)).alerts;
}

/** What a call with these ticks and words raises, in this order. */
export function alertsOverTime(rules: readonly Rule[], ...events: readonly (CallTick | Said)[]): Alert[] {
  const compiled = compileRules(rules);
  let state = exampleCall;
  return events.flatMap((event) => {
    const next = advance(state, 'legs' in event ? { type: 'CallTicked', tick: event } : said(event), compiled);
    state = next.state;
    return next.alerts;
  });
}
