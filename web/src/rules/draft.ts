import type { RulePut } from '#core/contracts/http/rules.ts';
import { describedPart, phaseWords } from '#core/rules/conditions/compound/wording.ts';
import { awaitsTime } from '#core/rules/conditions/compound/schema.ts';
import { languageName } from '#core/language.ts';
import { parseRule, type RuleProblem } from '#core/rules/parse.ts';
import type { Condition, Rule } from '#core/rules/rule.ts';
import { conditionForms } from './condition-forms.ts';

/** A rule while it is edited; `version` is the one that was opened, 0 for a new rule. */
export type RuleDraft = Omit<Rule, 'version' | 'changedAt'> & { readonly version: number };

export const newDraft: RuleDraft = {
  ruleId: '',
  version: 0,
  name: '',
  enabled: true,
  level: 'warning',
  kind: 'alert',
  channel: 'caller',
  scope: {},
  cooldownMs: 60_000,
  condition: { type: 'phrase', phrases: [] },
};

export function draftOf({ changedAt: _, ...rule }: Rule): RuleDraft {
  return rule;
}

/** A rule's id made from its name: `Legal threat` is `legal-threat`. */
export function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '');
}

/** The rule that a draft stands for, or what is wrong with it by field. */
export function checkedDraft(draft: RuleDraft): { rule: Rule } | { problems: RuleProblem[] } {
  return parseRule({ ...draft, version: Math.max(1, draft.version) });
}

/**
 * A draft with another kind of condition. Each kind brings its own side and cooldown; that with which the rule was opened
 * brings what it had then.
 */
export function withKind(draft: RuleDraft, type: Condition['type'], opened: RuleDraft): RuleDraft {
  const from = opened.condition.type === type ? opened : conditionForms[type];
  const condition = 'condition' in from ? from.condition : from.initial;
  return withCondition({ ...draft, channel: from.channel, cooldownMs: from.cooldownMs }, condition);
}

/** A draft with a changed condition, and the cooldown that goes with it: none where time decides. */
export function withCondition(draft: RuleDraft, condition: Condition): RuleDraft {
  const { cooldownMs } = conditionForms[condition.type];
  const wasTimed = isTimed(draft.condition) && draft.condition.type === condition.type;
  if (isTimed(condition)) return { ...draft, condition, cooldownMs: 0 };
  return { ...draft, condition, cooldownMs: wasTimed ? cooldownMs : draft.cooldownMs };
}

/** A draft that judges what is said in one language, or in any. */
export function inLanguage({ language: _, ...draft }: RuleDraft, tag: string): RuleDraft {
  return tag === '' ? draft : { ...draft, language: tag };
}

/** Whether time decides, so that there is no cooldown to choose. */
export function isTimed(condition: Condition): boolean {
  if (condition.type === 'all' || condition.type === 'any') return awaitsTime(condition);
  return conditionForms[condition.type].cooldownMs === 0;
}

/** What is sent to save a draft. */
export function putOf(rule: Rule, version: number): RulePut {
  const { ruleId: _, changedAt: __, version: ___, ...fields } = rule;
  return { ...fields, version };
}

type Compound = Extract<Condition, { type: 'all' | 'any' }>;

/** Every key of any member of a union. */
type KeyOf<T> = T extends unknown ? keyof T & string : never;

/** A field of a rule by its path, as a person may change it. */
export type RuleField =
  | Exclude<keyof RuleDraft, 'version' | 'scope' | 'condition'>
  | `scope.${KeyOf<RuleDraft['scope']>}`
  | `condition.${KeyOf<Condition>}`;

/** One field that differs; `before` is missing where there was nothing. */
export interface RuleChange {
  readonly field: RuleField;
  readonly before?: string;
  readonly after?: string;
}

/** What a draft changes, field by field in the draft's order. */
export function changesOf(before: RuleDraft | undefined, after: RuleDraft): RuleChange[] {
  const [old, next] = [before ? fieldsOf(before) : new Map<RuleField, string>(), fieldsOf(after)];
  const fields = new Set([...next.keys(), ...old.keys()]);
  return [...fields]
    .filter((field) => old.get(field) !== next.get(field))
    .map((field) => ({
      field,
      ...(old.has(field) ? { before: old.get(field) ?? '' } : {}),
      ...(next.has(field) ? { after: next.get(field) ?? '' } : {}),
    }));
}

/** The fields of a draft that hold something, each as a person reads it. */
function fieldsOf(draft: RuleDraft): Map<RuleField, string> {
  const fields = entriesOf(draft).flatMap(([name]): [RuleField, unknown][] => {
    if (name === 'version') return [];
    if (name === 'scope') return entriesOf(draft.scope).map(([part, value]) => [`scope.${part}`, value]);
    if (name === 'condition') return entriesOf(draft.condition).map(([part, value]) => [`condition.${part}`, value]);
    return [[name, draft[name]]];
  });
  return new Map(
    fields
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([field, value]) => [field, readable(field, value)]),
  );
}

function entriesOf<T extends object>(value: T): [KeyOf<T>, unknown][] {
  return Object.entries(value) as [KeyOf<T>, unknown][];
}

function readable(field: RuleField, value: unknown): string {
  if (field === 'condition.parts') return (value as Compound['parts']).map(describedPart).join('; ');
  if (field === 'condition.phase') return phaseWords(value as Compound['phase']);
  if (field === 'language') return languageName(String(value));
  if (Array.isArray(value)) return (value as string[]).join(', ');
  return field.endsWith('Ms') ? `${String(Number(value) / 1000)} s` : String(value);
}
