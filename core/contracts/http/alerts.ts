import { z } from 'zod';
import { alertSchema, alertStateSchema, levelSchema, ruleKindSchema, verdictSchema } from '../../alert.ts';
import { callSummarySchema } from '../../call/summary.ts';
import { countSchema } from '../../fields.ts';
import { personSchema } from '../../people.ts';
import { cursorSchema, daySchema, pageSizeSchema } from './fields.ts';

/** `GET /alerts`: from the newest back. Without days, those of today and yesterday. */
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

/** An alert as a row: with what is known of its call now. */
export const alertRowSchema = alertSchema.extend({
  call: callSummarySchema.pick({ startedAt: true, status: true, metadata: true }),
});
export type AlertRow = z.infer<typeof alertRowSchema>;

export const alertsPageSchema = z.object({ alerts: z.array(alertRowSchema), cursor: cursorSchema.optional() });
export type AlertsPage = z.infer<typeof alertsPageSchema>;

/**
 * `PATCH /calls/{callId}/alerts/{alertId}`: answers the alert as it is now. 409 where
 * the alert is at another version than `version`, with nothing changed: fetch it, show it, ask again.
 */
export const alertPatchSchema = z
  .strictObject({
    /** `handling.version` of the alert that the person saw; 0 where it had none. */
    version: countSchema,
    state: alertStateSchema.optional(),
    /** null: nobody any more. */
    assignee: personSchema.nullable().optional(),
    verdict: verdictSchema.nullable().optional(),
    note: z.string().trim().max(2000).nullable().optional(),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, 'Say what is to be changed.');
export type AlertPatch = z.infer<typeof alertPatchSchema>;
