import { z } from 'zod';
import { matchSchema, reasonPartSchema } from '../../alert.ts';
import { countSchema } from '../../fields.ts';
import { callIdSchema, channelSchema } from '../../ids.ts';
import { personSchema } from '../../people.ts';
import { ruleSchema } from '../../rules/rule.ts';
import { requireSmallRule } from '../../rules/size.ts';
import { daySchema } from './fields.ts';

/** A rule with its alerts of the last seven days. */
export const ruleRowSchema = z.object({
  rule: ruleSchema,
  /** Alerts that it contributed to, and those of them with a verdict. */
  hits: countSchema,
  judged: countSchema,
  falseAlarms: countSchema,
  /** Alerts of the last minutes that were not sent, because the rule raised too many; for admins, absent for none. */
  muted: z.int().positive().optional(),
  /** Who saved this version; absent for a default rule that nobody changed. */
  changedBy: personSchema.optional(),
});
export type RuleRow = z.infer<typeof ruleRowSchema>;

/** `GET /rules`. */
export const rulesListSchema = z.object({ rules: z.array(ruleRowSchema) });
export type RulesList = z.infer<typeof rulesListSchema>;

/** Versions of a rule that are listed: the newest ones. */
export const LISTED_VERSIONS = 100;

/** `GET /rules/{ruleId}/versions`: newest first; also of a deleted rule. */
export const ruleVersionsSchema = z.object({
  versions: z.array(
    z.object({
      rule: ruleSchema,
      changedBy: personSchema.optional(),
      /** This version deleted the rule; `rule` is its last content. */
      deleted: z.boolean().optional(),
    }),
  ),
});
export type RuleVersions = z.infer<typeof ruleVersionsSchema>;

/**
 * `PUT /rules/{ruleId}` (admins): returns the rule as stored. `version` is the version that was edited, 0 for a new
 * rule. 409 if another version was saved meanwhile, or if the id of a new rule is taken. 400 if it is too large, or if
 * there are `MAX_RULES` rules already.
 */
export const rulePutSchema = ruleSchema
  .omit({ ruleId: true, version: true, changedAt: true })
  .extend({ version: countSchema })
  .superRefine(requireSmallRule);
export type RulePut = z.infer<typeof rulePutSchema>;

/** `DELETE /rules/{ruleId}?version=` (admins): 204; 409 as above. */
export const ruleDeleteQuerySchema = z.object({ version: z.coerce.number<number>().int().positive() });

/** `POST /rules/backtest`: what a draft would have raised on stored calls, newest first. */
export const backtestSchema = z.strictObject({
  rule: ruleSchema.omit({ version: true, changedAt: true }).superRefine(requireSmallRule),
  days: z.int().min(1).max(31).default(7),
  /** Calls to read at most. */
  calls: z.int().min(1).max(500).default(200),
});
export type Backtest = z.input<typeof backtestSchema>;

export const backtestHitSchema = z.object({
  callId: callIdSchema,
  startedAt: countSchema,
  agent: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  /** The utterance (0 where time alone fulfilled the rule) with its channel, text and call time. */
  seq: countSchema,
  channel: channelSchema,
  text: z.string(),
  atMs: countSchema,
  explanation: z.string(),
  matches: z.array(matchSchema),
  /** Of a compound rule: each of its conditions. */
  parts: z.array(reasonPartSchema).optional(),
});

export const backtestResultSchema = z.object({
  callsRead: countSchema,
  /** Calls of these days beyond the requested number. */
  callsLeftOut: countSchema,
  /** Each requested day, oldest first. */
  days: z.array(z.object({ day: daySchema, calls: countSchema, hits: countSchema })),
  /** The newest hits; `hitCount` counts all. */
  hits: z.array(backtestHitSchema).max(100),
  hitCount: countSchema,
  /** Why the rule could not be tried; absent if it could. */
  untried: z.string().optional(),
});
export type BacktestResult = z.infer<typeof backtestResultSchema>;
