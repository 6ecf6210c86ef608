import { z } from 'zod';
import { countSchema, instantSchema, seqSchema } from '../fields.ts';
import { channelSchema, type Channel } from '../ids.ts';
import { wellFormed } from '../json.ts';

/**
 * A recap says what happened in a call, in sentences that carry the lines they rest on: of a live call a catch-up, of one
 * that is over its summary.
 */

/** What a sentence is about; in the order in which they are shown. */
export const recapSectionSchema = z.enum(['reason', 'moment', 'done', 'promised', 'open', 'ended', 'now']);
export type RecapSection = z.infer<typeof recapSectionSchema>;

export const MAX_RECAP_SENTENCES = 16;
export const MAX_CATCH_UP_SENTENCES = 3;
export const MAX_SENTENCE_LENGTH = 400;
/** Lines that one sentence names. */
export const MAX_EVIDENCE = 8;

export const recapSentenceSchema = z.object({
  section: recapSectionSchema,
  text: z.string().trim().min(1).max(MAX_SENTENCE_LENGTH).overwrite(wellFormed),
  /** Whether the text is what somebody said, word for word. */
  isQuote: z.boolean(),
  /** Who says it, does it or promises it. */
  by: channelSchema.optional(),
  /** By when something was promised, as it was said. */
  due: z.string().trim().min(1).max(80).overwrite(wellFormed).optional(),
  /** Of a moment: the rule whose alert it was. */
  ruleName: z.string().max(200).optional(),
  /** The lines that it rests on. */
  seqs: z.array(seqSchema).min(1).max(MAX_EVIDENCE),
});
export type RecapSentence = z.infer<typeof recapSentenceSchema>;

export const recapEngineSchema = z.enum(['extract', 'bedrock', 'openai']);
export type RecapEngine = z.infer<typeof recapEngineSchema>;

export const recapSchema = z.object({
  engine: recapEngineSchema,
  /** The model that wrote it. */
  model: z.string().max(200).optional(),
  /** Whether the call was over. */
  isFinal: z.boolean(),
  madeAt: instantSchema,
  /** The last line that it covers, and how many there were. */
  lastSeq: seqSchema,
  lines: countSchema,
  sentences: z.array(recapSentenceSchema).max(MAX_RECAP_SENTENCES),
  /** What a model was sent and sent back. */
  usage: z.object({ inputTokens: countSchema, outputTokens: countSchema }).optional(),
  /** Why the configured model did not write it, in words for people. */
  fellBack: z.string().max(300).optional(),
  /** Lines in a language in which promises and the like are not recognized. */
  unreadLines: countSchema.optional(),
});
export type Recap = z.infer<typeof recapSchema>;

/** A line of the call, as it was published: redacted. */
export interface RecapLine {
  readonly seq: number;
  readonly channel: Channel;
  readonly text: string;
  readonly startMs: number;
  /** −1 to 1; absent where it was not scored. */
  readonly score?: number | undefined;
  readonly language?: string | undefined;
}

/** An alert, as far as a recap shows it. */
export interface RecapAlert {
  readonly seq: number;
  readonly ruleName: string;
  /** 0 is the least severe. */
  readonly severity: number;
}

/** What a recap is made of. */
export interface RecapInput {
  /** In the order in which they were spoken. */
  readonly lines: readonly RecapLine[];
  readonly alerts: readonly RecapAlert[];
  readonly isOver: boolean;
}

/** What an engine makes of a call. */
export interface RecapDraft {
  readonly sentences: readonly RecapSentence[];
  readonly model?: string;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
  readonly unreadLines?: number;
}

/** A catch-up is kept until so many more lines were said. */
export const CATCH_UP_LINES = 10;

/** Whether a catch-up still serves for a call whose newest line has this seq. */
export function isCurrent(recap: Pick<Recap, 'lastSeq' | 'isFinal'>, lastSeq: number): boolean {
  return lastSeq - recap.lastSeq < CATCH_UP_LINES;
}

const sides: Record<Channel, string> = { agent: 'agent', caller: 'caller', mixed: 'speaker' };

const introductions: Record<RecapSection, (by: string) => string> = {
  reason: (by) => `Reason, ${by}`,
  moment: (by) => `Turning point, ${by}`,
  done: (by) => `Done, ${by}`,
  promised: (by) => `Promised by the ${by}`,
  open: (by) => `Open, ${by}`,
  ended: (by) => `At the end, ${by}`,
  now: (by) => `Now, ${by}`,
};

/** A sentence as plain text, for exports and other systems. */
export function plainSentence({ section, text, isQuote, by = 'caller', due, ruleName }: RecapSentence): string {
  if (!isQuote) return due === undefined ? text : `${text} (due: ${due})`;
  const about = [
    introductions[section](sides[by]),
    ...(ruleName === undefined ? [] : [`alert ${ruleName}`]),
    ...(due === undefined ? [] : [`due: ${due}`]),
  ].join(', ');
  return `${about}: “${text}”`;
}
