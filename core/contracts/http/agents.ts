import { z } from 'zod';
import { countSchema } from '../../fields.ts';
import { liveAgentSchema } from '../../live-agent.ts';
import { daySchema } from './fields.ts';

/**
 * `GET /agents` and `GET /agents/{agentId}`, over the last `days`, today included. The latter returns one
 * `AgentStatistics`, or 404 if the agent had no calls.
 */
export const agentsQuerySchema = z.object({ days: z.coerce.number<number>().int().min(1).max(90).default(7) });
export type AgentsQuery = z.input<typeof agentsQuerySchema>;

const statisticsSchema = z.object({
  calls: countSchema,
  /** Mean of the calls' `meanMood`, without calls in which the customer said nothing. */
  meanMood: z.number().min(-1).max(1),
  meanDurationMs: countSchema,
  alerts: countSchema,
  utterances: countSchema,
  positive: countSchema,
  neutral: countSchema,
  negative: countSchema,
});
export type Statistics = z.infer<typeof statisticsSchema>;

export const agentStatisticsSchema = statisticsSchema.extend({
  agent: z.object({ id: z.string(), name: z.string().optional() }),
  /** Days with calls, the oldest first. */
  days: z.array(statisticsSchema.extend({ day: daySchema })),
});
export type AgentStatistics = z.infer<typeof agentStatisticsSchema>;

/** `GET /agents`: the busiest first. */
export const agentsListSchema = z.object({ agents: z.array(agentStatisticsSchema) });
export type AgentsList = z.infer<typeof agentsListSchema>;

/** `GET /agents/live`: the agents who are logged in to the diallers and whom the person may see. */
export const liveAgentsSchema = z.object({
  /** The last list of each relay with a dialler, at most a day old; `agents` come from the fresh ones only. */
  lists: z.array(
    z.object({
      relayId: z.string(),
      pbx: z.string(),
      listedAt: countSchema,
      /** Further agents, for whom a stored list has no room. */
      agentsLeftOut: countSchema.optional(),
    }),
  ),
  agents: z.array(liveAgentSchema.extend({ pbx: z.string(), listedAt: countSchema })),
});
export type LiveAgents = z.infer<typeof liveAgentsSchema>;
