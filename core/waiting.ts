import { z } from 'zod';
import { countSchema, instantSchema, nameSchema } from './fields.ts';

/** Callers who hung up before an agent took them are counted over this time, or since the relay started. */
export const ABANDONED_OVER_MS = 3_600_000;

/** Those who wait in a queue for an agent. */
export const waitingSchema = z.object({
  queue: nameSchema.max(80),
  calls: countSchema.max(100_000),
  /** Since when the one who has waited longest waits; absent while nobody does. */
  longestSince: instantSchema.optional(),
  /** How many hung up before an agent took them, within {@link ABANDONED_OVER_MS}. */
  abandoned: countSchema.max(1_000_000),
});
export type Waiting = z.infer<typeof waitingSchema>;
