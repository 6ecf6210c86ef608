import fc from 'fast-check';
import { bytesOf } from './samples.ts';

/** How a recorder writes its WAV files. */
export interface WavShape {
  readonly tag: number;
  readonly bits: number;
  readonly channelCount: 1 | 2;
  readonly sampleRate: number;
  readonly isExtensible: boolean;
  /** Chunks before the format, between it and the audio, and after it: their lengths. */
  readonly before: readonly number[];
  readonly between: readonly number[];
  readonly after: readonly number[];
  /** Whether chunks of odd length are followed by a byte of padding. */
  readonly isPadded: boolean;
}

export const PLAIN_SHAPE: WavShape = {
  tag: 1,
  bits: 16,
  channelCount: 1,
  sampleRate: 8_000,
  isExtensible: false,
  before: [],
  between: [],
  after: [],
  isPadded: true,
};

const chunkLengths = fc.array(fc.oneof(fc.nat(40), fc.nat(9_000)), { maxLength: 3 });

/** Any file of a format that is read. */
export const anyShape: fc.Arbitrary<WavShape> = fc
  .record({
    encoding: fc.constantFrom(
      { tag: 1, bits: 8 },
      { tag: 1, bits: 16 },
      { tag: 1, bits: 24 },
      { tag: 1, bits: 32 },
      { tag: 3, bits: 32 },
      { tag: 3, bits: 64 },
      { tag: 6, bits: 8 },
      { tag: 7, bits: 8 },
    ),
    channelCount: fc.constantFrom(1 as const, 2 as const),
    sampleRate: fc.oneof(fc.constantFrom(8_000, 11_025, 22_050, 44_100), fc.integer({ min: 4_000, max: 192_000 })),
    isExtensible: fc.boolean(),
    before: chunkLengths,
    between: chunkLengths,
    after: chunkLengths,
    isPadded: fc.boolean(),
  })
  .map(({ encoding, ...shape }) => ({ ...shape, ...encoding }));

/** A file's bytes before its audio. `dataBytes`: what the header says of its length. */
export function wavStart(shape: WavShape, dataBytes: number): Buffer {
  const chunks = [
    ...shape.before.map((length) => chunk('note', length, shape)),
    formatChunk(shape),
    ...shape.between.map((length) => chunk('LIST', length, shape)),
  ];
  const head = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
  return Buffer.concat([head, ...chunks, chunkHead('data', dataBytes)]);
}

/** A file's bytes after its audio. */
export function wavEnd(shape: WavShape, dataBytes: number): Buffer {
  const padding = Buffer.alloc(shape.isPadded ? dataBytes % 2 : 0);
  return Buffer.concat([padding, ...shape.after.map((length) => chunk('id3 ', length, shape))]);
}

/** Samples as the file has them: each channel the same. */
export function wavAudio({ tag, bits, channelCount }: WavShape, samples: Int16Array): Buffer {
  const bytes = Buffer.alloc((samples.length * channelCount * bits) / 8);
  samples.forEach((sample, frame) => {
    for (let channel = 0; channel < channelCount; channel++) {
      const at = ((frame * channelCount + channel) * bits) / 8;
      if (tag === 3 && bits === 64) bytes.writeDoubleLE(sample / 32_768, at);
      else if (tag === 3) bytes.writeFloatLE(sample / 32_768, at);
      else if (bits === 8) bytes[at] = tag === 1 ? (sample >> 8) + 128 : sample & 0xff;
      else bytes.set(bytesOf(Int16Array.of(sample)), at + bits / 8 - 2);
    }
  });
  return bytes;
}

function formatChunk({ tag, bits, channelCount, sampleRate, isExtensible }: WavShape): Buffer {
  const body = Buffer.alloc(isExtensible ? 40 : 16);
  const frameBytes = (channelCount * bits) / 8;
  body.writeUInt16LE(isExtensible ? 0xfffe : tag, 0);
  body.writeUInt16LE(channelCount, 2);
  body.writeUInt32LE(sampleRate, 4);
  body.writeUInt32LE(sampleRate * frameBytes, 8);
  body.writeUInt16LE(frameBytes, 12);
  body.writeUInt16LE(bits, 14);
  if (isExtensible) {
    body.writeUInt16LE(22, 16);
    body.writeUInt16LE(bits, 18);
    body.writeUInt16LE(tag, 24);
    Buffer.from('00001000800000aa00389b71', 'hex').copy(body, 28);
  }
  return Buffer.concat([chunkHead('fmt ', body.length), body]);
}

function chunk(id: string, length: number, { isPadded }: WavShape): Buffer {
  const padding = Buffer.alloc(isPadded ? length % 2 : 0);
  return Buffer.concat([chunkHead(id, length), Buffer.alloc(length, 'text '), padding]);
}

function chunkHead(id: string, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 'latin1');
  head.writeUInt32LE(length, 4);
  return head;
}
