import { z } from 'zod';
import { liveAgentSchema } from './events.ts';
import { callRecordSchema } from './history.ts';
import { callIdSchema, channelSchema } from './ids.ts';
import { personSchema, restrictionSchema, roleSchema } from './people.ts';
import {
  alertSchema,
  alertStateSchema,
  levelSchema,
  matchSchema,
  ruleKindSchema,
  verdictSchema,
} from './rules/alert.ts';
import { ruleSchema } from './rules/rule.ts';
import { callSummarySchema, relayReportSchema } from './views.ts';

/**
 * What the HTTP API takes and gives, beyond `GET /calls`, `GET /calls/{callId}` and `POST /tickets` (see `views.ts`).
 * Every refusal is a `Problem`. Lists come in pages: ask again with `cursor` as long as one is given.
 */

const count = z.int().nonnegative();
const cursor = z.string().min(1).max(2048);
/** A day in UTC. */
export const daySchema = z.iso.date();
const name = z.string().trim().min(1).max(256);
const pageSize = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

/** `GET /me`: who the token is of, and which calls they may see. */
export const meSchema = z.object({
  person: personSchema,
  role: roleSchema,
  /** Missing where they may see every call. */
  restriction: restrictionSchema.optional(),
});
export type Me = z.infer<typeof meSchema>;

/** `GET /alerts`: from the newest back. Without days, those of today and yesterday. */
export const alertsQuerySchema = z.object({
  state: alertStateSchema.optional(),
  kind: ruleKindSchema.optional(),
  level: levelSchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  limit: pageSize(200, 50),
  cursor: cursor.optional(),
});
export type AlertsQuery = z.input<typeof alertsQuerySchema>;

/** An alert as a row: with what is known of its call now. */
export const alertRowSchema = alertSchema.extend({
  call: callSummarySchema.pick({ startedAt: true, status: true, metadata: true }),
});
export type AlertRow = z.infer<typeof alertRowSchema>;

export const alertsPageSchema = z.object({ alerts: z.array(alertRowSchema), cursor: cursor.optional() });
export type AlertsPage = z.infer<typeof alertsPageSchema>;

/**
 * `PATCH /calls/{callId}/alerts/{alertId}` (the id encoded, for its `#`): answers the alert as it is now. 409 where
 * the alert is at another version than `version`, with nothing changed: fetch it, show it, ask again.
 */
export const alertPatchSchema = z
  .strictObject({
    /** `handling.version` of the alert that the person saw; 0 where it had none. */
    version: count,
    state: alertStateSchema.optional(),
    /** null: nobody any more. */
    assignee: personSchema.nullable().optional(),
    verdict: verdictSchema.nullable().optional(),
    note: z.string().trim().max(2000).nullable().optional(),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, 'Say what is to be changed.');
export type AlertPatch = z.infer<typeof alertPatchSchema>;

/** A rule with what it did in the last seven days. */
export const ruleRowSchema = z.object({
  rule: ruleSchema,
  /** Alerts that it had a share in, and those of them that people judged. */
  hits: count,
  judged: count,
  falseAlarms: count,
  /** Who saved this version; missing for a default rule that nobody changed. */
  changedBy: personSchema.optional(),
});
export type RuleRow = z.infer<typeof ruleRowSchema>;

/** `GET /rules`. */
export const rulesListSchema = z.object({ rules: z.array(ruleRowSchema) });
export type RulesList = z.infer<typeof rulesListSchema>;

/** `GET /rules/{ruleId}/versions`: the newest first; also of a rule that was deleted. */
export const ruleVersionsSchema = z.object({
  versions: z.array(
    z.object({
      rule: ruleSchema,
      changedBy: personSchema.optional(),
      /** This version deleted the rule; `rule` is what it was. */
      deleted: z.boolean().optional(),
    }),
  ),
});
export type RuleVersions = z.infer<typeof ruleVersionsSchema>;

/**
 * `PUT /rules/{ruleId}` (admins): answers the rule as stored. `version` is the version that was edited, 0 for a new
 * rule. 409 where another was saved meanwhile, or, for a new one, where the id is taken.
 */
export const rulePutSchema = ruleSchema
  .omit({ ruleId: true, version: true, changedAt: true })
  .extend({ version: count });
export type RulePut = z.infer<typeof rulePutSchema>;

/** `DELETE /rules/{ruleId}?version=` (admins): 204; 409 as above. */
export const ruleDeleteQuerySchema = z.object({ version: z.coerce.number().int().positive() });

/** `POST /rules/backtest`: what a draft would have raised on stored calls, from the newest back. */
export const backtestSchema = z.strictObject({
  rule: ruleSchema.omit({ version: true, changedAt: true }),
  days: z.int().min(1).max(31).default(7),
  /** Calls to read at most. */
  calls: z.int().min(1).max(500).default(200),
});
export type Backtest = z.input<typeof backtestSchema>;

export const backtestHitSchema = z.object({
  callId: callIdSchema,
  startedAt: count,
  agent: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  /** The utterance, 0 where time alone fulfilled the rule; its side, words and call time. */
  seq: count,
  channel: channelSchema,
  text: z.string(),
  atMs: count,
  explanation: z.string(),
  matches: z.array(matchSchema),
});

export const backtestResultSchema = z.object({
  callsRead: count,
  /** Calls of these days that the bound left out. */
  callsLeftOut: count,
  /** Each day that was asked for, the oldest first. */
  days: z.array(z.object({ day: daySchema, calls: count, hits: count })),
  /** The newest ones; `hitCount` counts all. */
  hits: z.array(backtestHitSchema).max(100),
  hitCount: count,
  /** Why the rule could not be tried, where that is so. */
  untried: z.string().optional(),
});
export type BacktestResult = z.infer<typeof backtestResultSchema>;

/**
 * `GET /agents` and `GET /agents/{agentId}`: over the last so many days, today included. The latter answers one
 * `AgentStatistics`, and 404 where the agent had no calls.
 */
export const agentsQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(90).default(7) });
export type AgentsQuery = z.input<typeof agentsQuerySchema>;

