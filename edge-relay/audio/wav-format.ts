import { A_LAW, MU_LAW } from './g711.ts';
import { WavError } from './wav-error.ts';

/** How the audio of a recording lies in its file. */
export interface WavFormat {
  readonly encoding: 'pcm' | 'float' | 'a-law' | 'mu-law';
  readonly sampleRate: number;
  /** One, or two: left agent, right caller. */
  readonly channelCount: 1 | 2;
  /** Of one sample of one channel. */
  readonly sampleBytes: number;
}

const EXTENSIBLE = 0xfffe;
const GSM = 49;
const MIN_RATE = 4_000;
const MAX_RATE = 192_000;
/** Of the format of Microsoft's WAVEFORMATEX and WAVEFORMATEXTENSIBLE, what is read of it. */
export const MIN_FORMAT_BYTES = 16;
export const MAX_FORMAT_BYTES = 40;

/** By the format's number, the sizes in bits that samples may have. */
const ENCODINGS: ReadonlyMap<number, { encoding: WavFormat['encoding']; isSize: (bits: number) => boolean }> = new Map([
  [1, { encoding: 'pcm', isSize: (bits) => bits >= 1 && bits <= 32 }],
  [3, { encoding: 'float', isSize: (bits) => bits === 32 || bits === 64 }],
  [6, { encoding: 'a-law', isSize: (bits) => bits === 8 }],
  [7, { encoding: 'mu-law', isSize: (bits) => bits === 8 }],
]);

/**
 * Reads the format of a WAV file.
 * @param body at least its first {@link MIN_FORMAT_BYTES}
 * @throws {WavError} when it is not read; the message says how to have it written.
 */
export function readFormat(body: Buffer): WavFormat {
  const tag = tagOf(body);
  const channelCount = body.readUInt16LE(2);
  const sampleRate = body.readUInt32LE(4);
  const bits = body.readUInt16LE(14);
  const known = ENCODINGS.get(tag);
  if (tag === GSM)
    throw new WavError(
      'this is WAV49 (GSM): have Asterisk write it as .wav, in MixMonitor’s file name or as the format',
    );
  if (known?.isSize(bits) !== true)
    throw new WavError(
      `this is format ${tag} with ${bits} bits: have it written as 16-bit PCM, µ-law or A-law (PCM of 8 to 32 bits and float are read, too)`,
    );
  if (channelCount !== 1 && channelCount !== 2)
    throw new WavError(
      `this has ${channelCount} channels: have it written with one, or two (left agent, right caller)`,
    );
  if (sampleRate < MIN_RATE || sampleRate > MAX_RATE)
    throw new WavError(`this has ${sampleRate} Hz: have it written with ${MIN_RATE} to ${MAX_RATE}`);
  return { encoding: known.encoding, channelCount, sampleRate, sampleBytes: sampleBytesOf(body, bits, channelCount) };
}

/** An extensible format has its number at the beginning of its GUID. */
function tagOf(body: Buffer): number {
  const tag = body.readUInt16LE(0);
  return tag === EXTENSIBLE && body.length >= 26 ? body.readUInt16LE(24) : tag;
}

/** Samples of 24 bits may lie in 32: then the file says so in what it counts for a frame. */
function sampleBytesOf(body: Buffer, bits: number, channelCount: number): number {
  const bytes = Math.ceil(bits / 8);
  return bytes === 3 && body.readUInt16LE(12) === 4 * channelCount ? 4 : bytes;
}

/** So many bytes hold one sample of each channel. */
export function frameBytes({ sampleBytes, channelCount }: WavFormat): number {
  return channelCount * sampleBytes;
}

/** The 16-bit samples of each channel. What is no whole sample of all channels at the end is left out. */
export function decodeAudio(bytes: Buffer, format: WavFormat): Int16Array[] {
  const { channelCount, sampleBytes } = format;
  const length = Math.floor(bytes.length / frameBytes(format));
  const sampleAt = decoderOf(format);
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Int16Array(length);
    for (let i = 0; i < length; i++) samples[i] = sampleAt(bytes, (i * channelCount + channel) * sampleBytes);
    return samples;
  });
}

function decoderOf({ encoding, sampleBytes }: WavFormat): (bytes: Buffer, at: number) => number {
  switch (encoding) {
    case 'a-law':
      return (bytes, at) => A_LAW[bytes[at] ?? 0] ?? 0;
    case 'mu-law':
      return (bytes, at) => MU_LAW[bytes[at] ?? 0] ?? 0;
    case 'float':
      return sampleBytes === 8
        ? (bytes, at) => fromFloat(bytes.readDoubleLE(at))
        : (bytes, at) => fromFloat(bytes.readFloatLE(at));
    case 'pcm':
      // One byte is unsigned; of more, the highest two are what 16 bits hold.
      return sampleBytes === 1
        ? (bytes, at) => ((bytes[at] ?? 0) - 128) << 8
        : (bytes, at) => bytes.readInt16LE(at + sampleBytes - 2);
  }
}

/** A value that is no number is silence. */
function fromFloat(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768))) || 0;
}
