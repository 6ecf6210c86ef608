import { z } from 'zod';
import { instantSchema } from './fields.ts';
import { callIdSchema } from './ids.ts';
import { extensionSchema, personSchema } from './people.ts';

/** How a supervisor joins a call: unheard; heard by the agent alone; heard by both. */
export const monitorModeSchema = z.enum(['listen', 'whisper', 'barge']);
export type MonitorMode = z.infer<typeof monitorModeSchema>;

/** What became of calling a telephone for someone. */
export const ringOutcomeSchema = z.enum([
  'requested',
  'answered',
  'busy',
  'no-answer',
  'refused',
  'call-gone',
  'relay-offline',
  'failed',
]);
export type RingOutcome = z.infer<typeof ringOutcomeSchema>;

/** A supervisor's request to be on a call; kept with the call. */
export const monitorSchema = z.object({
  requestId: z.uuid(),
  callId: callIdSchema,
  mode: monitorModeSchema,
  by: personSchema,
  extension: extensionSchema,
  requestedAt: instantSchema,
  outcome: ringOutcomeSchema,
  /** When the outcome was known. */
  outcomeAt: instantSchema.optional(),
});
export type Monitor = z.infer<typeof monitorSchema>;

/** A request without an outcome by then will have none. */
export const MONITOR_PATIENCE_MS = 60_000;
