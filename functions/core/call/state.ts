import { z } from 'zod';
import { callEndReasonSchema, callMetadataSchema, utteranceTranscribedSchema } from '../events.ts';
import { callIdSchema, channelSchema } from '../ids.ts';
import { levelSchema } from '../rules/alert.ts';
import { scoreSchema } from '../sentiment/score.ts';

/** An utterance with its score: what is stored, folded and shown. */
export const scoredUtteranceSchema = utteranceTranscribedSchema.extend({
  score: scoreSchema,
  /** When ingest took it from the bus. */
  ingestedAt: z.int().nonnegative(),
});
export type ScoredUtterance = z.infer<typeof scoredUtteranceSchema>;

export const channelStatsSchema = z.object({
  utterances: z.int().nonnegative(),
  words: z.int().nonnegative(),
  speechMs: z.int().nonnegative(),
  positive: z.int().nonnegative(),
  neutral: z.int().nonnegative(),
  negative: z.int().nonnegative(),
});
export type ChannelStats = z.infer<typeof channelStatsSchema>;

export const callStatusSchema = z.enum(['live', 'ended', 'lost']);

export const callStateSchema = z.object({
  callId: callIdSchema,
  relayId: z.string(),
  pbx: z.string(),
  /** Grows by one with each write; the condition of the next. */
  version: z.int().nonnegative(),
  status: callStatusSchema,
  engine: z.string().optional(),
  startedAt: z.int().nonnegative(),
  endedAt: z.int().nonnegative().optional(),
  endReason: callEndReasonSchema.optional(),
  /** Metadata, and when each field of it was said, so that the newest wins in any order of arrival. */
  metadata: callMetadataSchema,
  describedAt: z.partialRecord(callMetadataSchema.keyof(), z.int().nonnegative()),
  /** The seq that is folded next; all below are in this state. */
  nextSeq: z.int().positive(),
  channels: z.partialRecord(channelSchema, channelStatsSchema),
  mood: z.object({
    /** Mean of the window: the last scores of the customer's side (`caller` or `mixed`). */
    rolling: z.number(),
    window: z.array(z.number()),
    /** Rolling mood now minus the rolling mood one window ago. */
    trend: z.number(),
    /** The last rolling moods, oldest first, for a sparkline. */
    points: z.array(z.number()),
  }),
  consecutiveNegative: z.int().nonnegative(),
  lastUtterance: z
    .object({
      seq: z.int().positive(),
      channel: channelSchema,
      text: z.string(),
      endMs: z.int().nonnegative(),
    })
    .optional(),
  /** Call time of each rule's last firing, for its cooldown. */
  lastFiredMs: z.record(z.string(), z.int().nonnegative()),
  openAlerts: z.record(z.string(), levelSchema),
  alertCount: z.int().nonnegative(),
});
export type CallState = z.infer<typeof callStateSchema>;

/** Utterances of the customer's side whose mean is the call's mood. */
export const MOOD_WINDOW = 5;
export const MOOD_POINTS = 20;

/** The state of a call of which nothing but its head is known. */
export function initialCall(head: { callId: string; relayId: string; pbx: string; callStartedAt: number }): CallState {
  return {
    callId: head.callId,
    relayId: head.relayId,
    pbx: head.pbx,
    version: 0,
    status: 'live',
    startedAt: head.callStartedAt,
    metadata: {},
    describedAt: {},
    nextSeq: 1,
    channels: {},
    mood: { rolling: 0, window: [], trend: 0, points: [] },
    consecutiveNegative: 0,
    lastFiredMs: {},
    openAlerts: {},
    alertCount: 0,
  };
}
