import { levelSchema } from '#core/alert.ts';
import type { CallSummary } from '#core/call/summary.ts';
import type { CallRow } from '../live/screen.ts';

/** What a list of calls is narrowed to; an empty string narrows nothing. */
export interface Filters {
  readonly text: string;
  readonly campaign: string;
  readonly agent: string;
  /** The lowest open alert level to show. */
  readonly level: string;
}

export const noFilters: Filters = { text: '', campaign: '', agent: '', level: '' };

export function isNarrowed(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== '');
}

/** Whether a call is shown. */
export function passes(filters: Filters, call: CallSummary): boolean {
  const { campaign, agent } = call.metadata;
  return (
    (filters.campaign === '' || campaign === filters.campaign) &&
    (filters.agent === '' || agent?.id === filters.agent) &&
    (filters.level === '' || rankOf(call.openLevel) >= rankOf(filters.level)) &&
    (filters.text === '' || matchesSearch(call, filters.text))
  );
}

function rankOf(level: string | undefined): number {
  return levelSchema.options.findIndex((known) => known === level);
}

/** Whether a call has all the words of a search, in whatever a row shows of it. */
export function matchesSearch({ metadata, lastUtterance, engine }: CallSummary, search: string): boolean {
  const { agent, caller, campaign, inGroup, queue } = metadata;
  const shown = [agent?.name, agent?.id, caller?.name, caller?.number?.slice(-4)];
  const haystack = [...shown, campaign, inGroup, queue, engine, lastUtterance?.text].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** A value to narrow to, and how it is called. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The campaigns and agents on the floor by name. What is chosen stays, even when its last call has ended. */
export function choicesOf(rows: readonly CallRow[], chosen: Filters): { campaigns: Choice[]; agents: Choice[] } {
  const campaigns = new Map<string, string>();
  const agents = new Map<string, string>();
  if (chosen.campaign) campaigns.set(chosen.campaign, chosen.campaign);
  if (chosen.agent) agents.set(chosen.agent, chosen.agent);
  for (const { call } of rows) {
    const { campaign, agent } = call.metadata;
    if (campaign) campaigns.set(campaign, campaign);
    if (agent) agents.set(agent.id, agent.name ?? agent.id);
  }
  return { campaigns: sorted(campaigns), agents: sorted(agents) };
}

function sorted(choices: ReadonlyMap<string, string>): Choice[] {
  return Array.from(choices, ([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}
