import { isReported } from '../call/episodes.ts';
import type { CallScope } from '../call/events.ts';
import type { CallEvent } from '../call/evolve.ts';
import { alertIdOf } from '../ids.ts';
import { withinBounds, type Alert } from '../alert.ts';
import { isInScope, judgesLanguage, type CompiledRules } from '../rules/compile.ts';
import type { Episode, Moment } from '../rules/conditions/condition.ts';
import type { Rule } from '../rules/rule.ts';
import type { CallState } from '../call/state.ts';

/** A moment before it is matched against a rule's scope. */
export type CallMoment = Omit<Moment, 'inScope'> & { readonly scope?: CallScope | undefined };

/** Alerts that one moment raises at most, since one write holds them all; the next moment raises those left over. */
const MAX_ALERTS_A_MOMENT = 16;

/** What each rule that time can fulfil concludes from a moment; an episode is reported once. */
export function judgeMoment(state: CallState, { scope, ...moment }: CallMoment, rules: CompiledRules): CallEvent[] {
  let raised = 0;
  return rules.rules.flatMap(({ rule, check }): CallEvent[] => {
    if (!check.watch) return [];
    const { ruleId, name: ruleName } = rule;
    // What is spoken is known from the first utterance or tick on.
    const isItsLanguage = rule.language === undefined || (moment.atMs > 0 && judgesLanguage(rule, scope?.language));
    const inScope = isItsLanguage && isInScope(rule, scope);
    const found = check.watch({ ...moment, inScope }, state, state.memory[ruleId] ?? []);
    const { memory, deadline, episode, more = [] } = found;
    const episodes = (episode ? [episode, ...more] : more)
      .filter(({ startMs }) => !isReported(state, ruleId, startMs))
      .slice(0, MAX_ALERTS_A_MOMENT - raised);
    raised += episodes.length;
    return [
      ...(memory ? [{ type: 'RulesRemembered' as const, memory: new Map([[ruleId, memory]]) }] : []),
      ...(deadline && !isSame(deadline, state.deadlines[ruleId])
        ? [{ type: 'DeadlineSet' as const, ruleId, deadline: { ruleName, ...deadline } }]
        : []),
      ...episodes.flatMap((one) => [
        { type: 'EpisodeReported' as const, ruleId, startMs: one.startMs },
        { type: 'AlertRaised' as const, alert: alertOf(rule, one, state) },
      ]),
    ];
  });
}

function isSame(one: { dueMs: number; doneMs?: number }, other: CallState['deadlines'][string] | undefined): boolean {
  return one.dueMs === other?.dueMs && one.doneMs === other.doneMs;
}

function alertOf(rule: Rule, { startMs, dueMs, explanation, parts }: Episode, { callId, startedAt }: CallState): Alert {
  const { ruleId, name: ruleName, version: ruleVersion, level, kind, channel } = rule;
  return withinBounds({
    alertId: alertIdOf(ruleId, startMs),
    callId,
    kind,
    level,
    seq: 0,
    channel: channel === 'any' ? 'mixed' : channel,
    text: '',
    atMs: dueMs,
    raisedAt: startedAt + dueMs,
    reasons: [{ ruleId, ruleName, ruleVersion, level, explanation, matches: [], ...(parts && { parts }) }],
    state: 'open',
  });
}
