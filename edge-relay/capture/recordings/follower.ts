import type { FileHandle } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { bytesOf } from '../../audio/samples.ts';
import { WavError } from '../../audio/wav-error.ts';
import { decodeAudio, frameBytes, type WavFormat } from '../../audio/wav-format.ts';
import type { WavHeader } from '../../audio/wav-header.ts';
import type { LegReceiver } from '../../leg-contract.ts';
import {
  EMPTY_MARK,
  extendMark,
  hashOfMark,
  isSameMark,
  type Mark,
  readBytes,
  readFileHeader,
  readMark,
} from './recording-file.ts';

export interface FollowerDependencies {
  /** Opens a leg for each of the file's channels; undefined when nobody wants them now. */
  readonly openLegs: (channelCount: 1 | 2) => LegReceiver[] | undefined;
  readonly now: () => number;
  /** The file has no header. */
  readonly isRaw: boolean;
}

/** Up to where a recording has been passed on. */
export interface FilePosition {
  /** The file's next byte to pass on. */
  readonly bytes: number;
  /** By what the bytes before it are known again. */
  readonly mark?: string | undefined;
}

/** Audio that was read and not passed on. */
interface Piece {
  readonly format: WavFormat;
  readonly bytes: Buffer;
}

/** How fast audio is passed on: by counting frames from a moment, so that no fraction of one is lost. */
interface Pace {
  readonly sinceMs: number;
  readonly framesPerSecond: number;
  passedFrames: number;
}

/**
 * A recording is written in steps of 2 s; playback starts late enough that the next step is there before this one is
 * over.
 */
const DELAY_MS = 500;
/** A longer backlog than this is passed on faster than it was spoken. */
const BACKLOG_MS = 6_000;
const CATCH_UP_RATE = 4;
const MAX_READ_BYTES = 262_144;
/** Of a longer backlog no more is read until it is shorter. */
const MAX_BACKLOG_BYTES = 4 * MAX_READ_BYTES;
/** A recording that has not grown for so long, and was never closed, is over. */
export const ABANDONED_MS = 900_000;
/** The same where no header will say so: recorders write in steps of 1 s, and if it grows again, it is heard again. */
export const RAW_QUIET_MS = 30_000;
/** A closed recording that has not grown for so long is over. A header that is updated each second says so each time. */
const CLOSED_QUIET_MS = 2_000;
/** The same where it has grown after it was closed. */
const CLOSED_AGAIN_QUIET_MS = 10_000;
const QUIET_MS = { open: ABANDONED_MS, ahead: RAW_QUIET_MS, unclear: RAW_QUIET_MS, closed: CLOSED_QUIET_MS } as const;
/** A chunk after the audio is written in less. */
const UNCLEAR_MS = 2_000;
/** Who writes a file anew, as a whole and longer each time, is done in less; before, it seems to be cut short. */
const REWRITE_MS = 500;
/** A file may be written again within one tick of its clock, so it is looked at again after it seems unchanged. */
const LOOKS = 3;

/**
 * Follows one recording while it is written: reads what is new, and passes it on as fast as it was spoken, for a
 * recording is flushed in steps of seconds and the call's time goes on between them. It may be closed and grow again,
 * or be written anew: then its new audio follows the old.
 */
export class Follower {
  readonly #file: FileHandle;
  readonly #dependencies: FollowerDependencies;
  #legs: LegReceiver[] | undefined;
  #header: WavHeader | undefined;
  /** Why there is no header. */
  #missing: string | undefined;
  /** Where a follower of this file stopped before, until that is compared with the file. */
  #resumed: FilePosition | undefined;
  #position: number;
  /** Of the audio before the position. */
  #mark: Mark = EMPTY_MARK;
  /** What was read from the position on. */
  #backlog: Buffer = Buffer.alloc(0);
  /** What was read before the file was written anew. */
  readonly #earlier: Piece[] = [];
  #pace: Pace | undefined;
  #sizeBytes = 0;
  #mtimeMs = 0;
  #looks = 0;
  #changedAt: number;
  #unclearSince: number | undefined;
  /** Since when the file does not hold what was read of it. */
  #differsSince: number | undefined;
  #hasGrownAgain = false;
  #isOver = false;
  #isEnding = false;

  constructor(file: FileHandle, position: FilePosition | undefined, dependencies: FollowerDependencies) {
    this.#file = file;
    this.#resumed = position;
    this.#position = position?.bytes ?? 0;
    this.#dependencies = dependencies;
    this.#changedAt = dependencies.now();
  }

