import { z } from 'zod';

/** Why a request failed (RFC 9457); `field` is the JSON path of the invalid input. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
