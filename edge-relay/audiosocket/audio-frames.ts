import { bytesOf } from '../audio/samples.ts';
import { writeFrame } from './frame.ts';

/** A frame goes every 20 ms, either way. */
export const FRAME_MS = 20;

/** Samples as AudioSocket frames; the last one is filled up with silence. */
export function framesOf({ samples, sampleRate }: { samples: Int16Array; sampleRate: number }): Buffer[] {
  const size = (sampleRate / 1_000) * FRAME_MS;
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, i) => {
    const audio = Buffer.alloc(2 * size);
    bytesOf(samples.subarray(i * size, (i + 1) * size)).copy(audio);
    return writeFrame({ kind: 'audio', sampleRate, audio });
  });
}
