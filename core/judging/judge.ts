import type { CallTick } from '../call/events.ts';
import type { CallEvent } from '../call/evolve.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';
import { MAX_RULES, type CompiledRules } from '../rules/compile.ts';
import { judgeMoment, type CallMoment } from './moment.ts';
import { judgeUtterance } from './utterance.ts';

/** What rules judge: an utterance, or a moment that the call has reached. */
export type JudgeInput =
  { readonly type: 'utterance'; readonly utterance: ScoredUtterance } | ({ readonly type: 'moment' } & CallMoment);

/** The start of a call, when deadlines are set. */
export const callStart: JudgeInput = { type: 'moment', atMs: 0, seq: 0, legs: [] };

/** The moment of a tick. */
export function momentOfTick({ atMs, lastSeq, scope, legs }: CallTick): JudgeInput {
  return { type: 'moment', atMs, seq: lastSeq, scope, legs };
}

/** The moment at which an utterance ended. */
export function momentOfUtterance(utterance: ScoredUtterance): JudgeInput {
  const { endMs, seq, scope } = utterance;
  return { type: 'moment', atMs: endMs, seq, scope, utterance, legs: [] };
}

/**
 * What the rules conclude, as events: their memory of the call, and the alerts they raise. Pure; `evolve` applies the
 * events.
 * @param state the call with the input folded in
 */
export function judge(state: CallState, input: JudgeInput, rules: CompiledRules): CallEvent[] {
  return [
    ...forgetting(state, rules),
    ...(input.type === 'utterance' ? judgeUtterance(state, input.utterance, rules) : judgeMoment(state, input, rules)),
  ];
}

/** Drops what the state keeps of rules that are no longer in force, once it would hold more than there may be rules. */
function forgetting({ memory, toldMs, deadlines }: CallState, { rules, byId }: CompiledRules): CallEvent[] {
  const kept = new Set([memory, toldMs, deadlines].flatMap((table) => Object.keys(table)));
  const former = [...kept].filter((ruleId) => !byId.has(ruleId));
  if (former.length === 0 || former.length + rules.length <= MAX_RULES) return [];
  return [{ type: 'RulesForgotten', ruleIds: former }];
}
