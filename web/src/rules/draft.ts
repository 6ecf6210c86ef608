import type { RulePut } from '#core/contracts/http/rules.ts';
import { ruleChannelSchema } from '#core/rules/channel.ts';
import { contradictionsOf, parseRule, type RuleProblem } from '#core/rules/parse.ts';
import type { Condition, Rule } from '#core/rules/rule.ts';

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

/** A draft with another condition, and what that does not go with put right: whom it listens to, and its cooldown. */
export function withCondition(draft: RuleDraft, condition: Condition): RuleDraft {
  const next = { ...draft, condition };
  const goesWith = (fields: Partial<RuleDraft>, field: string) =>
    contradictionsOf({ ...next, ...fields }).every((problem) => problem.field !== field);
  const channels = [draft.channel, ...ruleChannelSchema.options];
  const channel = channels.find((one) => goesWith({ channel: one }, 'channel')) ?? draft.channel;
  return { ...next, channel, cooldownMs: goesWith({}, 'cooldownMs') ? draft.cooldownMs : 0 };
}

/** What is sent to save a draft. */
export function putOf(rule: Rule, version: number): RulePut {
  const { ruleId: _, changedAt: __, version: ___, ...fields } = rule;
  return { ...fields, version };
}

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
  if (Array.isArray(value)) return (value as string[]).join(', ');
  return field.endsWith('Ms') ? `${String(Number(value) / 1000)} s` : String(value);
}
