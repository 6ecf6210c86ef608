/** Audio on its way to a vendor that pulls it by iteration, in steps of one size. */
export class AudioQueue implements AsyncIterable<Buffer> {
  readonly #stepBytes: number;
  #chunks: Buffer[] = [];
  #isEnded = false;
  #wake: () => void = () => undefined;
  bufferedBytes = 0;

  constructor(stepBytes: number) {
    this.#stepBytes = stepBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.bufferedBytes += chunk.length;
    if (this.bufferedBytes >= this.#stepBytes) this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      while (this.bufferedBytes >= this.#stepBytes) yield this.#take(this.#stepBytes);
      if (this.#isEnded) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.bufferedBytes > 0) yield this.#take(this.bufferedBytes);
  }

  #take(bytes: number): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(bytes)];
    this.bufferedBytes -= bytes;
    return all.subarray(0, bytes);
  }
}
