import { z } from 'zod';
import { countSchema } from '../../fields.ts';
import { MAX_TOPICS } from '../../topics/bounds.ts';

/** `GET /topics`: what the calls of the last `days` are about, today included, compared with as many days before. */
export const topicsQuerySchema = z.object({ days: z.coerce.number<number>().int().min(1).max(90).default(7) });
export type TopicsQuery = z.input<typeof topicsQuerySchema>;

export const topicsSchema = z.object({
  calls: countSchema,
  callsBefore: countSchema,
  topics: z.array(z.object({ phrase: z.string(), calls: countSchema, callsBefore: countSchema })).max(MAX_TOPICS),
});
export type Topics = z.infer<typeof topicsSchema>;
