import { z } from 'zod';

/** `PUT /calls/{callId}/sides`: whether who the relay takes for the agent is the caller; 202 once the relay knows. */
export const sidesSchema = z.strictObject({ isSwapped: z.boolean() });
