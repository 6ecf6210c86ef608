import { z } from 'zod';
import { alertSchema } from '../../alert.ts';
import { scoredUtteranceSchema } from '../../call/state.ts';
import { callSummarySchema } from '../../call/summary.ts';
import { monitorSchema } from '../../monitor.ts';
import { relayReportSchema } from '../events.ts';
import { cursorSchema } from './fields.ts';

/** Where a page begins, for what may not fit into one response. */
export const pageQuerySchema = z.object({ cursor: cursorSchema.optional() });

/** `GET /calls`: the live calls and the relays' last reports; the reports are on the pages after all calls. */
export const activeCallsSchema = z.object({
  calls: z.array(callSummarySchema),
  relays: z.array(relayReportSchema),
  cursor: cursorSchema.optional(),
});
export type ActiveCalls = z.infer<typeof activeCallsSchema>;

/** `GET /calls/{callId}`: the call, and as much of what is stored with it as fits into one response. */
export const callDetailSchema = z.object({
  call: callSummarySchema,
  utterances: z.array(scoredUtteranceSchema),
  alerts: z.array(alertSchema),
  /** Requests to join the call, oldest first. */
  monitors: z.array(monitorSchema),
  cursor: cursorSchema.optional(),
});
export type CallDetail = z.infer<typeof callDetailSchema>;
