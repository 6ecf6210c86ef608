import type { z } from 'zod';
import { countSchema } from '../fields.ts';
import type { Alert } from '../alert.ts';
import type { Recap } from '../recap/recap.ts';
import { callRecordSchema, recordOf } from './record.ts';
import type { CallState, ScoredUtterance } from './state.ts';

/** A past call as one of its caller's: what whoever talks to them next wants to know of it. */
export const earlierCallSchema = callRecordSchema
  .pick({
    callId: true,
    startedAt: true,
    durationMs: true,
    agent: true,
    caller: true,
    campaign: true,
    inGroup: true,
    queue: true,
    endReason: true,
    meanMood: true,
    positive: true,
    neutral: true,
    negative: true,
    alerts: true,
    highestLevel: true,
    reason: true,
  })
  .extend({
    /** Sentences of its recap about what is open, and what was promised. */
    open: countSchema,
    promised: countSchema,
  });
export type EarlierCall = z.infer<typeof earlierCallSchema>;

/** Digits that a number has at least that is one caller's: fewer are extensions and withheld numbers. */
const MIN_DIGITS = 6;

/** Who a number belongs to, however it is written; undefined for one that names nobody. */
export function callerOf(number: string | undefined): string | undefined {
  const digits = number?.replace(/\D/g, '') ?? '';
  return digits.length >= MIN_DIGITS ? digits : undefined;
}

/** A call that is over, as one of its caller's. */
export function earlierCallOf(
  {
    state,
    utterances,
    alerts,
  }: {
    readonly state: CallState;
    readonly utterances: readonly ScoredUtterance[];
    readonly alerts: readonly Alert[];
  },
  recap: Recap | undefined,
): EarlierCall {
  const { record } = recordOf(state, utterances, alerts);
  const sentences = recap?.sentences ?? [];
  const inSection = (section: string) => sentences.filter((sentence) => sentence.section === section);
  const [reason] = inSection('reason');
  return earlierCallSchema.parse({
    ...record,
    ...(reason && { reason: reason.text }),
    open: inSection('open').length,
    promised: inSection('promised').length,
  });
}
