import type { z } from 'zod';
import { readablePhrase } from '../text/pattern.ts';
import { conditionKindOf } from './compile.ts';
import { wordingOf } from './problem-wording.ts';
import { ruleSchema, type Rule } from './rule.ts';

/** What is wrong with a rule, for people: the field's path (`condition.phrases.0`) and what to do about it. */
export interface RuleProblem {
  readonly field: string;
  readonly message: string;
}

/** A problem of one rule in a list. */
export interface StoredRuleProblem extends RuleProblem {
  /** The rule's index in the list, and its id if it has one. */
  readonly index: number;
  readonly ruleId?: string;
}

/** Parses a rule from outside; unknown fields are dropped. */
export function parseRule(value: unknown): { rule: Rule } | { problems: RuleProblem[] } {
  const parsed = ruleSchema.safeParse(value, { error: wordingOf });
  if (!parsed.success) return { problems: parsed.error.issues.map(problemOf) };
  const problems = contradictionsOf(parsed.data);
  return problems.length > 0 ? { problems } : { rule: parsed.data };
}

/**
 * Parses a stored rule. Phrases that were plain words when they were written, and hold a sign of the phrase language that
 * makes no sense, go on meaning their words.
 */
export function parseStoredRule(value: unknown): ReturnType<typeof parseRule> {
  const parsed = parseRule(value);
  if ('rule' in parsed || !isRecord(value) || !isRecord(value.condition)) return parsed;
  const fields = Object.entries(value.condition).map(([name, list]): [string, unknown] => [name, readable(list)]);
  const plain = parseRule({ ...value, condition: Object.fromEntries(fields) });
  return 'rule' in plain ? plain : parsed;
}

function readable(list: unknown): unknown {
  return Array.isArray(list) ? list.map((one: unknown) => (typeof one === 'string' ? readablePhrase(one) : one)) : list;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Parses stored rules; an invalid one is reported and left out. */
export function parseRules(values: readonly unknown[]): { rules: Rule[]; problems: StoredRuleProblem[] } {
  const rules: Rule[] = [];
  const problems: StoredRuleProblem[] = [];
  values.forEach((value, index) => {
    const parsed = parseStoredRule(value);
    if ('rule' in parsed) rules.push(parsed.rule);
    else problems.push(...parsed.problems.map((problem) => ({ index, ...idOf(value), ...problem })));
  });
  return { rules, problems };
}

/**
 * Combinations of fields with which a well-formed rule could never fire or would not do what it says. A schema checks
 * only single fields.
 */
export function contradictionsOf({
  channel,
  cooldownMs,
  condition,
}: Pick<Rule, 'channel' | 'cooldownMs' | 'condition'>): RuleProblem[] {
  const kind = conditionKindOf(condition);
  const problems: RuleProblem[] = [];
  for (const { field, message } of kind?.contradictions?.(condition) ?? []) {
    problems.push({ field: `condition.${field}`, message });
  }
  if (kind?.channels && !kind.channels.includes(channel)) {
    problems.push({
      field: 'channel',
      message: `This condition can listen to: ${kind.channels.join(', ')}.`,
    });
  }
  const isTimed = typeof kind?.isTimed === 'function' ? kind.isTimed(condition) : kind?.isTimed;
  if (isTimed && cooldownMs > 0) {
    problems.push({
      field: 'cooldownMs',
      message: 'This condition fires once each time it happens: it must not be silent after that. Give 0.',
    });
  }
  return problems;
}

function problemOf({ path, message }: z.core.$ZodIssue): RuleProblem {
  return { field: path.join('.'), message };
}

function idOf(value: unknown): { ruleId?: string } {
  const isNamed = typeof value === 'object' && value !== null && 'ruleId' in value && typeof value.ruleId === 'string';
  return isNamed ? { ruleId: value.ruleId as string } : {};
}
