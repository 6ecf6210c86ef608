import { MAX_FORMAT_BYTES, MIN_FORMAT_BYTES, readFormat, type WavFormat } from './wav-format.ts';
import { WavError } from './wav-error.ts';

/** Bytes of a file that are needed. */
export interface ByteRange {
  readonly at: number;
  readonly length: number;
}

/** What the beginning of a WAV file says of it, compared with how long the file is by now. */
export interface WavHeader {
  readonly format: WavFormat;
  /** The first byte of the audio. */
  readonly dataAt: number;
  /** The byte after its last, as the header has it. The file may be shorter, or its audio longer. */
  readonly dataEnd: number;
  /**
   * - `open`: the header does not say where the audio ends: it has no length, or one that the file has not reached.
   * - `closed`: it ends at `dataEnd`, and after it the file has at most other chunks.
   * - `ahead`: the file goes on after `dataEnd`, with what is no chunk: audio that the header does not count yet.
   * - `unclear`: it goes on with what may be audio, or a chunk that is being written.
   */
  readonly state: 'open' | 'closed' | 'ahead' | 'unclear';
}

/** The header is not there yet, or not all of it. */
export interface MissingHeader {
  /** What is wrong if no more of the file comes; for a person. */
  readonly missing: string;
}

/** Yields which bytes it needs, and is given those of them that the file has. */
export type WavScan<Result = WavHeader | MissingHeader> = Generator<ByteRange, Result, Buffer>;

const NOT_WAV = 'not a WAV file: it does not begin with RIFF…WAVE; have it written as WAV';
const NO_FORMAT = 'damaged WAV file: its format is cut short or missing; have it recorded anew';
const NO_AUDIO = 'damaged WAV file: it has no audio; have it recorded anew';
const AUDIO_FIRST = 'damaged WAV file: its audio comes before its format; have it written as WAV';
/** Those of more than 4 GB have their lengths in a chunk of their own. */
const MAGIC = ['RIFF', 'RF64', 'BW64'];
const LONG_SIZES_BYTES = 16;
/** More chunks than any program writes: a file of nothing else would be read without end. */
const MAX_CHUNKS = 1_000;
const TOO_MANY = `damaged WAV file: it has more than ${MAX_CHUNKS} chunks; have it recorded anew`;

/**
 * Reads the header of a WAV file that may still be written: chunks of any length, in any order, with and without the
 * padding of odd ones. Of the file it needs no more than the beginnings of its chunks.
 * @param sizeBytes how long the file is
 * @throws {WavError} when it is no WAV, or in a format that is not read
 */
export function* scanWav(sizeBytes: number): WavScan {
  const magic = yield { at: 0, length: 12 };
  if (magic.length < 12 || magic.every((byte) => byte === 0)) return { missing: NOT_WAV };
  if (!MAGIC.includes(text(magic, 0)) || text(magic, 8) !== 'WAVE') throw new WavError(NOT_WAV);
  let longDataBytes: number | undefined;
  let format: WavFormat | undefined;
  for (let at = 12, count = 0; count < MAX_CHUNKS; count++) {
    const chunk = yield* readChunk(at);
    if (!chunk) return { missing: format ? NO_AUDIO : NO_FORMAT };
    const { id, bodyAt, length } = chunk;
    if (id === 'ds64') {
      const sizes = yield { at: bodyAt, length: LONG_SIZES_BYTES };
      if (sizes.length === LONG_SIZES_BYTES) longDataBytes = Number(sizes.readBigUInt64LE(8));
    }
    if (id === 'fmt ') {
      if (length < MIN_FORMAT_BYTES) throw new WavError(NO_FORMAT);
      const wanted = Math.min(length, MAX_FORMAT_BYTES);
      const body = yield { at: bodyAt, length: wanted };
      if (body.length < wanted) return { missing: NO_FORMAT };
      format = readFormat(body);
    }
    if (id === 'data') {
      const dataBytes = length === 0xffff_ffff ? (longDataBytes ?? length) : length;
      format ??= yield* formatAfter(bodyAt, dataBytes);
      const dataEnd = bodyAt + dataBytes;
      return { format, dataAt: bodyAt, dataEnd, state: yield* stateOf(bodyAt, dataEnd, sizeBytes) };
    }
    at = yield* chunkAfter(bodyAt, length);
  }
  throw new WavError(TOO_MANY);
}

