import { z } from 'zod';
import { callHealthSchema } from './call/health.ts';
import { callStateSchema, deadlineSchema, scoredUtteranceSchema, type CallState } from './call/state.ts';
import { silenceMsOf } from './call/talk.ts';
import { monitorSchema } from './control.ts';
import { agentsListedSchema, callsTickedSchema } from './events.ts';
import { callIdSchema, channelSchema } from './ids.ts';
import { alertSchema, levelSchema, type Level, higherLevel } from './rules/alert.ts';

/** A call as a row of the list: its state without what only the fold needs. */
export const callSummarySchema = callStateSchema
  .pick({
    callId: true,
    relayId: true,
    pbx: true,
    version: true,
    status: true,
    engine: true,
    startedAt: true,
    endedAt: true,
    endReason: true,
    metadata: true,
    channels: true,
    alertCount: true,
    lastUtterance: true,
    lostAudioMs: true,
  })
  .extend({
    mood: callStateSchema.shape.mood.omit({ window: true }),
    /** Time in which nobody spoke, up to the last words. */
    silenceMs: z.int().nonnegative(),
    /** How often each side broke in on the other. */
    interruptions: z.partialRecord(channelSchema, z.int().positive()),
    /** The rules' phrases that the customer used most. */
    keywords: z.array(z.object({ phrase: z.string(), count: z.int().positive() })),
    /** What is owed in the call: a countdown to `dueMs` while `doneMs` is missing. */
    deadlines: z.array(deadlineSchema.extend({ ruleId: z.string() })),
    /** How well each side is heard; a side without a leg is missing. */
    health: callHealthSchema.shape.legs,
    /** The highest level among its open alerts. */
    openLevel: levelSchema.optional(),
  });
export type CallSummary = z.infer<typeof callSummarySchema>;

/** Keywords that a row shows. */
const SHOWN_KEYWORDS = 8;

export function summaryOf(state: CallState): CallSummary {
  const { rolling, trend, points } = state.mood;
  const levels = Object.values(state.openAlerts);
  return callSummarySchema.parse({
    ...state,
    mood: { rolling, trend, points },
    silenceMs: silenceMsOf(state.talk),
    interruptions: Object.fromEntries(
      Object.entries(state.talk.interruptions).map(([channel, { count }]) => [channel, count]),
    ),
    keywords: Object.entries(state.keywords)
      .map(([phrase, count]) => ({ phrase, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, SHOWN_KEYWORDS),
    deadlines: Object.entries(state.deadlines).map(([ruleId, deadline]) => ({ ruleId, ...deadline })),
    health: state.health?.legs ?? {},
    ...(levels.length > 0 ? { openLevel: levels.reduce<Level>(higherLevel, 'warning') } : {}),
  });
}

/** A relay's last report, one part of it. */
export const relayReportSchema = callsTickedSchema.omit({ type: true, version: true });
export type RelayReport = z.infer<typeof relayReportSchema>;

/** Who is logged in to a dialler, one part of a relay's last list. */
export const agentListSchema = agentsListedSchema.omit({ type: true, version: true });
export type AgentList = z.infer<typeof agentListSchema>;

/** What a list said is no longer so after such a time: a relay tells it anew once a minute at least. */
export const AGENTS_STALE_MS = 180_000;

/** Without a tick for so long, a relay's calls are shown as lost. */
export const RELAY_SILENCE_MS = 20_000;

/** `GET /calls`: what is live now. */
export const activeCallsSchema = z.object({ calls: z.array(callSummarySchema), relays: z.array(relayReportSchema) });
export type ActiveCalls = z.infer<typeof activeCallsSchema>;

/** `GET /calls/{callId}`. */
export const callDetailSchema = z.object({
  call: callSummarySchema,
  utterances: z.array(scoredUtteranceSchema),
  alerts: z.array(alertSchema),
  /** Who asked to be on the call, the first request first. */
  monitors: z.array(monitorSchema),
});
export type CallDetail = z.infer<typeof callDetailSchema>;

/** `POST /tickets`: opens one WebSocket, once. */
export const ticketSchema = z.object({ ticket: z.string().min(1), expiresAt: z.int().positive(), url: z.url() });
export type Ticket = z.infer<typeof ticketSchema>;

/** What went wrong with a request (RFC 9457); `field` is the JSON path of what was wrong in it. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

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

const pushedAt = z.int().nonnegative();

/**
 * What the page receives. Summaries and alerts are whole and carry versions, so any order and any repeat is
 * harmless; a hole in the `seq` of a call's utterances means: fetch the call again.
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
  /** Words that may still change; each replaces the one before on its channel, and an utterance replaces it. */
  z.object({
    type: z.literal('partial'),
    pushedAt,
    callId: callIdSchema,
    channel: channelSchema,
    startMs: z.int().nonnegative(),
    text: z.string(),
    heardAt: z.int().nonnegative(),
  }),
  z.object({ type: z.literal('monitor'), pushedAt, monitor: monitorSchema }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

/**
 * A frame to a page is a message as JSON, or this: the JSON of a list of messages, deflated (raw) and in base64. API
 * Gateway compresses nothing, bills each frame, and what goes out by its bytes.
 */
export const packedFrameSchema = z.object({ type: z.literal('packed'), deflated: z.base64() });

/** `/config.json` of the site: where the page finds its doors. */
export const siteConfigSchema = z.object({
  apiUrl: z.url(),
  region: z.string(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  /** Cognito's endpoint; another one only for a local AWS endpoint. */
  cognitoUrl: z.url(),
  /** Where people sign in by Cognito's managed login (authorization code with PKCE); without it, by a form of the page. */
  managedLoginUrl: z.url().optional(),
});
export type SiteConfig = z.infer<typeof siteConfigSchema>;
