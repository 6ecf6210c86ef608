import { z } from 'zod';
import { alertSchema } from '../../alert.ts';
import { scoredUtteranceSchema } from '../../call/state.ts';
import { callSummarySchema } from '../../call/summary.ts';
import { monitorSchema } from '../../monitor.ts';
import { relayReportSchema } from '../events.ts';

/** `GET /calls`: the live calls and the relays' last reports. */
export const activeCallsSchema = z.object({ calls: z.array(callSummarySchema), relays: z.array(relayReportSchema) });
export type ActiveCalls = z.infer<typeof activeCallsSchema>;

/** `GET /calls/{callId}`. */
export const callDetailSchema = z.object({
  call: callSummarySchema,
  utterances: z.array(scoredUtteranceSchema),
  alerts: z.array(alertSchema),
  /** Requests to join the call, oldest first. */
  monitors: z.array(monitorSchema),
});
export type CallDetail = z.infer<typeof callDetailSchema>;
