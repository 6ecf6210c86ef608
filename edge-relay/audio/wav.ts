/** A decoded recording: 16-bit samples, one array a channel, all of one length. */
export interface Recording {
  readonly sampleRate: number;
  readonly channels: readonly Int16Array[];
}

/** The file is no recording that can be read; the message says why, for a person. */
export class WavError extends Error {
  override readonly name = 'WavError';
}

const PCM = 1;
const EXTENSIBLE = 0xfffe;

/**
 * Reads a 16-bit PCM WAV file (RIFF). Sizes of zero, as a file that is still being written has them, mean "to the end".
 * @throws {WavError} for anything else.
 */
export function readWav(file: Buffer): Recording {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new WavError('not a WAV file: it does not begin with RIFF…WAVE');
  let format: { sampleRate: number; channelCount: number } | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const declared = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, declared === 0 && id === 'data' ? file.length : at + 8 + declared);
    if (id === 'fmt ') format = readFormat(body);
    if (id === 'data') {
      if (!format) throw new WavError('damaged WAV file: its audio comes before its format');
      return { sampleRate: format.sampleRate, channels: deinterleave(body, format.channelCount) };
    }
    at += 8 + declared + (declared % 2);
  }
  throw new WavError('damaged WAV file: it has no audio');
}

function readFormat(body: Buffer): { sampleRate: number; channelCount: number } {
  if (body.length < 16) throw new WavError('damaged WAV file: its format is cut short');
  const [tag, channelCount, sampleRate, bits] = [0, 2, 4, 14].map((at) =>
    at === 4 ? body.readUInt32LE(at) : body.readUInt16LE(at),
  ) as [number, number, number, number];
  if ((tag !== PCM && tag !== EXTENSIBLE) || bits !== 16)
    throw new WavError(`only 16-bit PCM is read, this is format ${tag} with ${bits} bits`);
  if (channelCount < 1) throw new WavError('damaged WAV file: it has no channels');
  return { sampleRate, channelCount };
}

function deinterleave(body: Buffer, channelCount: number): Int16Array[] {
  const length = Math.floor(body.length / 2 / channelCount);
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Int16Array(length);
    for (let i = 0; i < length; i++) samples[i] = body.readInt16LE(2 * (i * channelCount + channel));
    return samples;
  });
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
