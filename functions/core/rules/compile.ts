import { isCustomer } from '../call/evolve.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';
import type { Channel } from '../ids.ts';
import type { Check } from './conditions/condition.ts';
import { compileConsecutiveNegative } from './conditions/consecutive-negative.ts';
import { compilePhrase } from './conditions/phrase.ts';
import type { Condition, Rule } from './rule.ts';

/** A rule made ready to run. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly check: Check;
}

const compilers: { [T in Condition['type']]: (condition: Extract<Condition, { type: T }>) => Check } = {
  phrase: compilePhrase,
  'consecutive-negative': compileConsecutiveNegative,
};

/** Makes the enabled rules ready to run. */
export function compileRules(rules: readonly Rule[]): CompiledRule[] {
  return rules
    .filter((rule) => rule.enabled)
    .map((rule) => ({
      rule,
      check: (compilers[rule.condition.type] as (condition: Condition) => Check)(rule.condition),
    }));
}

/** Whether a rule looks at this utterance at all: side, scope and cooldown. */
export function applies(rule: Rule, state: CallState, utterance: ScoredUtterance): boolean {
  return listensTo(rule, utterance.channel) && inScope(rule, utterance) && cooledDown(rule, state, utterance);
}

function listensTo(rule: Rule, channel: Channel): boolean {
  return rule.channel === 'any' || (rule.channel === 'caller') === isCustomer(channel);
}

function inScope({ scope }: Rule, utterance: ScoredUtterance): boolean {
  const { campaign, inGroup, agentId } = utterance.scope ?? {};
  return isAmong(scope.campaigns, campaign) && isAmong(scope.inGroups, inGroup) && isAmong(scope.agentIds, agentId);
}

function isAmong(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

function cooledDown(rule: Rule, state: CallState, utterance: ScoredUtterance): boolean {
  const last = state.lastFiredMs[rule.ruleId];
  return last === undefined || utterance.endMs - last >= rule.cooldownMs;
}
