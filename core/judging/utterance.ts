import {
  higherLevel,
  levelSchema,
  ruleKindSchema,
  withinBounds,
  type Alert,
  type Reason,
  type RuleKind,
} from '../alert.ts';
import type { CallEvent } from '../call/evolve.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';
import { alertIdOf, isCustomer } from '../ids.ts';
import { judgesChannel } from '../rules/channel.ts';
import { isInScope, type CompiledRule, type CompiledRules } from '../rules/compile.ts';
import type { UtteranceContext, UtteranceFinding, Memory } from '../rules/conditions/condition.ts';

/**
 * What the rules conclude from an utterance: their memory of it, its keywords and its alerts.
 * @param state the call with the utterance folded in
 */
export function judgeUtterance(state: CallState, utterance: ScoredUtterance, all: CompiledRules): CallEvent[] {
  const rules = all.inLanguage(utterance.language?.tag);
  const context: UtteranceContext = { call: state, utterance, reading: rules.phrases.read(utterance.text) };
  const memory = memoryAfter(context, rules);
  const cooledDown = cooledDownRules(state, all);
  const phrases = isCustomer(utterance.channel) ? context.reading.phrases() : [];
  return [
    ...(memory.size > 0 ? [{ type: 'RulesRemembered' as const, memory }] : []),
    ...(phrases.length > 0 ? [{ type: 'KeywordsSpoken' as const, phrases }] : []),
    ...(cooledDown.size > 0 ? [{ type: 'CooldownsEnded' as const, ruleIds: [...cooledDown] }] : []),
    ...alertsOn(context, memory, cooledDown, rules),
  ];
}

/** The memory of the rules that an utterance changes. */
function memoryAfter(context: UtteranceContext, rules: CompiledRules): Map<string, Memory> {
  const changed = new Map<string, Memory>();
  for (const { rule, check } of rules.rules) {
    if (!check.remember || !judgesChannel(rule.channel, context.utterance.channel)) continue;
    const before = context.call.memory[rule.ruleId] ?? [];
    const after = check.remember(context, before, isInScope(rule, context.utterance.scope));
    if (after !== before) changed.set(rule.ruleId, after);
  }
  return changed;
}

/** The rules whose cooldown is over; their last firing can be dropped. */
function cooledDownRules({ lastFired, talk }: CallState, { byId }: CompiledRules): Set<string> {
  const isOver = ([ruleId, { atMs }]: [string, { atMs: number }]) =>
    talk.heardUntilMs - atMs >= (byId.get(ruleId)?.rule.cooldownMs ?? 0);
  return new Set(
    Object.entries(lastFired)
      .filter(isOver)
      .map(([ruleId]) => ruleId),
  );
}

/** Former alerts that one utterance adds matches to at most: each is a row. */
const MAX_FOLLOW_UPS = 8;

type AlertRaised = Extract<CallEvent, { type: 'AlertRaised' }>;

/**
 * One alert for each kind of rule, at the highest level, with its reasons. What a rule matches during its cooldown
 * becomes a follow-up of the alert that it raised last.
 */
function alertsOn(
  context: UtteranceContext,
  memory: ReadonlyMap<string, Memory>,
  cooledDown: ReadonlySet<string>,
  rules: CompiledRules,
): AlertRaised[] {
  const { call, utterance } = context;
  const isLate = utterance.seq !== call.lastUtterance?.seq;
  const reasons = new Map<RuleKind, Reason[]>();
  const followUps = new Map<string, { kind: RuleKind; reasons: Reason[] }>();
  for (const { rule, check, judgesAlone } of rules.rules) {
    // The call has moved on since a late utterance: only its own text can be judged.
    if (!check.judge || (isLate && !judgesAlone)) continue;
    const { ruleId, kind } = rule;
    const finding = check.judge(context, memory.get(ruleId) ?? call.memory[ruleId] ?? []);
    // Checked last, because most rules find nothing in most utterances.
    if (!finding || !applies(rule, context)) continue;
    const lead = cooledDown.has(ruleId) ? undefined : call.lastFired[ruleId]?.alertId;
    if (lead === undefined) {
      reasons.set(kind, [...(reasons.get(kind) ?? []), reasonOf(rule, finding)]);
    } else if (finding.matches.length > 0) {
      const followUp = followUps.get(lead)?.reasons ?? [];
      followUps.set(lead, { kind, reasons: [...followUp, reasonOf(rule, finding)] });
    }
  }
  const raised = ruleKindSchema.options.flatMap((kind) => {
    const ofKind = reasons.get(kind);
    return ofKind ? [raisedBy(ofKind, alertOf(kind, ofKind, utterance))] : [];
  });
  const followed = [...followUps]
    .slice(0, MAX_FOLLOW_UPS)
    .map(([follows, { kind, reasons }]) => raisedBy(reasons, { ...alertOf(kind, reasons, utterance), follows }));
  return [...raised, ...followed];
}

/** All the rules that fired begin their cooldown, also those whose reasons the alert has no room for. */
function raisedBy(reasons: readonly Reason[], alert: Alert): AlertRaised {
  const bounded = withinBounds(alert);
  if (bounded.moreReasons === undefined) return { type: 'AlertRaised', alert: bounded };
  return { type: 'AlertRaised', alert: bounded, firedRuleIds: reasons.map(({ ruleId }) => ruleId) };
}

/** Whether a rule judges this utterance: by channel and scope. */
function applies(rule: CompiledRule['rule'], { utterance }: UtteranceContext): boolean {
  return judgesChannel(rule.channel, utterance.channel) && isInScope(rule, utterance.scope);
}

function reasonOf({ ruleId, name, version, level }: CompiledRule['rule'], finding: UtteranceFinding): Reason {
  return { ruleId, ruleName: name, ruleVersion: version, level, ...finding };
}

function alertOf(kind: RuleKind, reasons: readonly Reason[], utterance: ScoredUtterance): Alert {
  const level = reasons.map((reason) => reason.level).reduce(higherLevel);
  const rank = (reason: Reason) => levelSchema.options.indexOf(reason.level);
  const mostSevereFirst = reasons.toSorted((a, b) => rank(b) - rank(a));
  return {
    alertId: alertIdOf(mostSevereFirst[0]?.ruleId ?? kind, utterance.seq),
    callId: utterance.callId,
    kind,
    level,
    seq: utterance.seq,
    channel: utterance.channel,
    text: utterance.text,
    atMs: utterance.endMs,
    raisedAt: utterance.spokenAt,
    reasons: mostSevereFirst,
    state: 'open',
  };
}
