import { z } from 'zod';
import { callIdSchema, channelSchema } from './ids.ts';
import { alertSchema } from './rules/alert.ts';

/** EventBridge sources: what a relay says, and what the cloud concludes from it. */
export const RELAY_SOURCE = 'earshot.relay';
export const CORE_SOURCE = 'earshot.core';

const instant = z.int().nonnegative();
const durationMs = z.int().nonnegative();
const name = z.string().min(1).max(256);

/** What a rule's scope is compared with, as the relay knew it when the words were spoken. */
export const callScopeSchema = z.object({
  agentId: name.optional(),
  campaign: name.optional(),
  inGroup: name.optional(),
});
export type CallScope = z.infer<typeof callScopeSchema>;

export const callMetadataSchema = z.object({
  linkedid: name.optional(),
  agent: z.object({ id: name, name: name.optional() }).optional(),
  caller: z.object({ number: name.optional(), name: name.optional() }).optional(),
  campaign: name.optional(),
  inGroup: name.optional(),
  queue: name.optional(),
  recordingUrl: z.url().optional(),
  /** What a dialler knows of the call: the customer's record, and the outcome as the agent chose it (its code). */
  leadId: name.optional(),
  disposition: name.optional(),
  /** Who or what ended it, in the dialler's words: `CALLER`, `AGENT`, `ABANDON`, … */
  termReason: name.optional(),
  /** How long the caller waited for an agent. */
  queueMs: durationMs.optional(),
  /** How long the call was for the dialler, waiting included. */
  diallerLengthMs: durationMs.optional(),
});
export type CallMetadata = z.infer<typeof callMetadataSchema>;

const head = { version: z.literal(1), relayId: name };
const callHead = { ...head, callId: callIdSchema, pbx: name, callStartedAt: instant };

export const callStartedSchema = z.object({
  type: z.literal('CallStarted'),
  ...callHead,
  engine: name,
});

/** Metadata of a call; may come at any time and repeat. The newest `describedAt` wins field by field. */
export const callDescribedSchema = z.object({
  type: z.literal('CallDescribed'),
  ...callHead,
  describedAt: instant,
  metadata: callMetadataSchema,
});

export const utteranceTranscribedSchema = z.object({
  type: z.literal('UtteranceTranscribed'),
  ...callHead,
  seq: z.int().positive(),
  channel: channelSchema,
  startMs: durationMs,
  endMs: durationMs,
  text: z.string().min(1).max(4096),
  engine: name,
  confidence: z.number().min(0).max(1).optional(),
  /** Audio of this channel that was lost just before this utterance. */
  gapBeforeMs: durationMs.optional(),
  scope: callScopeSchema.optional(),
  /** When the last word ended, by the call's clock; when its final arrived; when it was handed to EventBridge. */
  spokenAt: instant,
  transcribedAt: instant,
  publishedAt: instant,
});
export type UtteranceTranscribed = z.infer<typeof utteranceTranscribedSchema>;

export const legTickSchema = z.object({
  channel: channelSchema,
  engine: name,
  /** Time since audio last came, or since the leg began where none came. */
  lastAudioAgeMs: durationMs,
  /** Speech on this leg so far. */
  speechMs: durationMs,
  /** Time since somebody last spoke on this leg, or since it began; 0 while somebody speaks. */
  silenceMs: durationMs,
  /** How long after its end the last utterance became text. */
  engineLagMs: durationMs,
  /** Time since the speech engine was lost; left out while it works. */
  engineDownMs: durationMs.optional(),
  gapCount: z.int().nonnegative(),
});
export type LegTick = z.infer<typeof legTickSchema>;

export const callTickSchema = z.object({
  callId: callIdSchema,
  /** Call time of this report, and the last seq published by then. The ages of the legs count back from `atMs`. */
  atMs: durationMs,
  lastSeq: z.int().nonnegative(),
  scope: callScopeSchema.optional(),
  legs: z.array(legTickSchema),
});
export type CallTick = z.infer<typeof callTickSchema>;

/** Calls a tick event may carry; a relay with more sends several parts. */
export const MAX_CALLS_PER_TICK = 50;

