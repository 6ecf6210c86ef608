import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { readWav, type Recording, WavError } from '../audio/wav.ts';
import type { SimulatedLeg } from './simulator.ts';

/** Rates that AudioSocket carries and a telephone has. */
const RATES: readonly number[] = [8_000, 16_000];

/**
 * The legs of recorded files: `[agent, caller]`, or one stereo file (left agent, right caller), or one side alone.
 * @throws {WavError} naming the file that cannot be played.
 */
export async function readLegs(files: readonly string[]): Promise<SimulatedLeg[]> {
  const recordings = await Promise.all(files.map(readRecording));
  const sides = recordings.flatMap(({ sampleRate, channels }) => channels.map((samples) => ({ sampleRate, samples })));
  const [first, second, ...more] = sides;
  if (!first || more.length > 0)
    throw new WavError(`a call has one or two sides, these files have ${sides.length}: ${files.join(', ')}`);
  if (!second) return [{ channel: 'mixed', ...first }];
  return [
    { channel: 'agent', ...first },
    { channel: 'caller', ...second },
  ];
}

async function readRecording(file: string): Promise<Recording> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new WavError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  });
  try {
    const recording = readWav(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    if (!RATES.includes(recording.sampleRate))
      throw new WavError(`it has ${recording.sampleRate} Hz; 8000 and 16000 Hz can be played`);
    return recording;
  } catch (error) {
    throw new WavError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
