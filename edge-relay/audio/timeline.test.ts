import fc from 'fast-check';
import { Timeline } from './timeline.ts';

/** Frames of 20 ms that arrive one by one from `fromMs` to `toMs`. */
function steady(timeline: Timeline, fromMs: number, toMs: number): void {
  for (let now = fromMs + 20; now <= toMs; now += 20) timeline.audio(now, 20);
}

describe('Timeline', () => {
  it('follows the sample count of a steady stream', () => {
    const timeline = new Timeline();
    steady(timeline, 0, 1_000);
    expect(timeline.streamMs).toBe(1_000);
    expect(timeline.spokenAt(500)).toBe(500);
    expect(timeline.holesMs).toBe(0);
  });

  it('does not take jitter for a hole', () => {
    const timeline = new Timeline();
    let silence = 0;
    for (let i = 1; i <= 200; i++) silence += timeline.audio(i * 20 + (i % 7) * 20, 20);
    expect(silence).toBe(0);
  });

  it('fills a hole, and keeps to the wall clock across it', () => {
    const timeline = new Timeline();
    steady(timeline, 0, 1_000);
    expect(timeline.audio(4_020, 20)).toBe(3_000);
    expect(timeline.streamMs).toBe(4_020);
    expect(timeline.spokenAt(4_000)).toBe(4_000);
    expect(timeline.holesMs).toBe(3_000);
  });

  it('fills a hole while it lasts, and no more of it when the audio comes', () => {
    const timeline = new Timeline();
    steady(timeline, 0, 1_000);
    let silence = 0;
    for (let now = 1_000; now <= 4_000; now += 100) silence += timeline.quiet(now);
    expect(silence).toBe(2_600);
    expect(timeline.audio(4_020, 20)).toBe(400);
    expect(timeline.streamMs).toBe(4_020);
    expect(timeline.spokenAt(4_000)).toBe(4_000);
  });

  it('gives the audio of a burst the time when it was spoken', () => {
    const timeline = new Timeline();
    steady(timeline, 0, 1_000);
    // Two seconds of audio come at once, two seconds late.
    for (let i = 0; i < 100; i++) timeline.audio(3_000, 20);
    expect(timeline.spokenAt(timeline.streamMs)).toBe(3_000);
    expect(timeline.holesMs).toBe(0);
  });

  it('takes back the silence of a stall that was no hole', () => {
    const timeline = new Timeline();
    steady(timeline, 0, 1_000);
    let silence = 0;
    for (let now = 1_000; now <= 3_000; now += 100) silence += timeline.quiet(now);
    expect(silence).toBe(1_600);
    for (let i = 0; i < 100; i++) timeline.audio(3_000, 20);
    steady(timeline, 3_000, 4_000);
    expect(timeline.spokenAt(timeline.streamMs)).toBe(4_000);
    // The filled silence took no time.
    expect(timeline.spokenAt(1_800)).toBe(1_000);
  });

  it('knows that audio was spoken before a busy relay opened its leg', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (waitingFrames) => {
        const timeline = new Timeline();
        for (let i = 0; i < waitingFrames; i++) timeline.audio(0, 20);
        steady(timeline, 0, 1_000);
        expect(timeline.startMs).toBe(-20 * waitingFrames);
        expect(timeline.endMs).toBe(1_000);
        expect(timeline.spokenAt(timeline.streamMs)).toBe(1_000);
      }),
    );
  });

  it('says nothing before the first audio', () => {
    expect(new Timeline().quiet(60_000)).toBe(0);
  });

  it('never runs backwards, and never ahead of the clock', () => {
    const step = fc.record({ waitMs: fc.nat(2_000), frames: fc.integer({ min: 1, max: 60 }), isFilled: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const timeline = new Timeline();
        let now = 0;
        let heardMs = 0;
        for (const { waitMs, frames, isFilled } of steps) {
          now += waitMs;
          if (isFilled) timeline.quiet(now);
          // A peer cannot send what was not spoken yet.
          for (let i = 0; i < frames && heardMs + 20 <= now; i++, heardMs += 20) timeline.audio(now, 20);
        }
        const places = Array.from({ length: 50 }, (_, i) => (timeline.streamMs * i) / 49);
        const times = places.map((place) => timeline.spokenAt(place));
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(Math.max(0, ...times)).toBeLessThanOrEqual(now);
      }),
    );
  });
});
