import { z } from 'zod';
import type { SentimentLabel } from '../sentiment/score.ts';
import { callStatusSchema, type CallState, type ScoredUtterance } from './state.ts';
import { MAX_SENTENCE_LENGTH } from '../recap/recap.ts';
import { MAX_KEYPHRASE_LENGTH, MAX_KEYPHRASES } from '../topics/bounds.ts';
import { callEndReasonSchema } from './events.ts';
import { callIdSchema, isCustomer } from '../ids.ts';
import { higherLevel, isImmediate, levelSchema, type Alert } from '../alert.ts';
import { utf8Bytes } from '../kept.ts';
import { spokenBy } from './sides.ts';
import { tokenize } from '../text/tokens.ts';

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
  /** Immediate alerts, and the highest level among them. */
  alerts: count,
  highestLevel: levelSchema.optional(),
  /** The ids of the rules that fired, the first ones; absent in rows of before there was such a filter. */
  rules: z.array(z.string()).optional(),
  /** Different words of the call that the word search does not find, because the row has no room for them. */
  unsearchedWords: count.optional(),
  /** Why they called, in a sentence of the call's recap (empty where it has none), and when that was written (epoch ms). */
  reason: z.string().max(MAX_SENTENCE_LENGTH).optional(),
  recapAt: count.optional(),
  /** What the customer talked about: see `keyphrasesOf`. */
  topics: z.array(z.string().max(MAX_KEYPHRASE_LENGTH)).max(MAX_KEYPHRASES).optional(),
});
export type CallRecord = z.infer<typeof callRecordSchema>;

/** Rules that a row names. */
const MAX_RULES = 100;

/** Whether a call is over and, as far as is known, all its utterances are folded. */
export function isOver({ status, nextSeq, lastSeq = 0 }: CallState): boolean {
  return status === 'lost' || (status === 'ended' && nextSeq > lastSeq);
}

/** A call's row in the history, and the text that the word search looks in. */
export function recordOf(
  state: CallState,
  utterances: readonly ScoredUtterance[],
  alerts: readonly Pick<Alert, 'level' | 'kind' | 'reasons'>[],
): { record: CallRecord; words: string } {
  const { callId, status, startedAt, endedAt = startedAt, endReason, metadata, alertCount } = state;
  const { agent, caller, campaign, inGroup, queue } = metadata;
  const customers = utterances.filter((utterance) => isCustomer(spokenBy(utterance, metadata)));
  const labelled = (label: SentimentLabel) => customers.filter(({ score }) => score?.label === label).length;
  const levels = alerts.filter(isImmediate).map(({ level }) => level);
  const rules = [...new Set(alerts.flatMap(({ reasons }) => reasons.map(({ ruleId }) => ruleId)))].slice(0, MAX_RULES);
  const highestLevel = levels.length > 0 ? levels.reduce(higherLevel) : undefined;
  const { words, leftOut } = searchTextOf(utterances.map(({ text }) => text));
  const record: CallRecord = {
    callId,
    status,
    startedAt,
    endedAt,
    durationMs: Math.max(0, endedAt - startedAt),
    ...(endReason && { endReason }),
    ...(agent && { agent }),
    ...(caller && { caller }),
    ...(campaign !== undefined && { campaign }),
    ...(inGroup !== undefined && { inGroup }),
    ...(queue !== undefined && { queue }),
    meanMood: meanOf(customers.flatMap(({ score }) => score?.compound ?? [])),
    positive: labelled('positive'),
    neutral: labelled('neutral'),
    negative: labelled('negative'),
    utterances: utterances.length,
    alerts: alertCount,
    ...(highestLevel && { highestLevel }),
    ...(rules.length > 0 && { rules }),
    ...(leftOut > 0 && { unsearchedWords: leftOut }),
  };
  return { record, words };
}

/** Of the text that the word search looks in; a call of two hours has some 20 KB. The row has 64 KB for all. */
const SEARCH_TEXT_LIMIT_BYTES = 36 * 1024;

/**
 * Each distinct word of some texts, sorted, with spaces around, so that it contains each {@link searchTermsOf}; the first
 * ones where they are too many.
 * @returns the text, and how many words were left out
 */
export function searchTextOf(
  texts: readonly string[],
  limitBytes = SEARCH_TEXT_LIMIT_BYTES,
): { words: string; leftOut: number } {
  const words = new Set(texts.flatMap((text) => tokenize(text).map(({ word }) => word)));
  let room = limitBytes;
  const kept = [...words].filter((word) => {
    const bytes = utf8Bytes(word) + 1;
    if (bytes > room) return false;
    room -= bytes;
    return true;
  });
  return { words: kept.length > 0 ? ` ${kept.sort().join(' ')} ` : '', leftOut: words.size - kept.length };
}

/** The strings to look for in {@link searchTextOf}, one for each word of a query. */
export function searchTermsOf(query: string): string[] {
  return tokenize(query).map(({ word }) => ` ${word} `);
}

/** To four decimals, like scores; 0 of an empty list. */
function meanOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10_000) / 10_000;
}
