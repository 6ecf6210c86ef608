import type { LiveAgents } from '#core/contracts/http/agents.ts';
import { maySee, maySeeAgent } from '#core/access.ts';
import type { Restriction } from '#core/people.ts';
import { AGENTS_STALE_MS, type AgentList } from '#core/contracts/events.ts';
import { PageRoom } from '../adapters/page-room.ts';
import type { ApiDependencies } from './dependencies.ts';

type Agent = LiveAgents['agents'][number];

/** The agents on all fresh lists whom a person may see, with their calls only if the person may see those too. */
export async function liveAgents(
  lists: readonly AgentList[],
  restriction: Restriction | undefined,
  { calls, now }: Pick<ApiDependencies, 'calls' | 'now'>,
): Promise<LiveAgents> {
  const fresh = lists.filter(({ listedAt }) => now() - listedAt <= AGENTS_STALE_MS);
  const agents = distinct(
    fresh.flatMap(({ pbx, listedAt, agents: listed }) => listed.map((agent) => ({ ...agent, pbx, listedAt }))),
  ).filter((agent) => maySeeAgent(restriction, agent));
  const visible = restriction ? await withVisibleCalls(agents, restriction, calls) : agents;
  const returned = new PageRoom().leading(visible);
  const unreturned = visible.slice(returned.length);
  const first = lists.filter(({ part }) => part === 1);
  return {
    lists: first.map(({ relayId, pbx, listedAt }) => {
      const parts = lists.filter((list) => list.relayId === relayId);
      // Relays at one PBX list the same agents.
      const isCounted = first.find((list) => list.pbx === pbx)?.relayId === relayId;
      const agentsLeftOut =
        parts.reduce((sum, list) => sum + (list.agentsLeftOut ?? 0), 0) +
        (isCounted ? unreturned.filter((agent) => agent.pbx === pbx).length : 0);
      return { relayId, pbx, listedAt, ...(agentsLeftOut > 0 && { agentsLeftOut }) };
    }),
    agents: returned,
  };
}

/** Two relays at one PBX list the same agents: the list with the agent's call wins, or else the newer one. */
function distinct(agents: readonly Agent[]): Agent[] {
  const byId = new Map<string, Agent>();
  for (const agent of agents) {
    const key = JSON.stringify([agent.pbx, agent.id]);
    const other = byId.get(key);
    if (!other || rank(agent) > rank(other)) byId.set(key, agent);
  }
  return [...byId.values()];
}

/** Healthy relays publish their lists within a minute of each other. */
const rank = ({ callId, listedAt }: Agent) => listedAt + (callId === undefined ? 0 : 60_000);

async function withVisibleCalls(
  agents: readonly Agent[],
  restriction: Restriction,
  calls: Pick<ApiDependencies['calls'], 'states'>,
): Promise<Agent[]> {
  const states = await calls.states([...new Set(agents.flatMap(({ callId }) => callId ?? []))]);
  const visible = new Set(states.filter(({ metadata }) => maySee(restriction, metadata)).map(({ callId }) => callId));
  return agents.map(({ callId, ...agent }) =>
    callId !== undefined && visible.has(callId) ? { ...agent, callId } : agent,
  );
}
