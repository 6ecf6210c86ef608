import { levelSchema, type Alert, type AlertState, type Reason } from '#core/alert.ts';
import type { AlertRow } from '#core/contracts/http/alerts.ts';
import type { SearchFields } from '../session/search-fields.ts';
import { byUrgency } from './banner.ts';
import type { QueuedAlert } from './alert-queue.ts';

/** How the calls of the list are sorted; the first is the usual one. */
export const sortings = ['severity', 'newest', 'oldest', 'agent'] as const;
export type Sorting = (typeof sortings)[number];

/** What the address of the list holds. */
export const listFields = ['desk', 'sort', 'level', 'rule', 'agent', 'campaign', 'mine', 'unhandled'] as const;
export type ListSearch = SearchFields<(typeof listFields)[number]>;

/** What a filter that is on or off holds in the address. */
export const ON = 'yes';

/** The alerts of one call as one row. */
export interface CallGroup {
  readonly callId: string;
  readonly call?: AlertRow['call'];
  /** All of them, the most pressing first. */
  readonly alerts: readonly Alert[];
  /** The one that the row shows: the first that passes the filters. */
  readonly lead: Alert;
  /** Of it: the most severe, or the one of the rule that is asked for. */
  readonly reason: Reason | undefined;
}

/** What has the focus in the list: a call's row or, by its key, an unfolded alert. */
export interface FocusedRow {
  readonly callId: string;
  readonly key: string | undefined;
  /** Whether the focus came there by key. */
  readonly isByKey: boolean;
}

/** What a person has to do with an alert, where the alert itself does not say. */
export interface Handling {
  readonly isMine: (alert: Alert) => boolean;
  /** The state by which an alert has its place. */
  readonly stateOf: (alert: Alert) => AlertState;
}

/**
 * One row for each call of which an alert passes the filters. A call's row has all its alerts, for what is done to it
 * is done to all.
 * @param queue most pressing first
 */
export function callGroups(queue: readonly QueuedAlert[], search: ListSearch, handling: Handling): CallGroup[] {
  const byCall = new Map<string, QueuedAlert[]>();
  for (const row of queue) byCall.set(row.alert.callId, [...(byCall.get(row.alert.callId) ?? []), row]);
  const groups = [...byCall].flatMap(([callId, rows]) => {
    const lead = rows.find((row) => passes(row, search, handling));
    const call = rows.find((row) => row.call)?.call;
    if (!lead) return [];
    const alerts = rows.map(({ alert }) => alert);
    return [{ callId, alerts, lead: lead.alert, reason: reasonOf(lead.alert, search.rule), ...(call && { call }) }];
  });
  return groups.sort(comparisonOf(search.sort, handling));
}

function reasonOf({ reasons }: Alert, ruleId: string): Reason | undefined {
  const rank = ({ level }: Reason) => levelSchema.options.indexOf(level);
  return reasons.find((reason) => reason.ruleId === ruleId) ?? reasons.toSorted((a, b) => rank(b) - rank(a))[0];
}

function passes({ alert, call }: QueuedAlert, search: ListSearch, { isMine, stateOf }: Handling): boolean {
  const rank = (level: string) => levelSchema.options.findIndex((known) => known === level);
  return (
    (search.level === '' || rank(alert.level) >= rank(search.level)) &&
    (search.rule === '' || alert.reasons.some(({ ruleId }) => ruleId === search.rule)) &&
    (search.agent === '' || call?.metadata.agent?.id === search.agent) &&
    (search.campaign === '' || call?.metadata.campaign === search.campaign) &&
    (search.mine !== ON || isMine(alert)) &&
    (search.unhandled !== ON || stateOf(alert) === 'open')
  );
}

function comparisonOf(sort: string, { stateOf }: Handling): (a: CallGroup, b: CallGroup) => number {
  const stage = ({ lead }: CallGroup) => ['open', 'acknowledged', 'resolved'].indexOf(stateOf(lead));
  const name = ({ call }: CallGroup) => call?.metadata.agent?.name ?? call?.metadata.agent?.id ?? '';
  const bySeverity = (a: CallGroup, b: CallGroup) =>
    stage(a) - stage(b) || (stateOf(a.lead) === 'open' ? byUrgency(a.lead, b.lead) : b.lead.raisedAt - a.lead.raisedAt);
  const comparisons: Record<Sorting, typeof bySeverity> = {
    severity: bySeverity,
    newest: (a, b) => b.lead.raisedAt - a.lead.raisedAt,
    oldest: (a, b) => a.lead.raisedAt - b.lead.raisedAt,
    agent: (a, b) => name(a).localeCompare(name(b)) || bySeverity(a, b),
  };
  return comparisons[sortings.find((known) => known === sort) ?? 'severity'];
}

/** A value to narrow the list to, and how it is called. */
interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The rules, agents and campaigns of a list by name; what is chosen stays, though nothing of it is left. */
export function choicesOf(
  queue: readonly QueuedAlert[],
  chosen: ListSearch,
): Record<'rule' | 'agent' | 'campaign', Choice[]> {
  const rules = queue.flatMap(({ alert }) => alert.reasons.map(({ ruleId, ruleName }) => [ruleId, ruleName] as const));
  const agents = queue.flatMap(({ call }) => {
    const agent = call?.metadata.agent;
    return agent ? [[agent.id, agent.name ?? agent.id] as const] : [];
  });
  const campaigns = queue.flatMap(({ call }) => {
    const campaign = call?.metadata.campaign;
    return campaign === undefined ? [] : [[campaign, campaign] as const];
  });
  return {
    rule: sorted(rules, chosen.rule),
    agent: sorted(agents, chosen.agent),
    campaign: sorted(campaigns, chosen.campaign),
  };
}

function sorted(choices: readonly (readonly [value: string, label: string])[], chosen: string): Choice[] {
  const labels = new Map([...(chosen ? [[chosen, chosen] as const] : []), ...choices]);
  return Array.from(labels, ([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}
