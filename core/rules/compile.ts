import type { CallScope } from '../call/events.ts';
import { phraseBook, type PhraseBook } from '../text/phrases.ts';
import type { Check, ConditionKind } from './conditions/condition.ts';
import { conditionKinds } from './conditions/registry.ts';
import type { Rule } from './rule.ts';

/** A compiled rule. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly check: Check;
  /** See {@link ConditionKind}. */
  readonly judgesAlone: boolean;
}

/** Rules compiled together, so that a text is searched once for all of them. */
export interface CompiledRules {
  /** The enabled ones, by id. */
  readonly rules: readonly CompiledRule[];
  readonly byId: ReadonlyMap<string, CompiledRule>;
  readonly phrases: PhraseBook;
}

type AnyKind = ConditionKind<(typeof conditionKinds)[number]['schema']>;
const kinds = new Map(conditionKinds.map((kind) => [kind.schema.shape.type.value, kind as unknown as AnyKind]));

/** Compiles the enabled rules. Their order does not matter. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const phrases = phraseBook();
  const enabled = rules.filter((rule) => rule.enabled).sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
  const compiled = enabled.map((rule) => compileRule(rule, phrases));
  return { rules: compiled, byId: new Map(compiled.map((each) => [each.rule.ruleId, each])), phrases };
}

function compileRule(rule: Rule, phrases: PhraseBook): CompiledRule {
  const { ruleId, channel, condition, changedAt = 0 } = rule;
  const kind = kinds.get(condition.type);
  const check = kind?.compile(condition, { ruleId, channel, changedAt, phrases }) ?? {};
  return { rule, check, judgesAlone: kind?.judgesAlone ?? false };
}

/** Whether a call is in a rule's scope. An unknown field matches only rules that do not restrict it. */
export function isInScope({ scope }: Rule, { campaign, inGroup, agentId }: CallScope = {}): boolean {
  return isAmong(scope.campaigns, campaign) && isAmong(scope.inGroups, inGroup) && isAmong(scope.agentIds, agentId);
}

function isAmong(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}
