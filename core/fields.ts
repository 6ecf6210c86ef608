import { z } from 'zod';

/** Schemas of fields that many shapes share. */

/** A wall-clock instant, in epoch milliseconds. */
export const instantSchema = z.int().nonnegative();

export const durationMsSchema = z.int().nonnegative();

export const countSchema = z.int().nonnegative();

/** An id or a name that another system assigned. */
export const nameSchema = z.string().min(1).max(256);
