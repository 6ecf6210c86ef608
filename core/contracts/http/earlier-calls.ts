import { z } from 'zod';
import { earlierCallSchema } from '../../call/earlier-call.ts';

/** The calls of one caller that are looked at. */
export const MAX_EARLIER_CALLS = 20;

/** `GET /calls/{callId}/earlier`: the same caller's calls before, the newest first, as far as the reader may see them. */
export const earlierCallsSchema = z.object({ calls: z.array(earlierCallSchema).max(MAX_EARLIER_CALLS) });
export type EarlierCalls = z.infer<typeof earlierCallsSchema>;
