import { z } from 'zod';
import { instantSchema, nameSchema } from './fields.ts';
import { callIdSchema } from './ids.ts';

/**
 * What an agent does, in the words of ViciDial: waits for a call (`READY`, `CLOSER` where only for inbound ones), gets
 * one (`QUEUE`), dials one (`MQUEUE`), speaks (`INCALL`), notes the outcome (`DISPO`), or is not there (`PAUSED`).
 */
export const agentStateSchema = z.enum(['INCALL', 'QUEUE', 'MQUEUE', 'DISPO', 'PAUSED', 'READY', 'CLOSER']);
export type AgentState = z.infer<typeof agentStateSchema>;

/** In-groups that are named of an agent, at most. */
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
  /** Whose calls they take. */
  inGroups: z.array(nameSchema).max(MAX_IN_GROUPS).optional(),
  /** Their call, where it is heard. */
  callId: callIdSchema.optional(),
  callsToday: z.int().nonnegative().optional(),
});
export type LiveAgent = z.infer<typeof liveAgentSchema>;
