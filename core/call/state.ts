import { z } from 'zod';
import { callEndReasonSchema, callMetadataSchema, utteranceTranscribedSchema } from './events.ts';
import { callIdSchema, channelSchema } from '../ids.ts';
import { levelSchema } from '../alert.ts';
import { scoreSchema } from '../sentiment/score.ts';
import { callHealthSchema } from './health.ts';
import { silentTalk, talkSchema } from './talk.ts';

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

/** Something that is owed in a call up to a time, as a countdown. */
export const deadlineSchema = z.object({
  ruleName: z.string(),
  /** Call time at which it is due, and at which it was done. */
  dueMs: z.int().nonnegative(),
  doneMs: z.int().nonnegative().optional(),
});
export type Deadline = z.infer<typeof deadlineSchema>;

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
  /** The last seq of the call, known when it has ended. */
  lastSeq: z.int().nonnegative().optional(),
  /** Metadata, and when each field of it was said, so that the newest wins in any order of arrival. */
  metadata: callMetadataSchema,
  describedAt: z.partialRecord(callMetadataSchema.keyof(), z.int().nonnegative()),
  /** The seq that is folded next; all below are in this state, but for those in `skipped`. */
  nextSeq: z.int().positive(),
  /** Seqs that were given up, as [first, last]; they may still come. */
  skipped: z.array(z.tuple([z.int().positive(), z.int().positive()])),
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
  talk: talkSchema,
  /** Audio that was lost before any of the utterances. */
  lostAudioMs: z.int().nonnegative(),
  /** The newest words, or their end where they are many. */
  lastUtterance: z
    .object({
      seq: z.int().positive(),
      channel: channelSchema,
      text: z.string(),
      endMs: z.int().nonnegative(),
    })
    .optional(),
  /** The rules' phrases that the customer used, and how often. */
  keywords: z.record(z.string(), z.int().positive()),
  health: callHealthSchema.optional(),
  /** Call time of each rule's last firing, while its cooldown lasts. */
  lastFired: z.record(z.string(), z.object({ atMs: z.int().nonnegative(), alertId: z.string() })),
  /** What a rule's condition remembers of the call: numbers that only the condition understands. */
  memory: z.record(z.string(), z.array(z.int())),
  /** The beginnings of what a time-based rule has told already. */
  toldMs: z.record(z.string(), z.array(z.int().nonnegative())),
  deadlines: z.record(z.string(), deadlineSchema),
  /** Of the alerts that are for a person at once: those that nobody has taken up, and how many there were. */
  openAlerts: z.record(z.string(), levelSchema),
  alertCount: z.int().nonnegative(),
});
export type CallState = z.infer<typeof callStateSchema>;

/** Utterances of the customer's side whose mean is the call's mood. */
export const MOOD_WINDOW = 5;
export const MOOD_POINTS = 20;
/** Phrases that are counted as keywords of a call: the first so many. */
export const MAX_KEYWORDS = 24;
/** Open alerts that a call's state knows by name: the gravest so many. */
export const MAX_OPEN_ALERTS = 50;

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
    skipped: [],
    channels: {},
    mood: { rolling: 0, window: [], trend: 0, points: [] },
    consecutiveNegative: 0,
    talk: silentTalk,
    lostAudioMs: 0,
    keywords: {},
    lastFired: {},
    memory: {},
    toldMs: {},
    deadlines: {},
    openAlerts: {},
    alertCount: 0,
  };
}
