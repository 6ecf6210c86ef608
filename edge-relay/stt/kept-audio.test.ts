import fc from 'fast-check';
import type { AudioFormat } from './engine.ts';
import { KeptAudio } from './kept-audio.ts';

const format: AudioFormat = { sampleRate: 8_000, channelCount: 1 };
const BYTES_PER_MS = 16;

describe('KeptAudio', () => {
  it('gives back what was pushed and not dropped, however it came', () => {
    const step = fc.record({ pushMs: fc.nat(4_000), dropMs: fc.nat(5_000), readMs: fc.nat(3_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const kept = new KeptAudio(format);
        let all = Buffer.alloc(0);
        let startMs = 0;
        for (const { pushMs, dropMs, readMs } of steps) {
          const chunk = Buffer.alloc(pushMs * BYTES_PER_MS, all.length % 251);
          all = Buffer.concat([all, chunk]);
          kept.push(chunk);
          const endMs = all.length / BYTES_PER_MS;
          const droppedMs = kept.dropBefore(startMs + dropMs);
          expect(droppedMs).toBe(Math.min(dropMs, endMs - startMs));
          startMs += droppedMs;
          expect([kept.startMs, kept.endMs]).toEqual([startMs, endMs]);
          const wanted = all.subarray(startMs * BYTES_PER_MS, (startMs + readMs) * BYTES_PER_MS);
          expect(kept.read(startMs, readMs).equals(wanted)).toBe(true);
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 3_000 },
    );
  });
});
