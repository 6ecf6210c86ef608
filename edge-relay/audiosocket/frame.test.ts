import fc from 'fast-check';
import { FrameError, readFrame, writeFrame } from './frame.ts';

describe('frame', () => {
  it.each([
    ['uuid', '0100100102030405060708090a0b0c0d0e0f10', { kind: 'uuid', uuid: '01020304-0506-0708-090a-0b0c0d0e0f10' }],
    ['a digit', '03000131', { kind: 'dtmf', digit: '1' }],
    ['8 kHz audio', '100004ff7f0080', { kind: 'audio', sampleRate: 8_000, audio: Buffer.from('ff7f0080', 'hex') }],
    ['192 kHz audio', '180002ff7f', { kind: 'audio', sampleRate: 192_000, audio: Buffer.from('ff7f', 'hex') }],
    ['hangup', '000000', { kind: 'hangup' }],
    ['an error', 'ff000101', { kind: 'error', code: 1 }],
    ['what one old library calls silence', '020000', { kind: 'unknown', type: 2, payload: Buffer.alloc(0) }],
  ] as const)('reads and writes %s', (_what, hex, frame) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(readFrame(bytes.readUInt8(0), bytes.subarray(3))).toEqual(frame);
    expect(writeFrame(frame).toString('hex')).toBe(hex);
  });

  it.each([
    ['a UUID of 15 bytes', 0x01, 15],
    ['half a sample', 0x10, 3],
    ['two digits', 0x03, 2],
  ])('refuses %s', (_what, type, length) => {
    expect(() => readFrame(type, Buffer.alloc(length))).toThrow(FrameError);
  });

  it('reads any payload or refuses it, and writes back what it read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 400 }), (type, payload) => {
        let frame;
        try {
          frame = readFrame(type, Buffer.from(payload));
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
          return;
        }
        const written = writeFrame(frame);
        expect(readFrame(written.readUInt8(0), written.subarray(3))).toEqual(frame);
      }),
    );
  });
});
