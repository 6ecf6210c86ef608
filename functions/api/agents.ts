import { z } from 'zod';
import {
  agentsListSchema,
  agentsQuerySchema,
  agentStatisticsSchema,
  liveAgentsSchema,
} from '#core/contracts/http/agents.ts';
import type { HistoryFilter } from '../adapters/history-table.ts';
import { agentStatistics } from './agent-statistics.ts';
import type { Api } from './api.ts';
import { lastDays } from './days.ts';
import { liveAgents } from './live-agents.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';
import { json, notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const agentsRoute = auditedRoute(
  { nothing: 'statistics without words' },
  {
    method: 'get',
    path: '/agents',
    summary: 'How the agents’ past calls went',
    request: { query: agentsQuerySchema },
    responses: { 200: json('The agents, the busiest first', agentsListSchema), ...refusals },
  },
);

const liveRoute = auditedRoute(
  { nothing: 'who is logged in' },
  {
    method: 'get',
    path: '/agents/live',
    summary: 'The agents who are logged in to the diallers, and their states',
    responses: { 200: json('The agents, in no particular order', liveAgentsSchema), ...refusals },
  },
);

const agentRoute = auditedRoute(
  { nothing: 'statistics without words' },
  {
    method: 'get',
    path: '/agents/{agentId}',
    summary: 'How one agent’s past calls went',
    request: { params: z.object({ agentId: z.string().min(1).max(256) }), query: agentsQuerySchema },
    responses: { 200: json('The agent', agentStatisticsSchema), ...refusals, ...notFound },
  },
);

/** The agents who are logged in, and statistics over days. */
export function addAgentRoutes(app: Api, { history, now, agentLists, calls }: ApiDependencies): void {
  // Registered before the route of one agent, whose path matches it too.
  app.openapi(liveRoute, async (c) =>
    c.json(await liveAgents(await agentLists.all(), c.get('me').restriction, { calls, now }), 200),
  );

  const statisticsOf = async (days: number, filter: HistoryFilter) => {
    const records = await Promise.all(lastDays(days, now()).map(async (day) => history.ofDay(day, filter)));
    return agentStatistics(records.flat());
  };

  app.openapi(agentsRoute, async (c) => {
    const { restriction } = c.get('me');
    return c.json({ agents: await statisticsOf(c.req.valid('query').days, { restriction }) }, 200);
  });

  app.openapi(agentRoute, async (c) => {
    const { restriction } = c.get('me');
    const agent = c.req.valid('param').agentId;
    const [statistics] = await statisticsOf(c.req.valid('query').days, { restriction, agent });
    if (!statistics) throw new ProblemError(404, 'This agent had no calls in these days.', 'agentId');
    return c.json(statistics, 200);
  });
}
