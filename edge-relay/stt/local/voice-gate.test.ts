import { createRequire } from 'node:module';
import { lineSounds } from '../../audio/line-sounds.fake.ts';
import { Resampler } from '../../audio/resampler.ts';
import { demoLegs } from '../../sim/demo/demo.ts';
import type { SherpaLibrary, Vad } from './library.ts';
import { DETECTOR_RATE, detectorConfig, detectorFile, hasVoice } from './voice-gate.ts';

const { Vad: Detector } = createRequire(__filename)('sherpa-onnx-node') as SherpaLibrary;

describe('the trained detector of voice', () => {
  let detector: Vad;
  beforeAll(() => {
    const { config, bufferSeconds } = detectorConfig(detectorFile());
    detector = new Detector(config, bufferSeconds);
  });
  const isVoiced = (samples: Int16Array, neededMs: number) =>
    hasVoice(
      detector,
      Float32Array.from(new Resampler(8_000, DETECTOR_RATE).push(samples), (each) => each / 32_768),
      neededMs,
    );

  it.each(lineSounds(10))('finds nobody in 10 s of %s', (_name, samples) => {
    expect(isVoiced(samples, 1)).toBe(false);
  });

  it('finds who speaks, also after it has found nobody', async () => {
    for (const { samples, channel } of await demoLegs()) {
      // The agent speaks from the beginning on, the caller from 7 s on.
      const fromMs = channel === 'agent' ? 0 : 7_000;
      const speech = samples.subarray(fromMs * 8, (fromMs + 5_000) * 8);
      expect(isVoiced(speech, 2_500)).toBe(true);
      expect(isVoiced(speech, 5_100)).toBe(false);
      expect(isVoiced(new Int16Array(16_000), 1)).toBe(false);
    }
  });
});
