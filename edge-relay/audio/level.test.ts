import fc from 'fast-check';
import { LevelNormalizer } from './level.ts';

const RATE = 8_000;
const FRAME = 160;

/** A tone at a level, in frames of 20 ms. */
function frames(dbfs: number, seconds: number): Int16Array[] {
  const amplitude = 32_768 * Math.SQRT2 * 10 ** (dbfs / 20);
  return Array.from({ length: seconds * 50 }, (_, frame) =>
    Int16Array.from(
      { length: FRAME },
      (_, i) => amplitude * Math.sin((2 * Math.PI * 400 * (frame * FRAME + i)) / RATE),
    ),
  );
}

function dbfsOf(samples: Int16Array): number {
  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  return 20 * Math.log10(rms / 32_768);
}

function levelled(target: number, input: readonly Int16Array[]): Int16Array[] {
  const normalizer = new LevelNormalizer(target);
  return input.map((frame) => normalizer.push(frame, RATE));
}

describe('LevelNormalizer', () => {
  it.each([
    ['a quiet voice', -32, -20],
    ['a loud voice', -6, -20],
    ['a good voice', -20, -20],
  ])('brings %s to the target', (_what, dbfs, target) => {
    const last = levelled(target, frames(dbfs, 6)).at(-1) as Int16Array;
    expect(dbfsOf(last)).toBeCloseTo(target, 0);
  });

  it('raises nothing by more than 20 dB', () => {
    const last = levelled(-10, frames(-45, 10)).at(-1) as Int16Array;
    expect(dbfsOf(last)).toBeCloseTo(-25, 0);
  });

  it('leaves silence and the noise of a line alone, whatever came before', () => {
    const normalizer = new LevelNormalizer(-20);
    for (const frame of frames(-40, 3)) normalizer.push(frame, RATE);
    for (const quiet of [new Int16Array(FRAME), ...frames(-60, 1)]) expect(normalizer.push(quiet, RATE)).toEqual(quiet);
  });

  it('turns down at once when a shout follows a whisper', () => {
    const output = levelled(-20, [...frames(-38, 5), ...frames(-6, 0.02)]);
    expect(dbfsOf(output.at(-1) as Int16Array)).toBeCloseTo(-20, 0);
  });

  it('clips nothing and keeps every sample’s place', () => {
    fc.assert(
      fc.property(fc.array(fc.int16Array({ minLength: 1, maxLength: 400 }), { maxLength: 30 }), (input) => {
        for (const [i, output] of levelled(-12, input).entries()) {
          const given = input[i] as Int16Array;
          expect(output).toHaveLength(given.length);
          output.forEach((sample, at) => {
            expect(Math.sign(sample) * Math.sign(given[at] as number)).toBeGreaterThanOrEqual(0);
          });
        }
      }),
    );
  });
});
