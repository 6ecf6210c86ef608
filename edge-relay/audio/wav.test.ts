import fc from 'fast-check';
import { WavError } from './wav-error.ts';
import { readWav, writeWav } from './wav.ts';

const recording = { sampleRate: 8_000, channels: [Int16Array.of(1, -2, 32_767), Int16Array.of(0, 5, -32_768)] };

describe('wav', () => {
  it('reads what it wrote', () => {
    const samples = fc.int16Array({ maxLength: 50 });
    fc.assert(
      fc.property(samples, fc.constantFrom(8_000, 16_000, 44_100), (left, sampleRate) => {
        const channels = [left, left.map((sample) => ~sample)];
        expect(readWav(writeWav({ sampleRate, channels }))).toEqual({ sampleRate, channels });
      }),
    );
  });

  it('reads a file that is still being written, whose sizes are zero', () => {
    const file = writeWav(recording);
    file.writeUInt32LE(0, 4);
    file.writeUInt32LE(0, 40);
    expect(readWav(file)).toEqual(recording);
  });

  it('skips chunks it does not know, also odd ones', () => {
    const file = writeWav(recording);
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    expect(readWav(Buffer.concat([file.subarray(0, 36), list, file.subarray(36)]))).toEqual(recording);
  });

  it.each([
    ['no RIFF', Buffer.from('fLaC and then some bytes'), 'not a WAV file'],
    ['an empty file', Buffer.alloc(0), 'not a WAV file'],
    ['no audio', writeWav(recording).subarray(0, 36), 'it has no audio'],
    ['a format cut short', writeWav(recording).subarray(0, 24), 'cut short'],
    ['audio before the format', writeWav(recording).fill('junk', 12, 16, 'latin1'), 'before its format'],
  ])('refuses %s', (_what, file, message) => {
    expect(() => readWav(file)).toThrow(WavError);
    expect(() => readWav(file)).toThrow(message);
  });

  it('refuses a format by its number, with what to do', () => {
    const file = writeWav(recording);
    file.writeUInt16LE(2, 20);
    expect(() => readWav(file)).toThrow('this is format 2 with 16 bits: have it written as 16-bit PCM');
  });
});
