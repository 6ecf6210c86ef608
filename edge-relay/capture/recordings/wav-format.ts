import type { FileHandle } from 'node:fs/promises';
import { readWavHeader, WavError } from '../../audio/wav.ts';
import { A_LAW, MU_LAW } from './g711.ts';

/** How the audio of a recording lies in its file. */
export interface WavFormat {
  readonly encoding: 'pcm' | 'mu-law' | 'a-law';
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  /** Where the audio begins. */
  readonly dataAt: number;
  /** Where it ends; unknown while the file is being written. */
  readonly dataEnd?: number;
}

const ENCODINGS: Readonly<Record<number, { encoding: WavFormat['encoding']; bits: number }>> = {
  1: { encoding: 'pcm', bits: 16 },
  6: { encoding: 'a-law', bits: 8 },
  7: { encoding: 'mu-law', bits: 8 },
};

/** What MixMonitor's option `D` writes: both directions of the channel, without a header. */
export const RAW_FORMAT: WavFormat = { encoding: 'pcm', sampleRate: 8_000, channelCount: 2, dataAt: 0 };

/** Bytes that any header fits into. */
const HEADER_BYTES = 4_096;
const MIN_RATE = 8_000;
const MAX_RATE = 192_000;
const GSM = 49;

/** Reads the beginning of a file. @throws {WavError} when it is no WAV, or holds what is not read. */
export async function readStart(file: FileHandle): Promise<WavFormat | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
  return readWavFormat(buffer.subarray(0, bytesRead));
}

/** So many bytes hold one sample of each channel. */
export function frameBytes({ encoding, channelCount }: WavFormat): number {
  return channelCount * (encoding === 'pcm' ? 2 : 1);
}

/**
 * Reads the beginning of a WAV file that may still be written.
 * The result is undefined when more of the file is needed.
 * @throws {WavError} when it is no WAV, or holds what is not read.
 */
function readWavFormat(start: Buffer): WavFormat | undefined {
  const header = readWavHeader(start, start.length >= HEADER_BYTES);
  if (!header) return undefined;
  const { tag, bits, channelCount, sampleRate, dataAt, dataEnd } = header;
  const known = ENCODINGS[tag];
  if (tag === GSM)
    throw new WavError(
      'this is WAV49 (GSM): have Asterisk write it as .wav, in MixMonitor’s file name or as the format',
    );
  if (known?.bits !== bits)
    throw new WavError(`this is format ${tag} with ${bits} bits: have it written as 16-bit PCM, µ-law or A-law`);
  if (channelCount !== 1 && channelCount !== 2)
    throw new WavError(
      `this has ${channelCount} channels: have it written with one, or two (left agent, right caller)`,
    );
  if (sampleRate < MIN_RATE || sampleRate > MAX_RATE)
    throw new WavError(`this has ${sampleRate} Hz: have it written with ${MIN_RATE} to ${MAX_RATE}`);
  return { encoding: known.encoding, channelCount, sampleRate, dataAt, ...(dataEnd !== undefined && { dataEnd }) };
}

/** The 16-bit little-endian audio of each channel. `bytes` holds whole samples of all channels. */
export function decodeAudio(bytes: Buffer, format: WavFormat): Buffer[] {
  const { encoding, channelCount } = format;
  const length = bytes.length / frameBytes(format);
  const table = encoding === 'mu-law' ? MU_LAW : A_LAW;
  return Array.from({ length: channelCount }, (_, channel) => {
    const audio = Buffer.alloc(2 * length);
    for (let i = 0; i < length; i++) {
      const at = i * channelCount + channel;
      audio.writeInt16LE(encoding === 'pcm' ? bytes.readInt16LE(2 * at) : (table[bytes[at] ?? 0] ?? 0), 2 * i);
    }
    return audio;
  });
}
