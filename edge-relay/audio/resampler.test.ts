import fc from 'fast-check';
import { Resampler } from './resampler.ts';

function tone(hertz: number, sampleRate: number, seconds = 0.5): Int16Array {
  return Int16Array.from({ length: sampleRate * seconds }, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hertz * i) / sampleRate)),
  );
}

/** Level of the middle part, against that of the tone above. */
function gainDb(samples: Int16Array): number {
  const middle = samples.subarray(samples.length >> 2, (3 * samples.length) >> 2);
  const power = middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length;
  return 10 * Math.log10(power / (10_000 ** 2 / 2));
}

describe('Resampler', () => {
  it.each([
    [48_000, 16_000],
    [44_100, 16_000],
    [192_000, 16_000],
    [12_000, 16_000],
    [8_000, 16_000],
    [16_000, 8_000],
  ])('keeps speech from %d to %d Hz', (fromRate, toRate) => {
    for (const hertz of [300, 1_000, 3_000])
      expect(gainDb(new Resampler(fromRate, toRate).push(tone(hertz, fromRate)))).toBeCloseTo(0, 1);
  });

  it.each([
    [48_000, 16_000, 9_500],
    [44_100, 16_000, 12_000],
    [192_000, 16_000, 60_000],
    [16_000, 8_000, 5_000],
  ])('lets nothing from %d to %d Hz fold back of %d Hz', (fromRate, toRate, hertz) => {
    expect(gainDb(new Resampler(fromRate, toRate).push(tone(hertz, fromRate)))).toBeLessThan(-70);
  });

  const rates = [8_000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000];
  it.each(rates.flatMap((fromRate) => [8_000, 16_000].filter((to) => to !== fromRate).map((to) => [fromRate, to])))(
    'holds over the whole band, from every rate of AudioSocket: %d to %d Hz',
    (fromRate = 0, toRate = 0) => {
      const band = Math.min(fromRate, toRate) / 2;
      for (let hertz = 100; hertz < band * 0.8; hertz += band / 8)
        expect(Math.abs(gainDb(new Resampler(fromRate, toRate).push(tone(hertz, fromRate, 0.2))))).toBeLessThan(0.5);
      for (let hertz = band * 1.2; hertz < fromRate / 2; hertz += fromRate / 20)
        expect(gainDb(new Resampler(fromRate, toRate).push(tone(hertz, fromRate, 0.2)))).toBeLessThan(-65);
    },
  );

  it('gives the same samples however the stream is cut', () => {
    const input = tone(440, 44_100, 0.05);
    const whole = new Resampler(44_100, 16_000).push(input);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1 }), (sizes) => {
        const resampler = new Resampler(44_100, 16_000);
        const output: number[] = [];
        for (let at = 0, i = 0; at < input.length; i++) {
          const size = Math.max(1, sizes[i % sizes.length] ?? 1);
          output.push(...resampler.push(input.subarray(at, at + size)));
          at += size;
        }
        expect(Int16Array.from(output)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('loses no time over an hour of frames', () => {
    const resampler = new Resampler(44_100, 16_000);
    const frame = new Int16Array(882);
    let samples = 0;
    for (let i = 0; i < 5_000; i++) samples += resampler.push(frame).length;
    expect(Math.abs(samples - 5_000 * 320)).toBeLessThan(64);
  });
});
