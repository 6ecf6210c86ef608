import { z } from 'zod';
import { countSchema } from '../../fields.ts';
import { relayReportSchema } from '../events.ts';
import { cloudVersionSchema } from '../version.ts';

/** `GET /system`. */
export const systemSchema = z.object({
  stage: z.string(),
  cloud: cloudVersionSchema,
  /** The relays' last reports, as `GET /calls` gives them. */
  relays: z.array(relayReportSchema),
  liveCalls: countSchema,
  /** From the last word of an utterance to its row in the table, over the newest words of live calls. */
  lag: z
    .object({ utterances: z.int().positive(), p50Ms: countSchema, p95Ms: countSchema, newestAt: countSchema })
    .optional(),
  /** What was found the last time the pipeline looked at itself, once a minute; missing until it did. */
  pipeline: z
    .object({
      checkedAt: countSchema,
      /** Queues of what could not be done; `messages` wait for someone. */
      deadLetters: z.array(z.object({ queue: z.string(), what: z.string(), messages: countSchema })),
      /** Alarms that ring. */
      alarms: z.array(z.object({ alarm: z.string(), description: z.string(), since: countSchema })),
    })
    .optional(),
});
export type SystemStatus = z.infer<typeof systemSchema>;
