import type { LiveAgentRow } from './tables.ts';

/** The conference in which an agent sits while calls come and go, and the dialler that has it. */
export interface AgentSession {
  readonly sessionId: string;
  readonly serverIp: string;
}

/** The session of the agent who has a call. `callsByAgent`: the live calls by their agent's user. */
export function sessionOf(
  callId: string,
  agents: readonly LiveAgentRow[],
  callsByAgent: ReadonlyMap<string, string>,
): AgentSession | undefined {
  const agent = agents.find(({ user }) => user !== undefined && callsByAgent.get(user) === callId);
  if (agent?.conf_exten === undefined || agent.server_ip === undefined) return undefined;
  return { sessionId: agent.conf_exten, serverIp: agent.server_ip };
}
