import { decodeAudio } from './wav-format.ts';
import { WavError } from './wav-error.ts';
import { readHeader } from './wav-header.ts';

/** A decoded recording: 16-bit samples, one array a channel, all of one length. */
export interface Recording {
  readonly sampleRate: number;
  readonly channels: readonly Int16Array[];
}

const PCM = 1;

/**
 * Reads a WAV file with one channel or two, also one that is still being written.
 * @throws {WavError} when it is none, is damaged, or is in a format that is not read
 */
export function readWav(file: Buffer): Recording {
  const header = readHeader(file);
  if ('missing' in header) throw new WavError(header.missing);
  const { format, dataAt, dataEnd, state } = header;
  const isAsLongAsSaid = state === 'closed' || state === 'unclear';
  const audio = file.subarray(dataAt, isAsLongAsSaid ? dataEnd : file.length);
  return { sampleRate: format.sampleRate, channels: decodeAudio(audio, format) };
}

/** Writes a 16-bit PCM WAV file. */
export function writeWav({ sampleRate, channels }: Recording): Buffer {
  const length = Math.max(0, ...channels.map((samples) => samples.length));
  const data = Buffer.alloc(2 * length * channels.length);
  channels.forEach((samples, channel) => {
    samples.forEach((sample, i) => data.writeInt16LE(sample, 2 * (i * channels.length + channel)));
  });
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(PCM, 20);
  head.writeUInt16LE(channels.length, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * 2 * channels.length, 28);
  head.writeUInt16LE(2 * channels.length, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
