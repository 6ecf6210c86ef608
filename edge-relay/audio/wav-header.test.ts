import fc from 'fast-check';
import { A_LAW, MU_LAW } from './g711.ts';
import { WavError } from './wav-error.ts';
import { anyShape, PLAIN_SHAPE, wavAudio, wavEnd, type WavShape, wavStart } from './wav.fake.ts';
import { frameBytes } from './wav-format.ts';
import { readHeader, scanWav, type WavHeader } from './wav-header.ts';
import { readWav } from './wav.ts';

const samples = fc.int16Array({ minLength: 1, maxLength: 60 });
/** What writers put where they do not know the length yet. */
const placeholder = fc.oneof(
  fc.constantFrom(0, 0x7fff_f000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
  fc.integer({ min: 1_000_000, max: 0xffff_ffff }),
);

/** The file is all there is, or all of it so far. */
function headerOf(file: Buffer): WavHeader {
  const found = readHeader(file);
  if ('missing' in found) throw new Error(found.missing);
  return found;
}

/** What a sample is once it was written and read. */
function asRead({ tag, bits }: WavShape, sample: number): number {
  if (tag === 6) return A_LAW[sample & 0xff] ?? 0;
  if (tag === 7) return MU_LAW[sample & 0xff] ?? 0;
  return bits === 8 ? (sample >> 8) << 8 : sample;
}

describe('the header of a WAV file', () => {
  it('is found among any chunks, in any format, and the audio is read whole', () => {
    fc.assert(
      fc.property(anyShape, samples, (shape, spoken) => {
        const audio = wavAudio(shape, spoken);
        const file = Buffer.concat([wavStart(shape, audio.length), audio, wavEnd(shape, audio.length)]);
        const { format, dataAt, dataEnd, state } = headerOf(file);
        expect(state).toBe('closed');
        expect(file.subarray(dataAt, dataEnd)).toEqual(audio);
        expect(frameBytes(format)).toBe((shape.channelCount * shape.bits) / 8);
        const { sampleRate, channels } = readWav(file);
        expect(sampleRate).toBe(shape.sampleRate);
        for (const channel of channels) expect([...channel]).toEqual(Array.from(spoken, (one) => asRead(shape, one)));
        expect(channels).toHaveLength(shape.channelCount);
      }),
    );
  });

  it('is missing until it is there, wherever the file is cut, and says the same from then on', () => {
    fc.assert(
      fc.property(
        anyShape,
        samples,
        placeholder,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (shape, spoken, said, part) => {
          const start = wavStart(shape, said);
          const file = Buffer.concat([start, wavAudio(shape, spoken)]);
          const cut = file.subarray(0, Math.floor(part * file.length));
          const found = readHeader(cut);
          if (cut.length < start.length) expect(found).toHaveProperty('missing');
          else expect(found).toMatchObject({ dataAt: start.length, state: 'open' });
        },
      ),
    );
  });

  it('does not end the audio where a length stands that is not reached, or passed', () => {
    fc.assert(
      fc.property(anyShape, samples, placeholder, (shape, spoken, said) => {
        const audio = wavAudio(shape, spoken);
        const open = Buffer.concat([wavStart(shape, said), audio]);
        expect(headerOf(open).state).toBe('open');
        expect(readWav(open).channels[0]).toHaveLength(spoken.length);
        // No byte of it is printable: it cannot be the name of a chunk.
        const more = Buffer.alloc(400, 0xf0);
        const late = Buffer.concat([wavStart(shape, audio.length), audio, more]);
        expect(headerOf(late).state).toBe('ahead');
      }),
    );
  });

  it('is unclear while a chunk after the audio is written', () => {
    const shape = { ...PLAIN_SHAPE, after: [30, 5_001] };
    const start = wavStart(shape, 100);
    const end = wavEnd(shape, 100);
    for (let length = 1; length < end.length - 1; length++) {
      const file = Buffer.concat([start, Buffer.alloc(100), end.subarray(0, length)]);
      expect(headerOf(file).state).toBe([0, 38].includes(length) ? 'closed' : 'unclear');
    }
  });

  it('has the length of more than 4 GB in a chunk of its own', () => {
    const sizes = Buffer.alloc(36);
    sizes.write('ds64', 'latin1');
    sizes.writeUInt32LE(28, 4);
    sizes.writeBigUInt64LE(5_000_000_000n, 16);
    const start = wavStart(PLAIN_SHAPE, 0xffff_ffff);
    const file = Buffer.concat([Buffer.from('RF64\xff\xff\xff\xffWAVE', 'latin1'), sizes, start.subarray(12)]);
    expect(headerOf(file)).toMatchObject({ dataAt: file.length, dataEnd: file.length + 5_000_000_000 });
  });

  it('is read where the audio comes first, once that has its length', () => {
    const start = wavStart(PLAIN_SHAPE, 4);
    const [magic, format, data] = [start.subarray(0, 12), start.subarray(12, 36), start.subarray(36)];
    const file = Buffer.concat([magic, data, Buffer.from([1, 0, 2, 0]), format]);
    expect([...(readWav(file).channels[0] ?? [])]).toEqual([1, 2]);
    expect(() => readHeader(file.subarray(0, 24))).toThrow('before its format');
  });

  it('needs little of a file, however it is made', () => {
    const scan = scanWav(Number.MAX_SAFE_INTEGER);
    const file = wavStart({ ...PLAIN_SHAPE, before: [1_000_000], between: [1_000_001] }, 100);
    let bytes = 0;
    for (let step = scan.next(); step.done !== true;) {
      const { at, length } = step.value;
      bytes += length;
      step = scan.next(file.subarray(at, at + length));
    }
    expect(bytes).toBeLessThan(200);
    const chunks = Buffer.concat(Array.from({ length: 2_000 }, () => Buffer.from('abcd\0\0\0\0', 'latin1')));
    expect(() => readHeader(Buffer.concat([file.subarray(0, 12), chunks]))).toThrow('more than 1000 chunks');
  });

  it('is one, is missing, or is refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isWav) => {
        const file = Buffer.concat([Buffer.from(isWav ? 'RIFF\0\0\0\0WAVE' : '', 'latin1'), bytes]);
        try {
          readHeader(file);
        } catch (error) {
          expect(error).toBeInstanceOf(WavError);
        }
      }),
    );
  });
});
