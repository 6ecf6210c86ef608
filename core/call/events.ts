import { z } from 'zod';
import { durationMsSchema, fractionSchema, instantSchema, lastSeqSchema, nameSchema, seqSchema } from '../fields.ts';
import { callIdSchema, channelSchema } from '../ids.ts';
import { languageTagSchema, spokenLanguageSchema } from '../language.ts';
import { wellFormed } from '../json.ts';

/** The events and ticks that a relay publishes about one call. */

/** What a rule's scope is matched against, as known to the relay when the utterance was spoken. */
export const callScopeSchema = z.object({
  agentId: nameSchema.optional(),
  campaign: nameSchema.optional(),
  inGroup: nameSchema.optional(),
  /** The language of the call as a whole; single utterances may be in another. */
  language: languageTagSchema.optional(),
});
export type CallScope = z.infer<typeof callScopeSchema>;

/** So often may the sides of a call be swapped. */
export const MAX_SWAPS = 20;

export const callMetadataSchema = z.object({
  linkedid: nameSchema.optional(),
  agent: z.object({ id: nameSchema, name: nameSchema.optional() }).optional(),
  caller: z.object({ number: nameSchema.optional(), name: nameSchema.optional() }).optional(),
  campaign: nameSchema.optional(),
  inGroup: nameSchema.optional(),
  queue: nameSchema.optional(),
  recordingUrl: z.url().max(2048).overwrite(wellFormed).optional(),
  /** From the dialler: the id of the customer's record, and the code of the outcome that the agent chose. */
  leadId: nameSchema.optional(),
  disposition: nameSchema.optional(),
  /** Who or what ended the call, by the dialler's code: `CALLER`, `AGENT`, `ABANDON`, … */
  termReason: nameSchema.optional(),
  /** How long the caller waited for an agent. */
  queueMs: durationMsSchema.optional(),
  /** Whenever somebody swapped who is the agent and who the caller: the last seq before. */
  swappedAfter: z.array(lastSeqSchema).max(MAX_SWAPS).optional(),
  /** What the dialplan, the dialler or a person says that is spoken on the call. */
  language: spokenLanguageSchema.optional(),
  /** The call's length by the dialler's count, queue time included. */
  diallerLengthMs: durationMsSchema.optional(),
});
export type CallMetadata = z.infer<typeof callMetadataSchema>;

/** The fields of every event on the bus. */
export const eventHead = { version: z.literal(1), relayId: nameSchema };

const callHead = { ...eventHead, callId: callIdSchema, pbx: nameSchema, callStartedAt: instantSchema };

export const callStartedSchema = z.object({
  type: z.literal('CallStarted'),
  ...callHead,
  engine: nameSchema,
});

/** Metadata of a call; may arrive at any time, repeatedly. For each field the newest `describedAt` wins. */
export const callDescribedSchema = z.object({
  type: z.literal('CallDescribed'),
  ...callHead,
  describedAt: instantSchema,
  metadata: callMetadataSchema,
});

export const utteranceTranscribedSchema = z.object({
  type: z.literal('UtteranceTranscribed'),
  ...callHead,
  seq: seqSchema,
  channel: channelSchema,
  startMs: durationMsSchema,
  endMs: durationMsSchema,
  text: z.string().min(1).max(4096).overwrite(wellFormed),
  engine: nameSchema,
  /** What it was said in; older relays do not say. */
  language: spokenLanguageSchema.optional(),
  confidence: fractionSchema(0, 1).optional(),
  /** Audio of this channel that was lost just before this utterance. */
  gapBeforeMs: durationMsSchema.optional(),
  scope: callScopeSchema.optional(),
  /** When the last word ended, by the call's clock; when its final arrived; when it was sent to EventBridge. */
  spokenAt: instantSchema,
  transcribedAt: instantSchema,
  publishedAt: instantSchema,
});
export type UtteranceTranscribed = z.infer<typeof utteranceTranscribedSchema>;

export const legTickSchema = z.object({
  channel: channelSchema,
  engine: nameSchema,
  /** Time since the last audio, or since the leg began if there was none. */
  lastAudioAgeMs: durationMsSchema,
  /** Speech on this leg so far. */
  speechMs: durationMsSchema,
  /** Time since somebody last spoke on this leg, or since it began; 0 while somebody speaks. */
  silenceMs: durationMsSchema,
  /** From the end of the last utterance's speech to its text. */
  engineLagMs: durationMsSchema,
  /** Time since the speech engine was lost; absent while it works. */
  engineDownMs: durationMsSchema.optional(),
  gapCount: z.int().nonnegative().max(1_000_000),
});
export type LegTick = z.infer<typeof legTickSchema>;

/** Legs that a tick names of one call. */
const MAX_LEGS = 16;

export const callTickSchema = z.object({
  callId: callIdSchema,
  /** Call time of this tick, and the last seq published by then. The legs' ages count back from `atMs`. */
  atMs: durationMsSchema,
  lastSeq: lastSeqSchema,
  scope: callScopeSchema.optional(),
  legs: z.array(legTickSchema).max(MAX_LEGS),
  /** Its relay restarts: nobody hears the call for the moment, and it may go on. */
  isRestarting: z.literal(true).optional(),
});
export type CallTick = z.infer<typeof callTickSchema>;

export const callEndReasonSchema = z.enum(['hangup', 'drained', 'relay-restarted', 'lost']);
export type CallEndReason = z.infer<typeof callEndReasonSchema>;

export const callEndedSchema = z.object({
  type: z.literal('CallEnded'),
  ...callHead,
  endedAt: instantSchema,
  lastSeq: lastSeqSchema,
  reason: callEndReasonSchema,
});
