import { z } from 'zod';
import { callStatusSchema } from './call/state.ts';
import { callEndReasonSchema } from './events.ts';
import { callIdSchema } from './ids.ts';
import { levelSchema } from './rules/alert.ts';

const count = z.int().nonnegative();

/** A past call as a row of the history. */
export const callRecordSchema = z.object({
  callId: callIdSchema,
  status: callStatusSchema,
  startedAt: count,
  endedAt: count,
  endReason: callEndReasonSchema.optional(),
  durationMs: count,
  agent: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  caller: z.object({ number: z.string().optional(), name: z.string().optional() }).optional(),
  campaign: z.string().optional(),
  inGroup: z.string().optional(),
  queue: z.string().optional(),
  /** Mean score of the customer's utterances, −1 to 1; 0 where there are none. */
  meanMood: z.number().min(-1).max(1),
  /** The customer's utterances by label, and those of all sides. */
  positive: count,
  neutral: count,
  negative: count,
  utterances: count,
  alerts: count,
  /** The highest level among all its alerts. */
  highestLevel: levelSchema.optional(),
});
export type CallRecord = z.infer<typeof callRecordSchema>;
