import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Resampler } from '../audio/resampler.ts';
import { WavError } from '../audio/wav-error.ts';
import { readWav, type Recording } from '../audio/wav.ts';
import type { SimulatedLeg } from './simulator.ts';

const execute = promisify(execFile);

/** Rates that AudioSocket carries and a telephone has. */
const [NARROW, WIDE] = [8_000, 16_000];
/** An hour of music as it is decoded. */
const MAX_DECODED_BYTES = 1_000_000_000;
/** Two channels whose difference has less than this part of the energy are one. */
const SAME_SHARE = 0.001;

interface ReadOptions {
  /** The program that decodes what is no WAV. */
  readonly ffmpeg?: string;
}

/**
 * The legs of recorded files: `[agent, caller]`, or one stereo file (left agent, right caller), or one side alone.
 * @throws {WavError} naming the file that cannot be played.
 */
export async function readLegs(
  files: readonly string[],
  { ffmpeg = 'ffmpeg' }: ReadOptions = {},
): Promise<SimulatedLeg[]> {
  const recordings = await Promise.all(files.map(async (file) => playable(await readRecording(file, ffmpeg))));
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

async function readRecording(file: string, ffmpeg: string): Promise<Recording> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new WavError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  });
  try {
    return readWav(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  } catch (error) {
    return decode(file, ffmpeg, error as Error);
  }
}

/** What is no WAV that is read here, by ffmpeg. */
async function decode(file: string, ffmpeg: string, unread: Error): Promise<Recording> {
  const args = ['-v', 'error', '-i', file, '-vn', '-f', 'wav', '-c:a', 'pcm_s16le', '-'];
  try {
    const { stdout } = await execute(ffmpeg, args, { encoding: 'buffer', maxBuffer: MAX_DECODED_BYTES });
    return readWav(stdout);
  } catch (error) {
    const { code, stderr, message } = error as Error & { code?: string; stderr?: Buffer };
    if (code === 'ENOENT')
      throw new WavError(
        `${file}: ${unread.message}. Other formats (mp3, ogg, m4a, …) are read where ffmpeg is installed, and it is not. Debian: apt-get install ffmpeg`,
        { cause: unread },
      );
    const reason = stderr?.toString().trim().split('\n').at(-1);
    throw new WavError(
      `${file}: ${unread.message}; ffmpeg: ${reason === undefined || reason === '' ? message : reason}`,
      {
        cause: error,
      },
    );
  }
}

/** The recording at a rate that can be played. What says the same on both sides is one side. */
function playable({ sampleRate, channels }: Recording): Recording {
  const [left, right] = channels;
  const sides = left && right && areSame(left, right) ? [left] : channels;
  if (sampleRate === NARROW || sampleRate === WIDE) return { sampleRate, channels: sides };
  const rate = sampleRate < WIDE ? NARROW : WIDE;
  return { sampleRate: rate, channels: sides.map((samples) => new Resampler(sampleRate, rate).push(samples)) };
}

function areSame(left: Int16Array, right: Int16Array): boolean {
  let [all, difference] = [0, 0];
  for (let i = 0; i < left.length; i++) {
    const [one, other] = [left[i] as number, right[i] ?? 0];
    all += one * one + other * other;
    difference += (one - other) ** 2;
  }
  return all > 0 && difference < SAME_SHARE * all;
}
