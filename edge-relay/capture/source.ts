/** Takes one leg's audio from a source. */
export interface LegReceiver {
  /** 16-bit signed linear samples, little endian, one channel; kept beyond the call, so the source must not reuse it. */
  audio: (audio: Buffer, sampleRate: number) => void;
  /** The source has no more of this leg. Further calls are ignored. */
  end: () => void;
}

/**
 * Called by a source for each leg it begins to hear.
 * The result is undefined when the leg is not wanted: it is known already, or the relay is draining.
 */
export type OpenLeg = (leg: { readonly uuid: string; readonly source: string }) => LegReceiver | undefined;

/** A way audio comes in: AudioSocket connections, recordings being written, … */
export interface CaptureSource {
  readonly name: string;
  /** Takes no new legs from now on and ends those it has. */
  stop: () => Promise<void>;
}
