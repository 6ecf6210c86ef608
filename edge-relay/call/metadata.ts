import { type CallMetadata, callMetadataSchema } from '#core/call/events.ts';
import { callIdSchema, channelSchema } from '#core/ids.ts';
import { z } from 'zod';

/** What a PBX, an EAGI script or a simulator knows of a leg, by the UUID of its audio. */
export const legDescriptionSchema = callMetadataSchema.extend({
  uuid: z.uuid().transform((uuid) => uuid.toLowerCase()),
  linkedid: callIdSchema.max(64).optional(),
  channel: channelSchema.default('mixed'),
  /** The channel of Asterisk that the audio comes from, by which a supervisor can join the call. */
  asteriskChannel: z
    .string()
    .regex(/^[^\s,]{1,128}$/, 'wants the name of a channel such as PJSIP/6001-0000000a')
    .optional(),
  /** By what a dialler's database may know the call: ids and names of its channels, and what they show of the caller. */
  diallerKeys: z
    .object({
      uniqueids: z.array(z.string()),
      asteriskChannels: z.array(z.string()),
      callerNames: z.array(z.string()),
    })
    .optional(),
  /** What is spoken on the call, as a BCP 47 tag; told before the audio, it chooses the engine's language. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'wants a language tag such as en-GB')
    .optional(),
});
export type LegDescription = z.infer<typeof legDescriptionSchema>;

/**
 * What is known of a call. The dialler knows who sits at a telephone, and whom it dialled; but of a caller's number
 * the PBX may know more.
 */
export function mergedMetadata(pbx: CallMetadata, dialler: CallMetadata): CallMetadata {
  const merged = { ...pbx, ...dialler };
  if (!dialler.caller) return merged;
  const isInWhole = pbx.caller?.number?.endsWith(dialler.caller.number ?? '') === true;
  return { ...merged, caller: isInWhole ? { ...dialler.caller, ...pbx.caller } : { ...pbx.caller, ...dialler.caller } };
}
