import type { CallScope } from '../call/events.ts';
import { baseLanguage, isSameLanguage } from '../language.ts';
import { phraseBook, type PhraseBook } from '../text/phrases.ts';
import type { Check, ConditionKind } from './conditions/condition.ts';
import { ruleConditionKinds } from './conditions/kinds.ts';
import type { Rule } from './rule.ts';

/** Rules that may be stored: a call's state keeps something of each. */
export const MAX_RULES = 150;

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
  /** Those that judge what is said in a language; all of them where it is not known. */
  readonly inLanguage: (tag: string | undefined) => CompiledRules;
}

/** Stands for every language that no rule names. */
const OTHER_LANGUAGES = '';

type AnyKind = ConditionKind<(typeof ruleConditionKinds)[number]['schema']>;
const kinds = new Map(ruleConditionKinds.map((kind) => [kind.schema.shape.type.value, kind as unknown as AnyKind]));

/** What there is to know of a condition's kind. */
export function conditionKindOf({ type }: Rule['condition']): AnyKind | undefined {
  return kinds.get(type);
}

/** Compiles the enabled rules. Their order does not matter. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const named = new Set(rules.flatMap(({ language }) => (language === undefined ? [] : [baseLanguage(language)])));
  // All languages that no rule names have the same rules: an engine may report thousands.
  const byLanguage = new Map<string, CompiledRules>();
  const compiled = compileTogether(rules, (tag) => {
    if (tag === undefined || named.size === 0) return compiled;
    const language = baseLanguage(tag);
    const key = named.has(language) ? language : OTHER_LANGUAGES;
    const known = byLanguage.get(key);
    if (known) return known;
    const ofLanguage = compileTogether(
      rules.filter((rule) => judgesLanguage(rule, tag)),
      compiled.inLanguage,
    );
    byLanguage.set(key, ofLanguage);
    return ofLanguage;
  });
  return compiled;
}

/** Whether a rule is for what is said in a language, or it is not known which that is. */
export function judgesLanguage({ language }: Pick<Rule, 'language'>, tag: string | undefined): boolean {
  return language === undefined || tag === undefined || isSameLanguage(language, tag);
}

function compileTogether(rules: readonly Rule[], inLanguage: CompiledRules['inLanguage']): CompiledRules {
  const phrases = phraseBook();
  const enabled = rules.filter((rule) => rule.enabled).sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
  const compiled = enabled.map((rule) => compileRule(rule, phrases));
  return { rules: compiled, byId: new Map(compiled.map((each) => [each.rule.ruleId, each])), phrases, inLanguage };
}

function compileRule(rule: Rule, phrases: PhraseBook): CompiledRule {
  const { ruleId, version, channel, condition, changedAt = 0 } = rule;
  const kind = conditionKindOf(condition);
  const check = kind?.compile(condition, { ruleId, version, channel, changedAt, phrases }) ?? {};
  return { rule, check, judgesAlone: kind?.judgesAlone ?? false };
}

/** Whether a call is in a rule's scope. An unknown field matches only rules that do not restrict it. */
export function isInScope({ scope }: Rule, { campaign, inGroup, agentId }: CallScope = {}): boolean {
  return isAmong(scope.campaigns, campaign) && isAmong(scope.inGroups, inGroup) && isAmong(scope.agentIds, agentId);
}

function isAmong(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}
