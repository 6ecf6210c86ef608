import { isReported } from '../call/episodes.ts';
import type { CallScope } from '../call/events.ts';
import type { CallEvent } from '../call/evolve.ts';
import { alertIdOf } from '../ids.ts';
import type { Alert } from '../alert.ts';
import { isInScope, type CompiledRules } from '../rules/compile.ts';
import type { Episode, Moment } from '../rules/conditions/condition.ts';
import type { Rule } from '../rules/rule.ts';
import type { CallState } from '../call/state.ts';

/** A moment before it is matched against a rule's scope. */
export type CallMoment = Omit<Moment, 'inScope'> & { readonly scope?: CallScope | undefined };

/** What each rule that time can fulfil concludes from a moment; an episode is reported once. */
export function judgeMoment(state: CallState, { scope, ...moment }: CallMoment, rules: CompiledRules): CallEvent[] {
  return rules.rules.flatMap(({ rule, check }): CallEvent[] => {
    if (!check.watch) return [];
    const { ruleId, name: ruleName } = rule;
    const inScope = isInScope(rule, scope);
    const { memory, deadline, episode } = check.watch({ ...moment, inScope }, state, state.memory[ruleId] ?? []);
    const isNew = episode !== undefined && !isReported(state, ruleId, episode.startMs);
    return [
      ...(memory ? [{ type: 'RulesRemembered' as const, memory: new Map([[ruleId, memory]]) }] : []),
      ...(deadline && !isSame(deadline, state.deadlines[ruleId])
        ? [{ type: 'DeadlineSet' as const, ruleId, deadline: { ruleName, ...deadline } }]
        : []),
      ...(isNew
        ? [
            { type: 'EpisodeReported' as const, ruleId, startMs: episode.startMs },
            { type: 'AlertRaised' as const, alert: alertOf(rule, episode, state) },
          ]
        : []),
    ];
  });
}

function isSame(one: { dueMs: number; doneMs?: number }, other: CallState['deadlines'][string] | undefined): boolean {
  return one.dueMs === other?.dueMs && one.doneMs === other.doneMs;
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
