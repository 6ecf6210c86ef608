import { type AudioFormat, bytesPerMs } from './engine.ts';

/** Room at first; a stream that waits for its engine uses more, and releases it. */
const FIRST_ROOM_MS = 5_500;

/** The last part of a stream, by its time, in a ring of bytes. */
export class KeptAudio {
  readonly #bytesPerMs: number;
  readonly #sampleBytes: number;
  readonly #firstRoomBytes: number;
  #ring: Buffer;
  #startByte = 0;
  #endByte = 0;

  constructor(format: AudioFormat) {
    this.#bytesPerMs = bytesPerMs(format);
    this.#sampleBytes = 2 * format.channelCount;
    this.#firstRoomBytes = FIRST_ROOM_MS * this.#bytesPerMs;
    this.#ring = Buffer.allocUnsafeSlow(this.#firstRoomBytes);
  }

  get startMs(): number {
    return this.#startByte / this.#bytesPerMs;
  }

  get endMs(): number {
    return this.#endByte / this.#bytesPerMs;
  }

  push(chunk: Buffer): void {
    this.#makeRoom(chunk.length);
    const at = this.#endByte % this.#ring.length;
    const first = Math.min(chunk.length, this.#ring.length - at);
    chunk.copy(this.#ring, at, 0, first);
    if (first < chunk.length) chunk.copy(this.#ring, 0, first);
    this.#endByte += chunk.length;
  }

  /** Forgets what lies before `ms`. Returns how much that was. */
  dropBefore(ms: number): number {
    const byte = Math.min(this.#endByte, this.#bytes(ms));
    if (byte <= this.#startByte) return 0;
    const droppedBytes = byte - this.#startByte;
    this.#startByte = byte;
    return droppedBytes / this.#bytesPerMs;
  }

  /** A copy of at most `durationMs` from `fromMs` on. */
  read(fromMs: number, durationMs: number): Buffer {
    const from = Math.max(this.#startByte, this.#bytes(fromMs));
    return this.#copy(from, Math.max(0, Math.min(this.#bytes(durationMs), this.#endByte - from)));
  }

  #makeRoom(moreBytes: number): void {
    const needed = this.#endByte - this.#startByte + moreBytes;
    const room = this.#ring.length;
    if (needed <= room && (room === this.#firstRoomBytes || needed > this.#firstRoomBytes / 2)) return;
    const kept = this.#copy(this.#startByte, this.#endByte - this.#startByte);
    this.#ring = Buffer.allocUnsafeSlow(needed <= room ? this.#firstRoomBytes : Math.max(2 * room, needed));
    const at = this.#startByte % this.#ring.length;
    const first = Math.min(kept.length, this.#ring.length - at);
    kept.copy(this.#ring, at, 0, first);
    kept.copy(this.#ring, 0, first);
  }

  #copy(from: number, length: number): Buffer {
    const at = from % this.#ring.length;
    const first = this.#ring.subarray(at, Math.min(at + length, this.#ring.length));
    return Buffer.concat([first, this.#ring.subarray(0, length - first.length)]);
  }

  #bytes(ms: number): number {
    return Math.round((ms * this.#bytesPerMs) / this.#sampleBytes) * this.#sampleBytes;
  }
}
