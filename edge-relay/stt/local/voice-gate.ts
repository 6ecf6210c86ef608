import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Vad } from './library.ts';

/** Version 6 of the Silero detector, as a package of npm's registry has it. */
export const DETECTOR_FILE = 'silero_vad_v6.onnx';

/** The rate that the detector knows, and the length of its window. */
export const DETECTOR_RATE = 16_000;
const WINDOW_SAMPLES = 512;
const WINDOW_MS = (WINDOW_SAMPLES / DETECTOR_RATE) * 1_000;

/** The detector's file; the bundle has it beside itself. */
export function detectorFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  if (!isSource) return fileURLToPath(new URL(`./${DETECTOR_FILE}`, import.meta.url));
  return join(dirname(createRequire(import.meta.url).resolve('@ricky0123/vad-web')), DETECTOR_FILE);
}

/** sherpa-onnx's configuration of the Silero detector, and how many seconds its own buffer of segments needs. */
export function detectorConfig(model: string): { config: object; bufferSeconds: number } {
  const sileroVad = {
    model,
    threshold: 0.5,
    minSpeechDuration: 0.1,
    minSilenceDuration: 0.1,
    maxSpeechDuration: 60,
    windowSize: WINDOW_SAMPLES,
  };
  return { config: { sileroVad, sampleRate: DETECTOR_RATE, numThreads: 1 }, bufferSeconds: 15 };
}

/** Whether somebody speaks for so long in a piece of audio. `samples`: between -1 and 1, at {@link DETECTOR_RATE}. */
export function hasVoice(detector: Vad, samples: Float32Array, neededMs: number): boolean {
  // One detector serves all: a new one for each piece would leave its memory behind.
  detector.reset();
  let voicedMs = 0;
  for (let at = 0; at + WINDOW_SAMPLES <= samples.length && voicedMs < neededMs; at += WINDOW_SAMPLES) {
    detector.acceptWaveform(samples.subarray(at, at + WINDOW_SAMPLES));
    if (detector.isDetected()) voicedMs += WINDOW_MS;
    while (!detector.isEmpty()) detector.pop();
  }
  return voicedMs >= neededMs;
}
