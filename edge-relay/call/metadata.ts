import { callMetadataSchema } from '#core/events.ts';
import { callIdSchema, channelSchema } from '#core/ids.ts';
import { z } from 'zod';

/** What a PBX, an EAGI script or a simulator knows of a leg, by the UUID of its audio. */
export const legDescriptionSchema = callMetadataSchema.extend({
  uuid: z.uuid().transform((uuid) => uuid.toLowerCase()),
  linkedid: callIdSchema.max(64).optional(),
  channel: channelSchema.default('mixed'),
});
export type LegDescription = z.infer<typeof legDescriptionSchema>;
