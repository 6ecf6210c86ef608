import { z } from 'zod';
import { levelSchema } from '../../alert.ts';
import { hitSchema } from '../../call/hit.ts';
import { callRecordSchema, searchTermsOf } from '../../call/record.ts';
import { MAX_NAME_LENGTH } from '../../fields.ts';
import { plainName } from '../../text/plain-name.ts';
import { cursorSchema, daySchema, pageSizeSchema, timeZoneSchema } from './fields.ts';

/** Words of one search: each is a part of one expression. */
const MAX_SEARCH_WORDS = 20;

/** A name to look for, cleaned as the names that it is compared with. */
const filterSchema = z.string().trim().min(1).max(MAX_NAME_LENGTH).overwrite(plainName);

/** Filters over past calls, combined with AND; by default over the last seven days. */
const searchFilters = {
  /** An agent's id. */
  agent: filterSchema.optional(),
  campaign: filterSchema.optional(),
  /** The id of a rule that fired on the call. */
  rule: filterSchema.optional(),
  /** Digits of the caller's number, at least three, anywhere in it. */
  number: z
    .string()
    .regex(/^\+?\d{3,20}$/, 'Give at least three digits, without spaces.')
    .optional(),
  /** The days on which the calls began, by the clocks of `timeZone`. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  timeZone: timeZoneSchema.default('UTC'),
  /** The label of the call's mean mood. */
  mood: z.enum(['negative', 'neutral', 'positive']).optional(),
  /** The call's highest alert level is at least this; `any`: it had an alert. */
  level: levelSchema.or(z.literal('any')).optional(),
  /** Words that anybody said in the call: all of them, in any order, in exactly this form. */
  words: z
    .string()
    .trim()
    .min(2, 'Give at least two letters.')
    .max(200)
    .refine((words) => searchTermsOf(words).length <= MAX_SEARCH_WORDS, `Give at most ${MAX_SEARCH_WORDS} words.`)
    .optional(),
};

/** `GET /calls/search`: past calls, newest first; where words are searched, with an excerpt that has them. */
export const callSearchQuerySchema = z.object({
  ...searchFilters,
  limit: pageSizeSchema(200, 50),
  cursor: cursorSchema.optional(),
});
export type CallSearchQuery = z.input<typeof callSearchQuerySchema>;

export const callPageSchema = z.object({
  calls: z.array(callRecordSchema.extend({ hit: hitSchema.optional() })),
  /** More calls may follow even where a page holds fewer than `limit`, or none. */
  cursor: cursorSchema.optional(),
});
export type CallPage = z.infer<typeof callPageSchema>;

/** `GET /calls/choices`: the agents and campaigns of the past calls of the last `days`, today included. */
export const callChoicesQuerySchema = z.object({ days: z.coerce.number<number>().int().min(1).max(90).default(30) });
export type CallChoicesQuery = z.input<typeof callChoicesQuerySchema>;
export const callChoicesSchema = z.object({
  /** By name, as of their newest call. */
  agents: z.array(z.object({ id: z.string(), name: z.string().optional() })),
  campaigns: z.array(z.string()),
});
export type CallChoices = z.infer<typeof callChoicesSchema>;

/**
 * `GET /calls/export`: the same calls as a file, at most `EXPORT_LIMIT`; where more follow, the header
 * `x-next-cursor` holds the cursor.
 */
export const callsExportQuerySchema = z.object({
  ...searchFilters,
  format: z.enum(['csv', 'json']).default('csv'),
  cursor: cursorSchema.optional(),
});
export type CallsExportQuery = z.input<typeof callsExportQuerySchema>;
export const EXPORT_LIMIT = 5000;

/** `GET /calls/{callId}/export`: one call with its transcript, as a file; `x-next-cursor` where more follows. */
export const callExportQuerySchema = z.object({
  format: z.enum(['csv', 'json']).default('csv'),
  cursor: cursorSchema.optional(),
});
