import type { Alert } from '../alert.ts';
import type { CallTick } from '../call/events.ts';
import { exampleCall, said, type Said } from '../call/example-call.ts';
import { compileRules } from '../rules/compile.ts';
import type { Rule } from '../rules/rule.ts';
import { advance, foldUtterances } from './fold.ts';

/** The alerts on a call with these utterances. */
export function alertsOf(rules: readonly Rule[], ...script: readonly Said[]): Alert[] {
  return foldUtterances(exampleCall, script.map(said), compileRules(rules)).alerts;
}

/** The alerts on a call with these ticks and utterances, in this order. */
export function alertsOverTime(rules: readonly Rule[], ...events: readonly (CallTick | Said)[]): Alert[] {
  const compiled = compileRules(rules);
  let state = exampleCall;
  return events.flatMap((event) => {
    const next = advance(state, 'legs' in event ? { type: 'CallTicked', tick: event } : said(event), compiled);
    state = next.state;
    return next.alerts;
  });
}
