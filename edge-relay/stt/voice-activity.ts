/** No telephone is so quiet that a voice on it stays below this (root mean square of 16-bit samples). */
const QUIETEST_VOICE = 120;
/** A voice stands out from the noise of the line by so much (10 dB). */
const ABOVE_NOISE = 3;
/** How fast the estimate of the noise rises while the level stays up: by a quarter in a second. */
const RISE_PER_MS = 1.000_25;
const FIRST_NOISE = 30;

/** Separates voice from the noise of a line by its level alone: cheap, and enough to know what may hold words. */
export class VoiceActivity {
  #noise = FIRST_NOISE;

  /** Whether somebody may be speaking in the next `durationMs` of a line. */
  hears(samples: Int16Array, durationMs: number): boolean {
    let sum = 0;
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number;
      sum += sample * sample;
    }
    const level = Math.sqrt(sum / samples.length);
    this.#noise = Math.min(level, this.#noise * (1 + (RISE_PER_MS - 1) * durationMs));
    if (this.#noise < 1) this.#noise = 1;
    return level > QUIETEST_VOICE && level > ABOVE_NOISE * this.#noise;
  }
}
