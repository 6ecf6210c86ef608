/**
 * Frames quieter than this are silence or the line's noise: they are left as they are, and do not count for the level
 * of the voice.
 */
const SILENCE_DBFS = -50;
const MAX_GAIN_DB = 20;
/** How fast the gain follows: down at once, for what is too loud is lost; up slowly, for a pause is no quiet voice. */
const RISE_MS = 1_000;
/** A level is that of so much audio at least: of one sample it is nothing. */
const WINDOW_MS = 10;
/** Below full scale, so that a peak is not clipped. */
const CEILING = 32_000;

/** Brings voices to one level, so that a quiet telephone is transcribed as well as a loud one. */
export class LevelNormalizer {
  readonly #targetRms: number;
  #gain = 1;
  #isSilent = true;
  #energy = 0;
  #sampleCount = 0;

  /** @param targetDbfs root mean square of speech, in decibels below full scale, such as -20 */
  constructor(targetDbfs: number) {
    this.#targetRms = rmsOf(targetDbfs);
  }

  /** Returns the samples at the new level. A stream may be split anywhere. */
  push(samples: Int16Array, sampleRate: number): Int16Array {
    this.#energy += samples.reduce((sum, sample) => sum + sample * sample, 0);
    this.#sampleCount += samples.length;
    const windowMs = (this.#sampleCount / sampleRate) * 1_000;
    if (windowMs >= WINDOW_MS) this.#follow(windowMs);
    if (this.#isSilent) return samples;
    const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1);
    const gain = Math.min(this.#gain, CEILING / peak);
    return samples.map((sample) => Math.round(sample * gain));
  }

  #follow(windowMs: number): void {
    const rms = Math.sqrt(this.#energy / this.#sampleCount);
    this.#energy = this.#sampleCount = 0;
    this.#isSilent = rms < rmsOf(SILENCE_DBFS);
    if (this.#isSilent) return;
    const wanted = Math.min(10 ** (MAX_GAIN_DB / 20), this.#targetRms / rms);
    this.#gain = wanted < this.#gain ? wanted : this.#gain + (wanted - this.#gain) * Math.min(1, windowMs / RISE_MS);
  }
}

function rmsOf(dbfs: number): number {
  return 32_768 * 10 ** (dbfs / 20);
}
