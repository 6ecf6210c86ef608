import { type Frame, FrameError, readFrame } from './frame.ts';

const HEADER_BYTES = 3;
const NOTHING = Buffer.alloc(0);

/** The longest payload of use: 40 ms at 192 kHz. Asterisk sends 20 ms. */
export const MAX_PAYLOAD_BYTES = 15_360;

/**
 * Cuts a TCP stream into frames. Several frames come in one read, and one frame in several.
 * A frame's bytes may be a view of `chunk`: who keeps them longer than the callback copies them.
 */
export class FrameDecoder {
  #rest: Buffer = NOTHING;
  readonly #onFrame: (frame: Frame) => void;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  /** A frame has begun to come and is not whole. */
  get isMidFrame(): boolean {
    return this.#rest.length > 0;
  }

  /** @throws {FrameError} when the stream is no AudioSocket; the decoder is then of no further use. */
  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      const length = bytes.readUInt16BE(at + 1);
      if (length > MAX_PAYLOAD_BYTES) throw new FrameError(`a frame of ${length} bytes`);
      const end = at + HEADER_BYTES + length;
      if (end > bytes.length) break;
      this.#onFrame(readFrame(bytes.readUInt8(at), bytes.subarray(at + HEADER_BYTES, end)));
      at = end;
    }
    // A copy, so that a few bytes do not keep a whole read alive.
    this.#rest = at === bytes.length ? NOTHING : Buffer.from(bytes.subarray(at));
  }
}
