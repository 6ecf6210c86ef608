import { z } from 'zod';
import { levelSchema } from '../alert.ts';
import { instantSchema } from '../fields.ts';
import { callIdSchema, channelSchema } from '../ids.ts';
import { monitorModeSchema, ringOutcomeSchema } from '../monitor.ts';
import { extensionSchema } from '../people.ts';

/**
 * What a relay and the cloud say to each other over the relay's one WebSocket, and what people ask for through it.
 * Every message may be lost with its connection and may come twice; a `requestId` is acted upon once.
 */

const requestId = z.uuid();

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
    startMs: instantSchema,
    text: z.string().min(1).max(1024),
    /** When the engine gave it. */
    heardAt: instantSchema,
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
