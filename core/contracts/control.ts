import { z } from 'zod';
import { levelSchema } from '../alert.ts';
import { instantSchema } from '../fields.ts';
import { callIdSchema, channelSchema } from '../ids.ts';
import { languageTagSchema } from '../language.ts';
import { monitorModeSchema, ringOutcomeSchema } from '../monitor.ts';
import { extensionSchema } from '../people.ts';
import { trunkAnswerSchema } from '../trunks.ts';

/**
 * The messages between a relay and the cloud over the relay's one WebSocket. Every message may be lost with its
 * connection and may arrive twice; each `requestId` is acted upon once.
 */

const requestId = z.uuid();

/** Calls that one `live` message may name. */
export const MAX_LIVE_CALLS = 50;

/** What a relay sends; `action` is API Gateway's route key. */
export const relayMessageSchema = z.discriminatedUnion('action', [
  /** Sent after each connect: these calls are live here. The reply is a `watch` for each that a viewer has open. */
  z.object({ action: z.literal('live'), callIds: z.array(callIdSchema).max(MAX_LIVE_CALLS) }),
  /** A partial of a watched call; it replaces the previous one on its channel. */
  z.object({
    action: z.literal('partial'),
    callId: callIdSchema,
    channel: channelSchema,
    startMs: instantSchema,
    text: z.string().min(1).max(1024),
    /** When the engine emitted it. */
    heardAt: instantSchema,
  }),
  z.object({ action: z.literal('outcome'), requestId, callId: callIdSchema, outcome: ringOutcomeSchema }),
  /** Keep-alive: API Gateway closes a connection that is idle for ten minutes. */
  z.object({ action: z.literal('ping') }),
]);
export type RelayMessage = z.infer<typeof relayMessageSchema>;

/** What the cloud sends to a relay. */
export const relayCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watch'), callId: callIdSchema }),
  /** No viewer has the call open any more: stop sending its partials. */
  z.object({ type: z.literal('unwatch'), callId: callIdSchema }),
  z.object({
    type: z.literal('monitor'),
    requestId,
    callId: callIdSchema,
    mode: monitorModeSchema,
    extension: extensionSchema,
  }),
  /** Calls an extension and speaks a sentence to the person who answers. */
  z.object({
    type: z.literal('ring'),
    requestId,
    callId: callIdSchema,
    extension: extensionSchema,
    level: levelSchema,
    sentence: z.string().min(1).max(500),
  }),
  /** Who is taken for the agent of a call is its caller, or is not after all. */
  z.object({ type: z.literal('sides'), callId: callIdSchema, isSwapped: z.boolean() }),
  /** What a person who listens says that is spoken on a call from now on. */
  z.object({ type: z.literal('language'), callId: callIdSchema, tag: languageTagSchema }),
  /** An admin's answer to a question about a trunk. */
  z.object({ type: z.literal('trunk'), ...trunkAnswerSchema.shape }),
  z.object({ type: z.literal('pong') }),
]);
export type RelayCommand = z.infer<typeof relayCommandSchema>;
