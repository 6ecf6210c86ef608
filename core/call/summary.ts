import { z } from 'zod';
import { higherLevel, levelSchema, type Level } from '../alert.ts';
import { channelSchema } from '../ids.ts';
import { callHealthSchema } from './health.ts';
import { callStateSchema, deadlineSchema, type CallState } from './state.ts';
import { silenceMsOf } from './talk.ts';

/** A call as a row of the list: its state without what only folding needs. */
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
    /** Time in which nobody spoke, up to the end of the last utterance. */
    silenceMs: z.int().nonnegative(),
    /** How often each side interrupted the other. */
    interruptions: z.partialRecord(channelSchema, z.int().positive()),
    /** The rules' phrases that the customer used most. */
    keywords: z.array(z.object({ phrase: z.string(), count: z.int().positive() })),
    /** What must be said in the call: a countdown to `dueMs` while `doneMs` is missing. */
    deadlines: z.array(deadlineSchema.extend({ ruleId: z.string() })),
    /** The health of each channel that has a leg. */
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
