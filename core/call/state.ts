import { z } from 'zod';
import { callEndReasonSchema, callMetadataSchema, utteranceTranscribedSchema } from './events.ts';
import { callIdSchema, channelSchema } from '../ids.ts';
import { levelSchema } from '../alert.ts';
import { scoreSchema } from '../sentiment/score.ts';
import { tableOf, tableSchema } from '../own-table.ts';
import { callHealthSchema } from './health.ts';
import { initialTalk, talkSchema } from './talk.ts';

/** An utterance with its score, as it is stored, folded and shown. */
export const scoredUtteranceSchema = utteranceTranscribedSchema.extend({
  /** Absent where no engine scores its language. */
  score: scoreSchema.optional(),
  /** When ingest received it from the bus. */
  ingestedAt: z.int().nonnegative(),
  /**
   * Set where another utterance was stored under its seq first, which should not happen: tells those of one seq apart.
   * It is shown, but not folded into the state.
   */
  conflict: z.string().optional(),
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

/** Something that must be said in a call by a certain time, shown as a countdown. */
export const deadlineSchema = z.object({
  ruleName: z.string(),
  /** Call time at which it is due, and at which it was said. */
  dueMs: z.int().nonnegative(),
  doneMs: z.int().nonnegative().optional(),
});
export type Deadline = z.infer<typeof deadlineSchema>;

export const callStateSchema = z.object({
  callId: callIdSchema,
  relayId: z.string(),
  pbx: z.string(),
  /** Incremented by each write, for optimistic locking. */
  version: z.int().nonnegative(),
  status: callStatusSchema,
  engine: z.string().optional(),
  startedAt: z.int().nonnegative(),
  endedAt: z.int().nonnegative().optional(),
  endReason: callEndReasonSchema.optional(),
  /** The last seq of the call, known once it has ended. */
  lastSeq: z.int().nonnegative().optional(),
  /** Metadata, and when each field was reported, so that the newest wins in any order of arrival. */
  metadata: callMetadataSchema,
  describedAt: z.partialRecord(callMetadataSchema.keyof(), z.int().nonnegative()),
  /** The seq to fold next; all lower ones are folded, except those in `skipped`. */
  nextSeq: z.int().positive(),
  /** Ranges [first, last] of seqs that were skipped and may still arrive. */
  skipped: z.array(z.tuple([z.int().positive(), z.int().positive()])),
  channels: z.partialRecord(channelSchema, channelStatsSchema),
  mood: z.object({
    /** Mean of `window`: the last scores of the customer (`caller` or `mixed`). */
    rolling: z.number(),
    window: z.array(z.number()),
    /** The rolling mood minus the rolling mood one window ago. */
    trend: z.number(),
    /** The last rolling moods, oldest first, for a sparkline. */
    points: z.array(z.number()),
  }),
  consecutiveNegative: z.int().nonnegative(),
  talk: talkSchema,
  /** Audio lost so far, over all channels. */
  lostAudioMs: z.int().nonnegative(),
  /** The newest utterance; of a long text only the end. */
  lastUtterance: z
    .object({
      seq: z.int().positive(),
      channel: channelSchema,
      text: z.string(),
      endMs: z.int().nonnegative(),
    })
    .optional(),
  /** The rules' phrases that the customer used, and how often. */
  keywords: tableSchema(z.int().positive()),
  health: callHealthSchema.optional(),
  /** Call time of each rule's last firing, while its cooldown lasts. */
  lastFired: tableSchema(z.object({ atMs: z.int().nonnegative(), alertId: z.string() })),
  /** Each rule's memory of the call: numbers and short texts that only its condition interprets. */
  memory: tableSchema(z.array(z.union([z.int(), z.string()]))),
  /** The starts of the episodes that each time-based rule has reported. */
  toldMs: tableSchema(z.array(z.int().nonnegative())),
  deadlines: tableSchema(deadlineSchema),
  /** Of the immediate alerts: those that nobody has acknowledged, and the count of all. */
  openAlerts: tableSchema(levelSchema),
  alertCount: z.int().nonnegative(),
});
export type CallState = z.infer<typeof callStateSchema>;

/** Number of the customer's utterances whose mean score is the call's mood. */
export const MOOD_WINDOW = 5;
export const MOOD_POINTS = 20;
/** Distinct phrases counted as keywords of a call: the first ones. */
export const MAX_KEYWORDS = 24;
/** Countdowns listed in a call's state: those that are due soonest. */
export const MAX_DEADLINES = 24;
/** Bytes of the texts in the rules' memory of a call. */
export const MAX_MEMORY_TEXT_BYTES = 8 * 1024;
/** Open alerts listed in a call's state: the most severe ones. */
export const MAX_OPEN_ALERTS = 50;

/** The state of a call before its first event. */
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
    talk: initialTalk,
    lostAudioMs: 0,
    keywords: tableOf([]),
    lastFired: tableOf([]),
    memory: tableOf([]),
    toldMs: tableOf([]),
    deadlines: tableOf([]),
    openAlerts: tableOf([]),
    alertCount: 0,
  };
}
