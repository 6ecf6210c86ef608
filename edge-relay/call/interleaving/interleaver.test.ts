import fc from 'fast-check';
import { ManualClock } from '../../clock.fake.ts';
import { Interleaver, MAX_SKEW_MS, SKEW_HOLDS_MS, STEP_MS } from './interleaver.ts';

const RATE = 8_000;

/** Takes the two channels of what came out apart. */
function listen() {
  const lanes: [number[], number[]] = [[], []];
  const paddedMs: [number, number] = [0, 0];
  const clock = new ManualClock();
  const interleaver = new Interleaver(RATE, clock.now, {
    audio: (audio) => {
      for (let at = 0; at < audio.length; at += 4) {
        lanes[0].push(audio.readInt16LE(at));
        lanes[1].push(audio.readInt16LE(at + 2));
      }
    },
    padded: (lane, durationMs) => (paddedMs[lane === 0 ? 0 : 1] += durationMs),
  });
  return { interleaver, lanes, paddedMs, clock };
}

const samples = (count: number, from: number) => Int16Array.from({ length: count }, (_, i) => from + i);

describe('Interleaver', () => {
  it('does not wait for a leg that is not there', () => {
    const { interleaver, lanes, paddedMs } = listen();
    interleaver.open(0);
    for (let ms = 0; ms < STEP_MS; ms += 20) interleaver.push(0, samples(160, 1), true);
    expect(lanes[0]).toHaveLength(STEP_MS * 8);
    expect(lanes[1]).toEqual(new Array(STEP_MS * 8).fill(0));
    expect(interleaver.open(1)).toBe(STEP_MS);
    expect(paddedMs).toEqual([0, STEP_MS]);
  });

  it('waits for a leg that is a little late, and no longer', () => {
    const { interleaver, lanes, paddedMs, clock } = listen();
    interleaver.open(0);
    interleaver.open(1);
    const pushFor = (durationMs: number) => {
      for (let ms = 0; ms < durationMs; ms += 20) {
        clock.advance(20);
        interleaver.push(0, samples(160, 1), true);
      }
    };
    pushFor(MAX_SKEW_MS + SKEW_HOLDS_MS);
    expect(lanes[0]).toHaveLength(0);
    pushFor(20);
    const waitedMs = MAX_SKEW_MS + SKEW_HOLDS_MS + 20;
    expect(lanes[0]).toHaveLength(waitedMs * 8);
    expect(paddedMs).toEqual([0, waitedMs]);
  });

  it('puts no silence into a leg whose audio is read after all of the other, as after a stall', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: SKEW_HOLDS_MS - 1 }),
        (frames, readMs) => {
          const { interleaver, lanes, paddedMs, clock } = listen();
          interleaver.open(0);
          interleaver.open(1);
          for (let i = 0; i < frames; i++) interleaver.push(0, samples(160, 1), true);
          clock.advance(readMs);
          for (let i = 0; i < frames; i++) interleaver.push(1, samples(160, 1), true);
          interleaver.close(0);
          interleaver.close(1);
          expect(paddedMs).toEqual([0, 0]);
          expect(lanes[0]).toEqual(lanes[1]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('lets what a leg had left go out after it ended', () => {
    const { interleaver, lanes } = listen();
    interleaver.open(0);
    interleaver.open(1);
    interleaver.push(0, samples(80, 1), true);
    interleaver.close(0);
    interleaver.close(1);
    expect(lanes[0]).toEqual([...samples(80, 1)]);
  });

  it('loses and reorders no sample, and keeps both lanes of one length, whatever comes when', () => {
    const step = fc.record({ lane: fc.constantFrom(0, 1), count: fc.integer({ min: 1, max: 4_000 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { interleaver, lanes, paddedMs, clock } = listen();
        interleaver.open(0);
        interleaver.open(1);
        const pushed: [number[], number[]] = [[], []];
        for (const { lane, count } of steps) {
          const side = lane === 0 ? 0 : 1;
          // Never 0, which is what padding looks like.
          const audio = Int16Array.from({ length: count }, (_, i) => 1 + ((pushed[side].length + i) % 30_000));
          pushed[side].push(...audio);
          clock.advance(count / 8);
          interleaver.push(lane, audio, true);
          expect(lanes[0]).toHaveLength(lanes[1].length);
        }
        interleaver.close(0);
        interleaver.close(1);
        for (const side of [0, 1] as const) {
          expect(lanes[side].filter((sample) => sample !== 0)).toEqual(pushed[side]);
          expect(lanes[side].filter((sample) => sample === 0)).toHaveLength(Math.round(paddedMs[side] * 8));
        }
      }),
      { interruptAfterTimeLimit: 4_000 },
    );
  });
});