const statisticsSchema = z.object({
  calls: count,
  /** Mean of its calls' `meanMood`; those without a word of the customer left out. */
  meanMood: z.number().min(-1).max(1),
  meanDurationMs: count,
  alerts: count,
  utterances: count,
  positive: count,
  neutral: count,
  negative: count,
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

/** `GET /agents/live`: who is logged in to the diallers, as far as they may be seen. */
export const liveAgentsSchema = z.object({
  /** The last list of each relay that has a dialler, of a day at most; agents are told of those that are fresh. */
  lists: z.array(z.object({ relayId: z.string(), pbx: z.string(), listedAt: count })),
  agents: z.array(liveAgentSchema.extend({ pbx: z.string(), listedAt: count })),
});
export type LiveAgents = z.infer<typeof liveAgentsSchema>;

/** Filters over past calls; all that are given must hold. Without days, the last seven. */
const searchFilters = {
  /** An agent's id. */
  agent: name.optional(),
  campaign: name.optional(),
  /** Digits of the caller's number, at least three, anywhere in it. */
  number: z
    .string()
    .regex(/^\+?\d{3,20}$/, 'Give at least three digits, without spaces.')
    .optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** The label of the call's mean mood. */
  mood: z.enum(['negative', 'neutral', 'positive']).optional(),
  /** The highest alert of the call is at least of this level; `any`: it had an alert. */
  level: levelSchema.or(z.literal('any')).optional(),
  /** Words that were said in the call by anybody: all of them, in any order, as they stand. */
  words: z.string().trim().min(2, 'Give at least two letters.').max(200).optional(),
};

/** `GET /calls/search`: past calls from the newest back. */
export const callSearchQuerySchema = z.object({
  ...searchFilters,
  limit: pageSize(200, 50),
  cursor: cursor.optional(),
});
export type CallSearchQuery = z.input<typeof callSearchQuerySchema>;

export const callPageSchema = z.object({
  calls: z.array(callRecordSchema),
  /** A page may hold fewer than asked for, even none, and more may follow all the same. */
  cursor: cursor.optional(),
});
export type CallPage = z.infer<typeof callPageSchema>;

/**
 * `GET /calls/export`: the same calls as a file, at most `EXPORT_LIMIT`; where more follow, the header
 * `x-next-cursor` says from where.
 */
export const callsExportQuerySchema = z.object({
  ...searchFilters,
  format: z.enum(['csv', 'json']).default('csv'),
  cursor: cursor.optional(),
});
export type CallsExportQuery = z.input<typeof callsExportQuerySchema>;
export const EXPORT_LIMIT = 5000;

/** `GET /calls/{callId}/export`: one call with its transcript, as a file. */
export const callExportQuerySchema = z.object({ format: z.enum(['csv', 'json']).default('csv') });

/** `GET /system`. */
export const systemSchema = z.object({
  stage: z.string(),
  /** The relays' last reports, as `GET /calls` gives them. */
  relays: z.array(relayReportSchema),
  liveCalls: count,
  /** From the last word of an utterance to its row in the table, over the newest words of live calls. */
  lag: z.object({ utterances: z.int().positive(), p50Ms: count, p95Ms: count, newestAt: count }).optional(),
  /** What was found the last time the pipeline looked at itself, once a minute; missing until it did. */
  pipeline: z
    .object({
      checkedAt: count,
      /** Queues of what could not be done; `messages` wait for someone. */
      deadLetters: z.array(z.object({ queue: z.string(), what: z.string(), messages: count })),
      /** Alarms that ring. */
      alarms: z.array(z.object({ alarm: z.string(), description: z.string(), since: count })),
    })
    .optional(),
});
export type SystemStatus = z.infer<typeof systemSchema>;
