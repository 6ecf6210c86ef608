import type { CallChoices } from '#core/contracts/http/history.ts';
import type { Rule } from '#core/rules/rule.ts';
import type { HistorySearch } from './history-query.ts';

/** A value to search for, and how it is called. */
interface Choice {
  readonly value: string;
  readonly label: string;
}
type Choices = Readonly<Record<'agent' | 'campaign' | 'rule', readonly Choice[]>>;

/** What can be picked, by name. What is searched for stays, though nobody knows it any more. */
export function choicesOf(
  names: CallChoices | undefined,
  rules: readonly Pick<Rule, 'ruleId' | 'name'>[],
  searched: Pick<HistorySearch, 'agent' | 'campaign' | 'rule'>,
): Choices {
  const withSearched = (choices: readonly Choice[], value: string) =>
    value === '' || choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }];
  return {
    agent: withSearched(
      names?.agents.map(({ id, name }) => ({ value: id, label: name === undefined ? id : `${name} (${id})` })) ?? [],
      searched.agent,
    ),
    campaign: withSearched(names?.campaigns.map((name) => ({ value: name, label: name })) ?? [], searched.campaign),
    rule: withSearched(
      rules.map(({ ruleId, name }) => ({ value: ruleId, label: name })).sort((a, b) => a.label.localeCompare(b.label)),
      searched.rule,
    ),
  };
}

/** A name for a search, made of what is searched for. */
export function nameOf(search: HistorySearch, choices: Choices): string {
  const picked = (['agent', 'campaign', 'rule'] as const).map(
    (field) => choices[field].find(({ value }) => value === search[field] && value !== '')?.label ?? '',
  );
  const words = search.words === '' ? '' : `“${search.words}”`;
  const days = [search.from, search.to].filter(Boolean).join('–');
  return [words, ...picked, search.number, days, search.mood, search.level].filter(Boolean).join(', ').slice(0, 80);
}
