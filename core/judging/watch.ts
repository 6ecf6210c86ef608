import type { CallScope, CallTick } from '../call/events.ts';
import { alertIdOf } from '../ids.ts';
import type { Alert } from '../alert.ts';
import { isInScope, type CompiledRules } from '../rules/compile.ts';
import type { Episode, Moment } from '../rules/conditions/condition.ts';
import type { Rule } from '../rules/rule.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';

/** A moment before it is held against a rule's scope. */
export type CallMoment = Omit<Moment, 'inScope'> & { readonly scope?: CallScope | undefined };

/** The beginning of a call, when what is owed becomes known. */
export const beginning: CallMoment = { atMs: 0, seq: 0, legs: [] };

export function momentOfTick({ atMs, lastSeq, scope, legs }: CallTick): CallMoment {
  return { atMs, seq: lastSeq, scope, legs };
}

export function momentOfUtterance(utterance: ScoredUtterance): CallMoment {
  return { atMs: utterance.endMs, seq: utterance.seq, scope: utterance.scope, utterance, legs: [] };
}

/** Episodes of one rule that a call remembers. */
const MAX_TOLD = 16;

/** Holds a moment against the rules that time can fulfil, each for itself: what it tells, no other moment tells again. */
export function watch(
  before: CallState,
  { scope, ...moment }: CallMoment,
  rules: CompiledRules,
): { state: CallState; alerts: Alert[] } {
  const alerts: Alert[] = [];
  let state = before;
  for (const { rule, check } of rules.rules) {
    if (!check.watch) continue;
    const { ruleId, name: ruleName } = rule;
    const inScope = isInScope(rule, scope);
    const { memory, deadline, episode } = check.watch({ ...moment, inScope }, state, state.memory[ruleId] ?? []);
    if (memory) state = { ...state, memory: { ...state.memory, [ruleId]: [...memory] } };
    if (deadline && !isSame(deadline, state.deadlines[ruleId])) {
      state = { ...state, deadlines: { ...state.deadlines, [ruleId]: { ruleName, ...deadline } } };
    }
    const told = state.toldMs[ruleId] ?? [];
    if (!episode || isTold(told, episode)) continue;
    const toldMs = [...told, episode.startMs].sort((a, b) => a - b).slice(-MAX_TOLD);
    state = { ...state, toldMs: { ...state.toldMs, [ruleId]: toldMs } };
    alerts.push(alertOf(rule, episode, state));
  }
  return { state, alerts };
}

function isSame(one: { dueMs: number; doneMs?: number }, other: CallState['deadlines'][string] | undefined): boolean {
  return one.dueMs === other?.dueMs && one.doneMs === other.doneMs;
}

/** What is older than all that is remembered was told, or is past caring about. */
function isTold(toldMs: readonly number[], { startMs }: Episode): boolean {
  const isForgotten = toldMs.length === MAX_TOLD && startMs < (toldMs[0] ?? 0);
  return isForgotten || toldMs.includes(startMs);
}

function alertOf(rule: Rule, { startMs, dueMs, explanation }: Episode, { callId, startedAt }: CallState): Alert {
  const { ruleId, name: ruleName, version: ruleVersion, level, kind, channel } = rule;
  return {
    alertId: alertIdOf(ruleId, startMs),
    callId,
    kind,
    level,
    seq: 0,
    channel: channel === 'any' ? 'mixed' : channel,
    text: '',
    atMs: dueMs,
    raisedAt: startedAt + dueMs,
    reasons: [{ ruleId, ruleName, ruleVersion, level, explanation, matches: [] }],
    state: 'open',
  };
}
