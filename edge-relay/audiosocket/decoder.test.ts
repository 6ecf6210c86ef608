import fc from 'fast-check';
import { FrameDecoder, MAX_PAYLOAD_BYTES } from './decoder.ts';
import { type Frame, FrameError, writeFrame } from './frame.ts';

function decode(chunks: readonly Buffer[]): Frame[] {
  const frames: Frame[] = [];
  const decoder = new FrameDecoder((frame) => frames.push(frame));
  for (const chunk of chunks) decoder.push(chunk);
  return frames;
}

const frameArbitrary: fc.Arbitrary<Frame> = fc.oneof(
  fc.uuid().map((uuid) => ({ kind: 'uuid' as const, uuid })),
  fc.constantFrom('0', '9', '*', '#').map((digit) => ({ kind: 'dtmf' as const, digit })),
  fc.constant({ kind: 'hangup' as const }),
  fc.integer({ min: 0, max: 255 }).map((code) => ({ kind: 'error' as const, code })),
  fc
    .tuple(
      fc.constantFrom(8_000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes.subarray(0, bytes.length & ~1))),
    )
    .map(([sampleRate, audio]) => ({ kind: 'audio' as const, sampleRate, audio })),
  fc
    .tuple(fc.integer({ min: 0x20, max: 0xfe }), fc.uint8Array({ maxLength: 50 }))
    .map(([type, payload]) => ({ kind: 'unknown' as const, type, payload: Buffer.from(payload) })),
);

describe('FrameDecoder', () => {
  it('reads what was written, however TCP cuts it', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(frameArbitrary, { maxLength: 20 }), cuts, (frames, sizes) => {
        const bytes = Buffer.concat(frames.map(writeFrame));
        const chunks: Buffer[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(decode(chunks)).toEqual(frames);
      }),
    );
  });

  it('reads byte by byte', () => {
    fc.assert(
      fc.property(fc.array(frameArbitrary, { maxLength: 8 }), (frames) => {
        const bytes = Buffer.concat(frames.map(writeFrame));
        expect(decode(Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(frames);
      }),
    );
  });

  it('either reads random bytes or refuses them', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (chunks) => {
        try {
          decode(chunks.map((chunk) => Buffer.from(chunk)));
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
    );
  });

  it('waits for the rest of a frame', () => {
    expect(decode([writeFrame({ kind: 'dtmf', digit: '1' }).subarray(0, 3)])).toEqual([]);
  });

  it('reads the longest payload and refuses a longer one', () => {
    const audio = Buffer.alloc(MAX_PAYLOAD_BYTES);
    expect(decode([writeFrame({ kind: 'audio', sampleRate: 192_000, audio })])).toHaveLength(1);
    const longer = writeFrame({ kind: 'audio', sampleRate: 192_000, audio: Buffer.alloc(MAX_PAYLOAD_BYTES + 2) });
    expect(() => decode([longer])).toThrow(FrameError);
  });
});
