import { callMetadataSchema } from '#core/call/events.ts';
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
  /**
   * By what a dialler's database may know the call: ids and names of its channels, and what they show of the caller.
   */
  diallerKeys: z
    .object({
      uniqueids: z.array(z.string()),
      asteriskChannels: z.array(z.string()),
      callerNames: z.array(z.string()),
    })
    .optional(),
  /** Who they are if who is taken for the agent is the caller. */
  ifSwapped: callMetadataSchema.pick({ agent: true, caller: true }).optional(),
  /**
   * What is spoken on the call, as a BCP 47 tag; where it is known before the audio, it selects the engine's language.
   */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'wants a language tag such as en-GB')
    .optional(),
});
export type LegDescription = z.infer<typeof legDescriptionSchema>;

/** Receives one leg's audio from a source. */
export interface LegReceiver {
  /**
   * 16-bit signed linear samples, little endian, one channel; kept beyond the call, so the source must not reuse it.
   */
  audio: (audio: Buffer, sampleRate: number) => void;
  /** The source has no more of this leg. Further calls are ignored. */
  end: () => void;
}

/**
 * Called by a source for each leg that begins.
 * The result is undefined when the leg is not wanted: it is known already, or the relay is draining.
 */
export type OpenLeg = (leg: { readonly uuid: string; readonly source: string }) => LegReceiver | undefined;

/** A way audio comes in: AudioSocket connections, recordings being written, … */
export interface CaptureSource {
  readonly name: string;
  /** Accepts no new legs from now on and ends the open ones. */
  stop: () => Promise<void>;
}
