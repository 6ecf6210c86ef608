import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type MissingHeader, scanWav, type WavHeader } from '../../audio/wav-header.ts';
import type { WavFormat } from '../../audio/wav-format.ts';

/** What MixMonitor's option `D` writes: both directions of the channel, without a header. */
const RAW_FORMAT: WavFormat = { encoding: 'pcm', sampleRate: 8_000, channelCount: 2, sampleBytes: 2 };

/** Most headers are in this; of the others no more is read than their chunks' beginnings. */
const START_BYTES = 4_096;
/** Of what was read, so much is compared, at its beginning and its end. */
const MARK_BYTES = 1_024;

/**
 * Reads a recording's header from its file.
 * @throws {WavError} when it is no WAV, or holds what is not read.
 */
export async function readFileHeader(
  file: FileHandle,
  sizeBytes: number,
  isRaw: boolean,
): Promise<WavHeader | MissingHeader> {
  if (isRaw) return { format: RAW_FORMAT, dataAt: 0, dataEnd: 0, state: 'open' };
  const start = await readBytes(file, 0, Math.min(START_BYTES, sizeBytes));
  const scan = scanWav(sizeBytes);
  let step = scan.next();
  while (step.done !== true) {
    const { at, length } = step.value;
    const isInStart = at + length <= start.length;
    step = scan.next(isInStart ? start.subarray(at, at + length) : await readBytes(file, at, length));
  }
  return step.value;
}

/** Those of the bytes that the file has. */
export async function readBytes(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** The beginning and the end of a part of a file, by which the part is known again. */
export interface Mark {
  readonly head: Buffer;
  readonly tail: Buffer;
}

export const EMPTY_MARK: Mark = { head: Buffer.alloc(0), tail: Buffer.alloc(0) };

/** The mark of a part that `bytes` were added to. */
export function extendMark({ head, tail }: Mark, bytes: Buffer): Mark {
  return {
    head: head.length < MARK_BYTES ? Buffer.concat([head, bytes.subarray(0, MARK_BYTES - head.length)]) : head,
    tail: Buffer.concat([tail, bytes.subarray(-MARK_BYTES)]).subarray(-MARK_BYTES),
  };
}

/** The mark of a part of a file, as the file is now. */
export async function readMark(file: FileHandle, from: number, to: number): Promise<Mark> {
  const length = Math.min(MARK_BYTES, Math.max(0, to - from));
  return { head: await readBytes(file, from, length), tail: await readBytes(file, to - length, length) };
}

export function isSameMark(one: Mark, other: Mark): boolean {
  return one.head.equals(other.head) && one.tail.equals(other.tail);
}

/** A mark as it is stored. */
export function hashOfMark({ head, tail }: Mark): string {
  return createHash('sha256').update(head).update(tail).digest('base64url');
}
