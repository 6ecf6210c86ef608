/** No telephone is so quiet that a voice on it stays below this (root mean square of 16-bit samples). */
const QUIETEST_VOICE = 120;
/** A voice stands out from the noise of the line by so much (10 dB). */
const ABOVE_NOISE = 3;
/** How fast the estimate of the noise rises while the level stays up: by a quarter in a second. */
const RISE_PER_MS = 1.000_25;
const FIRST_NOISE = 30;
/** A level is that of so much audio at least: of one sample it would be 0 at each crossing. */
const WINDOW_MS = 10;

/** Separates voice from the noise of a line by its level alone: cheap, and enough to know what may hold words. */
export class VoiceActivity {
  #noise = FIRST_NOISE;
  #energy = 0;
  #sampleCount = 0;
  #windowMs = 0;
  #hasVoice = false;

  /** Whether somebody may be speaking in the next `durationMs` of a line; shorter pieces are judged together. */
  detects(samples: Int16Array, durationMs: number): boolean {
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number;
      this.#energy += sample * sample;
    }
    this.#sampleCount += samples.length;
    this.#windowMs += durationMs;
    if (this.#windowMs >= WINDOW_MS && this.#sampleCount > 0) this.#judge();
    return this.#hasVoice;
  }

  #judge(): void {
    const level = Math.sqrt(this.#energy / this.#sampleCount);
    this.#noise = Math.max(1, Math.min(level, this.#noise * (1 + (RISE_PER_MS - 1) * this.#windowMs)));
    this.#hasVoice = level > QUIETEST_VOICE && level > ABOVE_NOISE * this.#noise;
    this.#energy = this.#sampleCount = this.#windowMs = 0;
  }
}
