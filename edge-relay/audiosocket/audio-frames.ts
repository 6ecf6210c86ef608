import { bytesOf } from '../audio/samples.ts';
import { writeFrame } from './frame.ts';

/** A frame goes every 20 ms, either way. */
export const FRAME_MS = 20;

interface Sound {
  readonly samples: Int16Array;
  readonly sampleRate: number;
}

/** Samples as AudioSocket frames; the last one is filled up with silence. */
export function framesOf(sound: Sound): Buffer[] {
  const count = Math.ceil(sound.samples.length / samplesOfFrame(sound));
  return Array.from({ length: count }, (_, i) => frameAt(sound, i));
}

/** One of these frames, by its number from 0; after the last there is silence. */
export function frameAt(sound: Sound, number: number): Buffer {
  const size = samplesOfFrame(sound);
  const audio = Buffer.alloc(2 * size);
  bytesOf(sound.samples.subarray(number * size, (number + 1) * size)).copy(audio);
  return writeFrame({ kind: 'audio', sampleRate: sound.sampleRate, audio });
}

function samplesOfFrame({ sampleRate }: Sound): number {
  return (sampleRate / 1_000) * FRAME_MS;
}