export const callsTickedSchema = z.object({
  type: z.literal('CallsTicked'),
  ...head,
  tickedAt: instant,
  part: z.int().positive(),
  parts: z.int().positive(),
  /** Events waiting in the relay's spool. */
  spooledEvents: z.int().nonnegative(),
  calls: z.array(callTickSchema).max(MAX_CALLS_PER_TICK),
});
export type CallsTicked = z.infer<typeof callsTickedSchema>;

/**
 * What an agent does, in the words of ViciDial: waits for a call (`READY`, `CLOSER` where only for inbound ones), gets
 * one (`QUEUE`), dials one (`MQUEUE`), speaks (`INCALL`), notes the outcome (`DISPO`), or is not there (`PAUSED`).
 */
export const agentStateSchema = z.enum(['INCALL', 'QUEUE', 'MQUEUE', 'DISPO', 'PAUSED', 'READY', 'CLOSER']);
export type AgentState = z.infer<typeof agentStateSchema>;

/** In-groups that are named of an agent, at most. */
export const MAX_IN_GROUPS = 20;

/** An agent who is logged in to the dialler. */
export const liveAgentSchema = z.object({
  id: name,
  name: name.optional(),
  state: agentStateSchema,
  /** Since when they are in this state. */
  since: instant.optional(),
  pauseCode: name.optional(),
  campaign: name.optional(),
  /** Whose calls they take. */
  inGroups: z.array(name).max(MAX_IN_GROUPS).optional(),
  /** Their call, where it is heard. */
  callId: callIdSchema.optional(),
  callsToday: z.int().nonnegative().optional(),
});
export type LiveAgent = z.infer<typeof liveAgentSchema>;

/** Agents an event may list; of more there are several parts. */
export const MAX_AGENTS_PER_LIST = 200;

/** Who is logged in to the dialler. Each list replaces the one before of its relay. */
export const agentsListedSchema = z.object({
  type: z.literal('AgentsListed'),
  ...head,
  pbx: name,
  listedAt: instant,
  part: z.int().positive(),
  parts: z.int().positive(),
  agents: z.array(liveAgentSchema).max(MAX_AGENTS_PER_LIST),
});
export type AgentsListed = z.infer<typeof agentsListedSchema>;

export const callEndReasonSchema = z.enum(['hangup', 'drained', 'relay-restarted', 'lost']);
export type CallEndReason = z.infer<typeof callEndReasonSchema>;

export const callEndedSchema = z.object({
  type: z.literal('CallEnded'),
  ...callHead,
  endedAt: instant,
  lastSeq: z.int().nonnegative(),
  reason: callEndReasonSchema,
});

/** Everything a relay publishes; `type` repeats EventBridge's detail-type, so that a detail explains itself. */
export const relayEventSchema = z.discriminatedUnion('type', [
  callStartedSchema,
  callDescribedSchema,
  utteranceTranscribedSchema,
  callsTickedSchema,
  agentsListedSchema,
  callEndedSchema,
]);
export type RelayEvent = z.infer<typeof relayEventSchema>;

/** What a relay tells from time to time; each says all that the one before it said, so that one may be lost. */
export type PeriodicEvent = CallsTicked | AgentsListed;

export const alertRaisedSchema = z.object({
  type: z.literal('AlertRaised'),
  ...head,
  callId: callIdSchema,
  alert: alertSchema,
});

export const alertUpdatedSchema = z.object({
  type: z.literal('AlertUpdated'),
  ...head,
  callId: callIdSchema,
  alert: alertSchema,
});

export const callSummarizedSchema = z.object({
  type: z.literal('CallSummarized'),
  ...head,
  callId: callIdSchema,
  callStartedAt: instant,
  endedAt: instant,
  metadata: callMetadataSchema,
  utterances: z.int().nonnegative(),
  alerts: z.int().nonnegative(),
  /** Mean score of the customer's utterances. */
  mood: z.number().min(-1).max(1),
});

/** Everything the cloud publishes for other consumers on the bus. */
export const coreEventSchema = z.discriminatedUnion('type', [
  alertRaisedSchema,
  alertUpdatedSchema,
  callSummarizedSchema,
]);
export type CoreEvent = z.infer<typeof coreEventSchema>;
