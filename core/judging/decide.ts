import { alertIdOf, isCustomer } from '../ids.ts';
import { higherLevel, levelSchema, ruleKindSchema, type Alert, type Reason, type RuleKind } from '../alert.ts';
import { listensTo } from '../rules/channel.ts';
import { isInScope, type CompiledRule, type CompiledRules } from '../rules/compile.ts';
import type { Heard } from '../rules/conditions/condition.ts';
import type { Reading } from '../text/phrases.ts';
import { MAX_KEYWORDS, type CallState, type ScoredUtterance } from '../call/state.ts';

/**
 * The alerts that an utterance sets off: one for each kind of rule, at the highest level, with all reasons. Words that a
 * rule finds again while its cooldown lasts follow the alert that it raised last.
 * @param state the call with the utterance folded in and remembered
 */
export function decide(
  state: CallState,
  utterance: ScoredUtterance,
  rules: CompiledRules,
  reading: Reading = rules.phrases.read(utterance.text),
): Alert[] {
  const heard: Heard = { call: state, utterance, reading };
  const isLate = utterance.seq !== state.lastUtterance?.seq;
  const reasons = new Map<RuleKind, Reason[]>();
  const followUps = new Map<string, { kind: RuleKind; reasons: Reason[] }>();
  for (const { rule, check, judgesAlone } of rules.rules) {
    // What is late belongs to a call that has gone on: only its own words can be judged.
    if (!check.judge || (isLate && !judgesAlone)) continue;
    const finding = check.judge(heard, state.memory[rule.ruleId] ?? []);
    // Asked last: most rules find nothing in most utterances.
    if (!finding || !applies(rule, heard)) continue;
    const lead = state.lastFired[rule.ruleId]?.alertId;
    if (lead === undefined) {
      reasons.set(rule.kind, [...(reasons.get(rule.kind) ?? []), reasonOf(rule, finding)]);
    } else if (finding.matches.length > 0) {
      const followUp = followUps.get(lead)?.reasons ?? [];
      followUps.set(lead, { kind: rule.kind, reasons: [...followUp, reasonOf(rule, finding)] });
    }
  }
  const raised = ruleKindSchema.options.flatMap((kind) => {
    const ofKind = reasons.get(kind);
    return ofKind ? [alertOf(kind, ofKind, utterance)] : [];
  });
  const followed = [...followUps].map(([follows, { kind, reasons }]) => ({
    ...alertOf(kind, reasons, utterance),
    follows,
  }));
  return [...raised, ...followed];
}

/** What the rules remember of an utterance: its keywords, and each rule what its condition needs. */
export function remember(
  state: CallState,
  utterance: ScoredUtterance,
  rules: CompiledRules,
  reading: Reading = rules.phrases.read(utterance.text),
): CallState {
  const heard: Heard = { call: state, utterance, reading };
  const memory = { ...state.memory };
  for (const { rule, check } of rules.rules) {
    if (!check.remember || !listensTo(rule.channel, utterance.channel)) continue;
    const before = memory[rule.ruleId] ?? [];
    const after = check.remember(heard, before);
    if (after !== before) memory[rule.ruleId] = [...after];
  }
  return {
    ...state,
    memory,
    keywords: isCustomer(utterance.channel) ? withKeywords(state.keywords, reading) : state.keywords,
    lastFired: coolingDown(state, rules),
  };
}

/** Whether a rule looks at this utterance at all: side and scope. */
function applies(rule: CompiledRule['rule'], { utterance }: Heard): boolean {
  return listensTo(rule.channel, utterance.channel) && isInScope(rule, utterance.scope);
}

/** The firings whose cooldown lasts: the others need not be known any more. */
function coolingDown({ lastFired, talk }: CallState, { byId }: CompiledRules): CallState['lastFired'] {
  const cooling = Object.entries(lastFired).filter(
    ([ruleId, { atMs }]) => talk.heardUntilMs - atMs < (byId.get(ruleId)?.rule.cooldownMs ?? 0),
  );
  return Object.fromEntries(cooling);
}

function withKeywords(keywords: CallState['keywords'], reading: Reading): CallState['keywords'] {
  const counts = { ...keywords };
  for (const phrase of reading.phrases()) {
    const count = counts[phrase];
    if (count !== undefined) counts[phrase] = count + 1;
    else if (Object.keys(counts).length < MAX_KEYWORDS) counts[phrase] = 1;
  }
  return counts;
}

function reasonOf(
  { ruleId, name, version, level }: CompiledRule['rule'],
  finding: Pick<Reason, 'explanation' | 'matches'>,
): Reason {
  return { ruleId, ruleName: name, ruleVersion: version, level, ...finding };
}

function alertOf(kind: RuleKind, reasons: readonly Reason[], utterance: ScoredUtterance): Alert {
  const level = reasons.map((reason) => reason.level).reduce(higherLevel);
  const rank = (reason: Reason) => levelSchema.options.indexOf(reason.level);
  const gravestFirst = reasons.toSorted((a, b) => rank(b) - rank(a));
  return {
    alertId: alertIdOf(gravestFirst[0]?.ruleId ?? kind, utterance.seq),
    callId: utterance.callId,
    kind,
    level,
    seq: utterance.seq,
    channel: utterance.channel,
    text: utterance.text,
    atMs: utterance.endMs,
    raisedAt: utterance.spokenAt,
    reasons: gravestFirst,
    state: 'open',
  };
}