/** Reads the header of a file that is there as a whole. @throws {WavError} as {@link scanWav}. */
export function readHeader(file: Buffer): WavHeader | MissingHeader {
  const scan = scanWav(file.length);
  let step = scan.next();
  while (step.done !== true) step = scan.next(file.subarray(step.value.at, step.value.at + step.value.length));
  return step.value;
}

interface Chunk {
  readonly id: string;
  readonly bodyAt: number;
  readonly length: number;
}

/** The chunk that begins there; undefined when it is not there yet, or is none. */
function* readChunk(at: number): WavScan<Chunk | undefined> {
  const head = yield { at, length: 8 };
  return head.length < 8 || !isId(head.subarray(0, 4))
    ? undefined
    : { id: text(head, 0), bodyAt: at + 8, length: head.readUInt32LE(4) };
}

/** Where the next chunk begins: one of odd length should be followed by a byte of padding, and often is not. */
function* chunkAfter(bodyAt: number, length: number): WavScan<number> {
  const end = bodyAt + length;
  if (length % 2 === 0) return end;
  const next = yield { at: end, length: 5 };
  if (isNeeded(text(next, 0))) return end;
  const isPadded = isNeeded(text(next, 1)) || !isId(next.subarray(0, 4));
  return isPadded ? end + 1 : end;
}

/** The format where it stands after the audio. @throws {WavError} when there is none. */
function* formatAfter(dataAt: number, dataBytes: number): WavScan<WavFormat> {
  let at = yield* chunkAfter(dataAt, dataBytes);
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const chunk = yield* readChunk(at);
    if (!chunk) break;
    if (chunk.id === 'fmt ') {
      const body = yield { at: chunk.bodyAt, length: Math.min(chunk.length, MAX_FORMAT_BYTES) };
      if (body.length < MIN_FORMAT_BYTES) throw new WavError(AUDIO_FIRST);
      return readFormat(body);
    }
    at = yield* chunkAfter(chunk.bodyAt, chunk.length);
  }
  throw new WavError(AUDIO_FIRST);
}

function* stateOf(dataAt: number, dataEnd: number, sizeBytes: number): WavScan<WavHeader['state']> {
  const isEmpty = dataEnd === dataAt;
  if (dataEnd > sizeBytes || (isEmpty && sizeBytes === dataAt)) return 'open';
  const rest = yield* restOf(dataAt, dataEnd, sizeBytes);
  if (rest === 'chunks') return 'closed';
  // A length of 0 says nothing.
  if (isEmpty) return 'open';
  return rest === 'audio' ? 'ahead' : 'unclear';
}

/** What follows the audio. Audio may look like the beginning of a chunk, but hardly like one that ends with the file. */
function* restOf(dataAt: number, dataEnd: number, sizeBytes: number): WavScan<'chunks' | 'audio' | 'unclear'> {
  if (dataEnd === sizeBytes) return 'chunks';
  const isOdd = (dataEnd - dataAt) % 2 === 1;
  if (isOdd && dataEnd + 1 === sizeBytes) return (yield { at: dataEnd, length: 1 })[0] === 0 ? 'chunks' : 'audio';
  const firstAt = yield* chunkAfter(dataAt, dataEnd - dataAt);
  for (let at = firstAt, count = 0; count < MAX_CHUNKS; count++) {
    const id = yield { at, length: 4 };
    if (!isId(id)) return at === firstAt ? 'audio' : 'unclear';
    const chunk = yield* readChunk(at);
    if (!chunk) return 'unclear';
    const end = chunk.bodyAt + chunk.length;
    if (end === sizeBytes || (chunk.length % 2 === 1 && end + 1 === sizeBytes)) return 'chunks';
    if (end > sizeBytes) return 'unclear';
    at = yield* chunkAfter(chunk.bodyAt, chunk.length);
  }
  return 'unclear';
}

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);

const isNeeded = (id: string) => id === 'fmt ' || id === 'data';

/** Whether these may be the first bytes of a chunk's name: they are printable. */
function isId(bytes: Buffer): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte <= 0x7e);
}
