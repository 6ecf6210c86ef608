import { z } from 'zod';
import { alertSchema, alertStateSchema, levelSchema, ruleKindSchema, verdictSchema } from '../../alert.ts';
import { callSummarySchema } from '../../call/summary.ts';
import { countSchema } from '../../fields.ts';
import { cursorSchema, daySchema, pageSizeSchema } from './fields.ts';

/** `GET /alerts`: newest first; by default those of today and yesterday. */
export const alertsQuerySchema = z.object({
  state: alertStateSchema.optional(),
  kind: ruleKindSchema.optional(),
  level: levelSchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  limit: pageSizeSchema(200, 50),
  cursor: cursorSchema.optional(),
});
export type AlertsQuery = z.input<typeof alertsQuerySchema>;

/** An alert as a row, with the current metadata of its call. */
export const alertRowSchema = alertSchema.extend({
  call: callSummarySchema.pick({ startedAt: true, status: true, metadata: true }),
});
export type AlertRow = z.infer<typeof alertRowSchema>;

export const alertsPageSchema = z.object({ alerts: z.array(alertRowSchema), cursor: cursorSchema.optional() });
export type AlertsPage = z.infer<typeof alertsPageSchema>;

/**
 * `PATCH /calls/{callId}/alerts/{alertId}`: returns the updated alert. 409, with nothing changed, if the alert is not
 * at `version`: fetch and show it again.
 */
export const alertPatchSchema = z
  .strictObject({
    /** `handling.version` of the alert that the person saw; 0 where it had none. */
    version: countSchema,
    state: alertStateSchema.optional(),
    /** `me` is the token's owner, and nobody else can be named; null removes the assignee. */
    assignee: z.literal('me').nullable().optional(),
    verdict: verdictSchema.nullable().optional(),
    note: z.string().trim().max(2000).nullable().optional(),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, 'Say what is to be changed.');
export type AlertPatch = z.infer<typeof alertPatchSchema>;
