import { alertIdOf } from '../ids.ts';
import { higherLevel, ruleKindSchema, type Alert, type Reason, type RuleKind } from '../rules/alert.ts';
import { applies, type CompiledRule } from '../rules/compile.ts';
import type { CallState, ScoredUtterance } from './state.ts';

/**
 * The alerts that an utterance sets off: one for each kind of rule, at the highest level, with all reasons.
 * @param state the call with the utterance folded in
 */
export function decide(state: CallState, utterance: ScoredUtterance, rules: readonly CompiledRule[]): Alert[] {
  const reasons = new Map<RuleKind, Reason[]>();
  for (const { rule, check } of rules) {
    if (!applies(rule, state, utterance)) continue;
    const finding = check(state, utterance);
    if (!finding) continue;
    const { ruleId, name: ruleName, version: ruleVersion, level } = rule;
    const ofKind = reasons.get(rule.kind) ?? [];
    ofKind.push({ ruleId, ruleName, ruleVersion, level, ...finding });
    reasons.set(rule.kind, ofKind);
  }
  return ruleKindSchema.options.flatMap((kind) => {
    const ofKind = reasons.get(kind);
    return ofKind ? [alertOf(kind, ofKind, utterance)] : [];
  });
}

function alertOf(kind: RuleKind, reasons: Reason[], utterance: ScoredUtterance): Alert {
  const level = reasons.map((reason) => reason.level).reduce(higherLevel);
  const lead = reasons.find((reason) => reason.level === level)?.ruleId ?? kind;
  return {
    alertId: alertIdOf(lead, utterance.seq),
    callId: utterance.callId,
    kind,
    level,
    seq: utterance.seq,
    channel: utterance.channel,
    text: utterance.text,
    atMs: utterance.endMs,
    raisedAt: utterance.spokenAt,
    reasons,
    state: 'open',
  };
}
