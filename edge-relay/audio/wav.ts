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

/** The header of a WAV file, in whatever format its audio is. */
export interface WavHeader {
  /** The format's number: 1 is PCM. */
  readonly tag: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly bits: number;
  /** The first byte of the audio. */
  readonly dataAt: number;
  /**
   * The byte after its last; undefined while the file is being written: its sizes are 0 (or the largest number) then.
   */
  readonly dataEnd?: number;
}

/**
 * Reads the chunks of a WAV file (RIFF) up to its audio.
 * @param isAll whether no more of the file is to be had
 * @returns undefined when more of the file is needed
 * @throws {WavError} when it is no WAV, or `isAll` and it is cut short
 */
export function readWavHeader(start: Buffer, isAll: boolean): WavHeader | undefined {
  if (!isAll && start.length < 12) return undefined;
  if (start.toString('latin1', 0, 4) !== 'RIFF' || start.toString('latin1', 8, 12) !== 'WAVE')
    throw new WavError('not a WAV file: it does not begin with RIFF…WAVE');
  let format: Omit<WavHeader, 'dataAt'> | undefined;
  for (let at = 12; at + 8 <= start.length;) {
    const id = start.toString('latin1', at, at + 4);
    const size = start.readUInt32LE(at + 4);
    const body = start.subarray(at + 8, at + 8 + size);
    if (id === 'data') {
      if (!format) throw new WavError('damaged WAV file: its audio comes before its format');
      const isOpen = size === 0 || size >= 0xffff_ff00;
      return { ...format, dataAt: at + 8, ...(!isOpen && { dataEnd: at + 8 + size }) };
    }
    if (id === 'fmt ') {
      if (body.length < 16) {
        if (isAll) throw new WavError('damaged WAV file: its format is cut short');
        return undefined;
      }
      format = {
        tag: body.readUInt16LE(0),
        channelCount: body.readUInt16LE(2),
        sampleRate: body.readUInt32LE(4),
        bits: body.readUInt16LE(14),
      };
    }
    at += 8 + size + (size % 2);
  }
  if (isAll) throw new WavError('damaged WAV file: it has no audio');
  return undefined;
}

/**
 * Reads a 16-bit PCM WAV file, also one that is still being written.
 * @throws {WavError} for anything else.
 */
export function readWav(file: Buffer): Recording {
  const header = readWavHeader(file, true);
  if (!header) throw new WavError('damaged WAV file: it has no audio');
  const { tag, bits, channelCount, sampleRate, dataAt, dataEnd } = header;
  if ((tag !== PCM && tag !== EXTENSIBLE) || bits !== 16)
    throw new WavError(`only 16-bit PCM is read, this is format ${tag} with ${bits} bits`);
  if (channelCount < 1) throw new WavError('damaged WAV file: it has no channels');
  return { sampleRate, channels: deinterleave(file.subarray(dataAt, dataEnd), channelCount) };
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
