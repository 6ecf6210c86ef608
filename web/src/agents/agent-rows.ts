import { agentStateSchema, type AgentState } from '#core/live-agent.ts';
import type { LiveAgents } from '#core/contracts/http/agents.ts';
import { AGENTS_STALE_MS } from '#core/contracts/events.ts';

/** An agent who is logged in, as a row. */
export interface AgentRow {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly state: AgentState;
  readonly pauseCode: string | undefined;
  /** How long they have been in this state. */
  readonly stateMs: number | undefined;
  readonly campaign: string | undefined;
  readonly inGroups: readonly string[];
  readonly callId: string | undefined;
  readonly callsToday: number | undefined;
}

/** The agents by what they do, and who has done it longest first. */
export function agentRowsOf({ agents }: LiveAgents, now: number): AgentRow[] {
  return agents
    .map(({ id, name, pbx, state, pauseCode, since, campaign, inGroups = [], callId, callsToday }) => ({
      key: `${pbx}/${id}`,
      id,
      name: name ?? id,
      state,
      pauseCode,
      stateMs: since === undefined ? undefined : Math.max(0, now - since),
      campaign,
      inGroups,
      callId,
      callsToday,
    }))
    .sort((a, b) => rank(a.state) - rank(b.state) || (b.stateMs ?? 0) - (a.stateMs ?? 0) || (a.name < b.name ? -1 : 1));
}

/** How many do what, in the order of the rows; what nobody does is left out. */
export function agentCountsOf(rows: readonly AgentRow[]): [AgentState, number][] {
  return agentStateSchema.options
    .map((state): [AgentState, number] => [state, rows.filter((row) => row.state === state).length])
    .filter(([, count]) => count > 0);
}

/** Diallers that have not reported lately, and for how long. */
export function staleDiallersOf({ lists }: LiveAgents, now: number): { pbx: string; silentMs: number }[] {
  const newest = new Map<string, number>();
  for (const { pbx, listedAt } of lists) newest.set(pbx, Math.max(newest.get(pbx) ?? 0, listedAt));
  return [...newest]
    .map(([pbx, listedAt]) => ({ pbx, silentMs: now - listedAt }))
    .filter(({ silentMs }) => silentMs > AGENTS_STALE_MS);
}

const rank = (state: AgentState) => agentStateSchema.options.indexOf(state);
