import { z } from 'zod';
import { callIdSchema, channelSchema } from './ids.ts';
import { personSchema } from './people.ts';
import { levelSchema } from './rules/alert.ts';

/**
 * What a relay and the cloud say to each other over the relay's one WebSocket, and what people ask for through it.
 * Every message may be lost with its connection and may come twice; a `requestId` is acted upon once.
 */

const instant = z.int().nonnegative();
const requestId = z.uuid();

/** How a supervisor joins a call: unheard; heard by the agent alone; heard by both. */
export const monitorModeSchema = z.enum(['listen', 'whisper', 'barge']);
export type MonitorMode = z.infer<typeof monitorModeSchema>;

/** Digits of a telephone extension: what a supervisor's own telephone is dialled by. */
export const extensionSchema = z.string().regex(/^\d{2,8}$/, 'Give an extension of 2 to 8 digits.');

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
  requestId,
  callId: callIdSchema,
  mode: monitorModeSchema,
  by: personSchema,
  extension: extensionSchema,
  requestedAt: instant,
  outcome: ringOutcomeSchema,
  /** When the outcome was known. */
  outcomeAt: instant.optional(),
});
export type Monitor = z.infer<typeof monitorSchema>;

/** A request without an outcome by then will have none. */
export const MONITOR_PATIENCE_MS = 60_000;

/** `POST /calls/{callId}/monitors`: answers 202 with the `Monitor`, whose outcome is told to the call's viewers. */
export const monitorRequestSchema = z.strictObject({ mode: monitorModeSchema });

/** Calls that one `live` message may name. */
export const MAX_LIVE_CALLS = 50;

/** What a relay says; `action` is API Gateway's route key. */
export const relayMessageSchema = z.discriminatedUnion('action', [
  /** After each connect: these calls run here. The answer is a `watch` for each that somebody has open. */
  z.object({ action: z.literal('live'), callIds: z.array(callIdSchema).max(MAX_LIVE_CALLS) }),
  /** Words of a watched call that may still change; each replaces the one before on its channel. */
  z.object({
    action: z.literal('partial'),
    callId: callIdSchema,
    channel: channelSchema,
    startMs: instant,
    text: z.string().min(1).max(1024),
    /** When the engine gave it. */
    heardAt: instant,
  }),
  z.object({ action: z.literal('outcome'), requestId, callId: callIdSchema, outcome: ringOutcomeSchema }),
  /** API Gateway closes a connection that is silent for ten minutes. */
  z.object({ action: z.literal('ping') }),
]);
export type RelayMessage = z.infer<typeof relayMessageSchema>;

/** What the cloud says to a relay. */
export const relayCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watch'), callId: callIdSchema }),
  /** Nobody has the call open any more: no partials of it. */
  z.object({ type: z.literal('unwatch'), callId: callIdSchema }),
  z.object({
    type: z.literal('monitor'),
    requestId,
    callId: callIdSchema,
    mode: monitorModeSchema,
    extension: extensionSchema,
  }),
  /** Calls an extension and speaks a sentence to whoever answers. */
  z.object({
    type: z.literal('ring'),
    requestId,
    callId: callIdSchema,
    extension: extensionSchema,
    level: levelSchema,
    sentence: z.string().min(1).max(500),
  }),
  z.object({ type: z.literal('pong') }),
]);
export type RelayCommand = z.infer<typeof relayCommandSchema>;

/** `POST /relay-tickets`, signed with AWS Signature Version 4: opens the relay's WebSocket, once. */
export const relayTicketRequestSchema = z.strictObject({ relayId: z.string().min(1).max(256) });
