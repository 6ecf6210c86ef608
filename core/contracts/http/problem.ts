import { z } from 'zod';

/** What went wrong with a request (RFC 9457); `field` is the JSON path of what was wrong in it. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
