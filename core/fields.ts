import { z } from 'zod';
import { plainName } from './text/plain-name.ts';

/**
 * Schemas of fields that many shapes share, each with a bound: what comes from outside is no larger than what a call can be, and
 * sums over a call stay exact integers.
 */

/** No call lasts longer. */
export const MAX_CALL_MS = 24 * 3_600_000;

/** Utterances of one call, far above one a second over the longest call. */
export const MAX_SEQ = 100_000;

/** The end of the year 2099: instants beyond it are no dates of calls. */
const MAX_INSTANT = Date.UTC(2100, 0) - 1;

/** A wall-clock instant, in epoch milliseconds. */
export const instantSchema = z.int().nonnegative().max(MAX_INSTANT);

/** Twice what a call can last: a clock that runs on does not make its relay's whole report unreadable. */
export const durationMsSchema = z
  .int()
  .nonnegative()
  .max(2 * MAX_CALL_MS);

export const countSchema = z.int().nonnegative();

/** The number of an utterance in its call, from 1. */
export const seqSchema = z.int().positive().max(MAX_SEQ);

/** The seq of the last utterance; 0 where there is none. */
export const lastSeqSchema = z.int().nonnegative().max(MAX_SEQ);

/** Characters of a name. */
export const MAX_NAME_LENGTH = 256;

/** Stands for a name of which nothing can be seen. */
const UNSEEN_NAME = '\ufffd';

/** An id or a name that another system assigned, as {@link plainName} cleans it. */
export const nameSchema = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .overwrite((name) => plainName(name) || UNSEEN_NAME);

/** DynamoDB stores magnitudes from 1e-130, and refuses a whole row for a smaller one; JSON may hold such. */
const SMALLEST_FRACTION = 1e-100;

/** A number within bounds that need not be whole; one that is next to nothing is 0. */
export const fractionSchema = (min: number, max: number) =>
  z
    .number()
    .min(min)
    .max(max)
    .overwrite((number) => (Math.abs(number) < SMALLEST_FRACTION ? 0 : number));
