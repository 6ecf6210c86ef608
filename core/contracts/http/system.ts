import { z } from 'zod';
import { countSchema } from '../../fields.ts';
import { relayReportSchema } from '../events.ts';
import { cloudVersionSchema } from '../version.ts';

/** `GET /system`. */
export const systemSchema = z.object({
  stage: z.string(),
  cloud: cloudVersionSchema,
  /** The relays' last reports, as in `GET /calls`. */
  relays: z.array(relayReportSchema),
  liveCalls: countSchema,
  /** From the last word of an utterance to its row in the table, over the newest utterances of live calls. */
  lag: z
    .object({ utterances: z.int().positive(), p50Ms: countSchema, p95Ms: countSchema, newestAt: countSchema })
    .optional(),
  /** The findings of the pipeline's last self-check, made once a minute; absent before the first. */
  pipeline: z
    .object({
      checkedAt: countSchema,
      /** Dead-letter queues, what each holds, and how many messages wait in it. */
      deadLetters: z.array(z.object({ queue: z.string(), what: z.string(), messages: countSchema })),
      /** The first live calls that are stored and cannot be read: they are shown nowhere else. */
      unreadableCalls: z.array(z.string()).default([]),
      moreUnreadableCalls: countSchema.optional(),
      /** Alarms in state ALARM. */
      alarms: z.array(z.object({ alarm: z.string(), description: z.string(), since: countSchema })),
    })
    .optional(),
});
export type SystemStatus = z.infer<typeof systemSchema>;
