/**
 * Frames quieter than this are silence or the line's noise: they are left as they are, and do not count for the level
 * of the voice.
 */
const SILENCE_DBFS = -50;
const MAX_GAIN_DB = 20;
/** How fast the gain follows: down at once, for what is too loud is lost; up slowly, for a pause is no quiet voice. */
const RISE_MS = 1_000;
/** Below full scale, so that a peak is not clipped. */
const CEILING = 32_000;

/** Brings voices to one level, so that a quiet telephone is transcribed as well as a loud one. */
export class LevelNormalizer {
  readonly #targetRms: number;
  #gain = 1;

  /** @param targetDbfs root mean square of speech, in decibels below full scale, such as -20 */
  constructor(targetDbfs: number) {
    this.#targetRms = rmsOf(targetDbfs);
  }

  /** Returns the samples at the new level. A stream may be split anywhere. */
  push(samples: Int16Array, sampleRate: number): Int16Array {
    const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
    if (rms < rmsOf(SILENCE_DBFS)) return samples;
    const wanted = Math.min(10 ** (MAX_GAIN_DB / 20), this.#targetRms / rms);
    const durationMs = (samples.length / sampleRate) * 1_000;
    this.#gain = wanted < this.#gain ? wanted : this.#gain + (wanted - this.#gain) * Math.min(1, durationMs / RISE_MS);
    const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1);
    const gain = Math.min(this.#gain, CEILING / peak);
    return samples.map((sample) => Math.round(sample * gain));
  }
}

function rmsOf(dbfs: number): number {
  return 32_768 * 10 ** (dbfs / 20);
}
