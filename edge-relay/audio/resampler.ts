/** Zero crossings of the low-pass on each side; 16 keep the stop band under −80 dB with the window below. */
const CROSSINGS = 16;
const KAISER_BETA = 8;
/** Part of the narrower band that passes; the rest is the filter's slope. */
const PASS = 0.92;

/**
 * Changes the rate of a stream by a polyphase windowed-sinc low-pass, so that nothing folds back below the new band.
 * Its delay is {@link CROSSINGS} samples of the slower rate (2 ms at 8 kHz).
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  readonly #phases: readonly Float32Array[];
  #buffer: Float32Array;
  /** The next output's place in the buffer, in parts of 1/up of a sample. */
  #position = 0;

  constructor(fromRate: number, toRate: number) {
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#up = toRate / divisor;
    this.#down = fromRate / divisor;
    const narrowing = Math.max(1, this.#down / this.#up);
    this.#half = Math.ceil(CROSSINGS * narrowing);
    this.#phases = Array.from({ length: this.#up }, (_, phase) =>
      lowPass(phase / this.#up, this.#half, (PASS * 0.5) / narrowing),
    );
    this.#buffer = new Float32Array(this.#half - 1);
  }

  push(input: Int16Array): Int16Array {
    const buffer = new Float32Array(this.#buffer.length + input.length);
    buffer.set(this.#buffer);
    buffer.set(input, this.#buffer.length);
    const taps = 2 * this.#half;
    const available = (buffer.length - taps + 1) * this.#up - this.#position;
    const output = new Int16Array(Math.max(0, Math.ceil(available / this.#down)));
    for (let n = 0; n < output.length; n++) {
      const from = Math.floor(this.#position / this.#up);
      const filter = this.#phases[this.#position % this.#up] as Float32Array;
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (buffer[from + k] as number) * (filter[k] as number);
      output[n] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
      this.#position += this.#down;
    }
    const used = Math.min(Math.floor(this.#position / this.#up), buffer.length);
    this.#buffer = buffer.slice(used);
    this.#position -= used * this.#up;
    return output;
  }
}

/** One phase's filter, `offset` of a sample after the middle, with a gain of one. */
function lowPass(offset: number, half: number, cutoff: number): Float32Array {
  const filter = Float32Array.from({ length: 2 * half }, (_, k) => {
    const distance = k - half + 1 - offset;
    return sinc(2 * cutoff * distance) * kaiser(distance / half);
  });
  const gain = filter.reduce((sum, tap) => sum + tap, 0);
  return filter.map((tap) => tap / gain);
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const kaiser = (x: number) =>
  Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; term > sum * 1e-10; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
