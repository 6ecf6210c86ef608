import { z } from 'zod';
import { instantSchema } from './fields.ts';
import { callIdSchema } from './ids.ts';
import { extensionSchema, personSchema } from './people.ts';

/** How a supervisor joins a call: muted; heard by the agent alone; heard by both sides. */
export const monitorModeSchema = z.enum(['listen', 'whisper', 'barge']);
export type MonitorMode = z.infer<typeof monitorModeSchema>;

/** The outcome of ringing a person's telephone. */
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

/** A supervisor's request to join a call; stored with the call. */
export const monitorSchema = z.object({
  requestId: z.uuid(),
  callId: callIdSchema,
  mode: monitorModeSchema,
  by: personSchema,
  extension: extensionSchema,
  requestedAt: instantSchema,
  outcome: ringOutcomeSchema,
  /** When the outcome was reported. */
  outcomeAt: instantSchema.optional(),
});
export type Monitor = z.infer<typeof monitorSchema>;

/** A request without an outcome after this time will get none. */
export const MONITOR_TIMEOUT_MS = 60_000;