  get position(): FilePosition {
    return this.#resumed ?? { bytes: this.#position, mark: hashOfMark(this.#mark) };
  }

  /** The recording has been passed on to its end. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The file is gone or closed: the rest of it is passed on, and then it is over. */
  finish(): void {
    this.#isEnding = true;
  }

  /** Called several times a second. @throws {WavError} when it is in no format that is read. */
  async beat(): Promise<void> {
    if (this.#isOver) return;
    await this.#look();
    if (this.#header && this.#differsSince === undefined) await this.#read(this.#header);
    this.#passOn();
    if (!this.#isPassedOn()) return;
    // Whatever is in it, nobody will hear it.
    if (!this.#header && this.#sizeBytes > 0) throw new WavError(this.#missing);
    await this.stop();
  }

  /** Passes on nothing more. */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#endLegs();
    await this.#file.close();
  }

  /** Reads the header, where the file has changed: it says more each time it is written. */
  async #look(): Promise<void> {
    const { size, mtimeMs } = await this.#file.stat();
    if (size !== this.#sizeBytes || mtimeMs !== this.#mtimeMs) {
      this.#looks = 0;
      this.#changedAt = this.#dependencies.now();
    }
    if (this.#looks >= LOOKS && this.#differsSince === undefined) return;
    this.#looks++;
    this.#sizeBytes = size;
    this.#mtimeMs = mtimeMs;
    const found = await readFileHeader(this.#file, size, this.#dependencies.isRaw);
    if ('missing' in found) this.#missing = found.missing;
    const header = 'missing' in found ? undefined : found;
    if (!(await this.#goesOn(header))) {
      this.#differsSince ??= this.#dependencies.now();
      if (this.#dependencies.now() - this.#differsSince < REWRITE_MS) return;
      this.#startAnew();
    }
    this.#differsSince = undefined;
    if (header) await this.#apply(header);
  }

  async #apply(found: WavHeader): Promise<void> {
    if (!this.#header) await this.#begin(found);
    else if (this.#header.state === 'closed' && found.dataEnd !== this.#header.dataEnd) this.#hasGrownAgain = true;
    this.#header = found;
    this.#unclearSince = found.state === 'unclear' ? (this.#unclearSince ?? this.#dependencies.now()) : undefined;
  }

  /** Whether the file holds what was read of it, now and by a follower before. */
  async #goesOn(found: WavHeader | undefined): Promise<boolean> {
    const before = this.#header;
    if (!found) return before === undefined;
    if (!before) return !this.#resumed || isPassedOn(this.#file, this.#resumed, found, this.#sizeBytes);
    const { format, dataAt } = found;
    if (dataAt !== before.dataAt || !isDeepStrictEqual(format, before.format)) return false;
    const readTo = this.#position + this.#backlog.length;
    const mark = extendMark(this.#mark, this.#backlog);
    return this.#sizeBytes >= readTo && isSameMark(mark, await readMark(this.#file, dataAt, readTo));
  }

  #startAnew(): void {
    if (this.#header) this.#earlier.push({ format: this.#header.format, bytes: this.#backlog });
    this.#backlog = Buffer.alloc(0);
    this.#mark = EMPTY_MARK;
    this.#position = 0;
    this.#header = this.#resumed = undefined;
  }

  /** Goes on where a follower of the same audio stopped. */
  async #begin({ dataAt }: WavHeader): Promise<void> {
    this.#position = Math.max(dataAt, this.#resumed?.bytes ?? 0);
    this.#mark = await readMark(this.#file, dataAt, this.#position);
    this.#resumed = undefined;
  }

  #audioEnd({ state, dataEnd }: WavHeader): number {
    if (state === 'closed') return dataEnd;
    const isUnclear = this.#unclearSince !== undefined && this.#dependencies.now() - this.#unclearSince < UNCLEAR_MS;
    return isUnclear && this.#position <= dataEnd ? dataEnd : this.#sizeBytes;
  }

  async #read(header: WavHeader): Promise<void> {
    const end = this.#audioEnd(header);
    // What was read as audio may have been a chunk that begins after it.
    this.#backlog = this.#backlog.subarray(0, Math.max(0, end - this.#position));
    const from = this.#position + this.#backlog.length;
    const length = Math.min(MAX_READ_BYTES, end - from);
    if (length <= 0 || this.#backlog.length >= MAX_BACKLOG_BYTES) return;
    this.#backlog = Buffer.concat([this.#backlog, await readBytes(this.#file, from, length)]);
  }

  #passOn(): void {
    const piece = this.#nextPiece();
    if (!piece) {
      this.#pace = undefined;
      return;
    }
    const { format, bytes } = piece;
    const now = this.#dependencies.now();
    const frames = Math.floor(bytes.length / frameBytes(format));
    const isLate = frames * 1_000 > BACKLOG_MS * format.sampleRate;
    const framesPerSecond = format.sampleRate * (isLate ? CATCH_UP_RATE : 1);
    const pace = (this.#pace ??= { sinceMs: now + (this.#legs ? 0 : DELAY_MS), framesPerSecond, passedFrames: 0 });
    const dueFrames = Math.floor(((now - pace.sinceMs) * pace.framesPerSecond) / 1_000) - pace.passedFrames;
    const count = Math.min(dueFrames, frames);
    if (count > 0 && this.#passOnFrames(piece, count)) pace.passedFrames += count;
    if (pace.framesPerSecond !== framesPerSecond)
      this.#pace = { sinceMs: Math.max(now, pace.sinceMs), framesPerSecond, passedFrames: 0 };
  }

  /** The audio to pass on next, with at least one whole frame. */
  #nextPiece(): Piece | undefined {
    const pieces = this.#header
      ? [...this.#earlier, { format: this.#header.format, bytes: this.#backlog }]
      : this.#earlier;
    return pieces.find(({ format, bytes }) => bytes.length >= frameBytes(format));
  }

  /** @returns whether somebody wanted them */
  #passOnFrames({ format, bytes }: Piece, count: number): boolean {
    if (this.#legs && this.#legs.length > 0 && this.#legs.length !== format.channelCount) this.#endLegs();
    this.#legs ??= this.#dependencies.openLegs(format.channelCount);
    if (!this.#legs) return false;
    const passed = bytes.subarray(0, count * frameBytes(format));
    const rest = bytes.subarray(passed.length);
    const earlier = this.#earlier.findIndex((piece) => piece.bytes === bytes);
    if (earlier >= 0) this.#earlier.splice(0, earlier + 1, { format, bytes: rest });
    else {
      this.#earlier.length = 0;
      this.#backlog = rest;
      this.#position += passed.length;
      this.#mark = extendMark(this.#mark, passed);
    }
    const channels = decodeAudio(passed, format);
    this.#legs.forEach((leg, index) => {
      leg.audio(bytesOf(channels[index] as Int16Array), format.sampleRate);
    });
    return true;
  }

  #endLegs(): void {
    for (const leg of this.#legs ?? []) leg.end();
    this.#legs = undefined;
  }

  /** Whether all there is has been passed on, and no more is to come. */
  #isPassedOn(): boolean {
    if (this.#nextPiece() || this.#differsSince !== undefined) return false;
    if (this.#header && this.#position + this.#backlog.length < this.#audioEnd(this.#header)) return false;
    return this.#isEnding || this.#dependencies.now() - this.#changedAt > this.#quietMs();
  }

  #quietMs(): number {
    if (this.#dependencies.isRaw) return RAW_QUIET_MS;
    const { state, dataAt, dataEnd } = this.#header ?? { state: 'open', dataAt: 0, dataEnd: 0 };
    // A length of 0 is Asterisk's, which may pause for long. Who writes another that is not reached never comes back to it.
    if (state === 'open' && dataEnd > dataAt) return RAW_QUIET_MS;
    return state === 'closed' && this.#hasGrownAgain ? CLOSED_AGAIN_QUIET_MS : QUIET_MS[state];
  }
}

/** Whether a follower that stopped somewhere has nothing to go on with: no audio was added, nor the file written anew. */
export async function isAllPassedOn(
  file: FileHandle,
  position: FilePosition,
  header: WavHeader,
  sizeBytes: number,
): Promise<boolean> {
  const { format, dataAt, dataEnd, state } = header;
  const end = state === 'closed' ? dataEnd : sizeBytes;
  const isSame = await isPassedOn(file, position, header, sizeBytes);
  return end - (isSame ? Math.max(dataAt, position.bytes) : dataAt) < frameBytes(format);
}

/** Whether a file still holds what was passed on of it. */
async function isPassedOn(
  file: FileHandle,
  { bytes, mark }: FilePosition,
  { dataAt }: WavHeader,
  sizeBytes: number,
): Promise<boolean> {
  if (bytes <= dataAt) return true;
  if (bytes > sizeBytes) return false;
  return mark === undefined || mark === hashOfMark(await readMark(file, dataAt, bytes));
}
