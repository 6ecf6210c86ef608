import { z } from 'zod';
import { alertSchema } from '../alert.ts';
import { scoredUtteranceSchema } from '../call/state.ts';
import { callSummarySchema } from '../call/summary.ts';
import { callIdSchema, channelSchema } from '../ids.ts';
import { monitorSchema } from '../monitor.ts';
import { relayReportSchema } from './events.ts';

/** A topic a viewer can subscribe to. */
export const topicSchema = z.union([
  z.literal('overview'),
  z.literal('alerts'),
  z.templateLiteral(['call:', callIdSchema]),
]);
export type Topic = z.infer<typeof topicSchema>;

/** What the page sends over the WebSocket; `action` is API Gateway's route key. */
export const clientMessageSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('subscribe'), topic: topicSchema }),
  z.object({ action: z.literal('unsubscribe'), topic: topicSchema }),
  z.object({ action: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** The code of the error that ends a connection when its person's role or restriction has changed. */
export const ACCESS_CHANGED = 'access-changed';

const pushedAt = z.int().nonnegative();

/**
 * What the page receives. Summaries and alerts are complete and versioned, so any order and any repeat is harmless; on
 * a gap in the `seq` of a call's utterances, fetch the call again.
 */
export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribed'), topic: topicSchema }),
  z.object({ type: z.literal('unsubscribed'), topic: topicSchema }),
  z.object({ type: z.literal('overview'), pushedAt, calls: z.array(callSummarySchema) }),
  z.object({ type: z.literal('relays'), pushedAt, relays: z.array(relayReportSchema) }),
  z.object({
    type: z.literal('call'),
    pushedAt,
    callId: callIdSchema,
    utterances: z.array(scoredUtteranceSchema),
    alerts: z.array(alertSchema),
  }),
  z.object({ type: z.literal('alerts'), pushedAt, alerts: z.array(alertSchema) }),
  /** A partial: it replaces the previous one on its channel, and is replaced by an utterance. */
  z.object({
    type: z.literal('partial'),
    pushedAt,
    callId: callIdSchema,
    channel: channelSchema,
    startMs: z.int().nonnegative(),
    text: z.string(),
    heardAt: z.int().nonnegative(),
  }),
  /**
   * These calls moved to a team that the viewer may not see: nothing more of them is sent, and subscriptions to them
   * have ended.
   */
  z.object({ type: z.literal('moved'), pushedAt, callIds: z.array(callIdSchema) }),
  z.object({ type: z.literal('monitor'), pushedAt, monitor: monitorSchema }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

/**
 * A frame to a page is a message as JSON, or this: the JSON of a list of messages, deflated (raw) and in base64. API
 * Gateway does not compress, and bills by frame and by outgoing byte.
 */
export const packedFrameSchema = z.object({ type: z.literal('packed'), deflated: z.base64() });
