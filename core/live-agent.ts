import { z } from 'zod';
import { instantSchema, nameSchema } from './fields.ts';
import { callIdSchema } from './ids.ts';

/**
 * An agent's state, by ViciDial's names: waiting for a call (`READY`; `CLOSER` for inbound calls only), being connected
 * to one (`QUEUE`), dialling one (`MQUEUE`), talking (`INCALL`), wrapping up (`DISPO`), or away (`PAUSED`).
 */
export const agentStateSchema = z.enum(['INCALL', 'QUEUE', 'MQUEUE', 'DISPO', 'PAUSED', 'READY', 'CLOSER']);
export type AgentState = z.infer<typeof agentStateSchema>;

/** In-groups listed for an agent, at most. */
export const MAX_IN_GROUPS = 20;

/** An agent who is logged in to the dialler. */
export const liveAgentSchema = z.object({
  id: nameSchema,
  name: nameSchema.optional(),
  state: agentStateSchema,
  /** Since when they are in this state. */
  since: instantSchema.optional(),
  pauseCode: nameSchema.optional(),
  campaign: nameSchema.optional(),
  /** The in-groups whose calls they take. */
  inGroups: z.array(nameSchema).max(MAX_IN_GROUPS).optional(),
  /** Their call, if a relay transcribes it. */
  callId: callIdSchema.optional(),
  callsToday: z.int().nonnegative().optional(),
});
export type LiveAgent = z.infer<typeof liveAgentSchema>;
