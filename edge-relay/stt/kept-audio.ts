import { type AudioFormat, bytesPerMs } from './engine.ts';

/** The last part of a stream, by its time. */
export class KeptAudio {
  readonly #bytesPerMs: number;
  readonly #sampleBytes: number;
  #chunks: Buffer[] = [];
  #startByte = 0;
  #endByte = 0;

  constructor(format: AudioFormat) {
    this.#bytesPerMs = bytesPerMs(format);
    this.#sampleBytes = 2 * format.channelCount;
  }

  get startMs(): number {
    return this.#startByte / this.#bytesPerMs;
  }

  get endMs(): number {
    return this.#endByte / this.#bytesPerMs;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#endByte += chunk.length;
  }

  /** Forgets what lies before `ms`, but no part of a chunk. Returns how much that was. */
  dropBefore(ms: number): number {
    const before = this.#startByte;
    let first = this.#chunks[0];
    while (first && this.#startByte + first.length <= ms * this.#bytesPerMs) {
      this.#startByte += first.length;
      this.#chunks.shift();
      first = this.#chunks[0];
    }
    return (this.#startByte - before) / this.#bytesPerMs;
  }

  /** A copy of at most `durationMs` from `fromMs` on. */
  read(fromMs: number, durationMs: number): Buffer {
    const from = Math.max(0, this.#bytes(fromMs) - this.#startByte);
    return Buffer.concat(this.#chunks).subarray(from, from + this.#bytes(durationMs));
  }

  #bytes(ms: number): number {
    return Math.round((ms * this.#bytesPerMs) / this.#sampleBytes) * this.#sampleBytes;
  }
}
