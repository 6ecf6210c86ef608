import type { FileHandle } from 'node:fs/promises';
import type { LegReceiver } from '../../leg-contract.ts';
import { decodeAudio, frameBytes, readStart, type WavFormat } from './wav-format.ts';

export interface FollowerDependencies {
  /** Opens a leg for each of the file's channels; undefined when nobody wants them now. */
  readonly openLegs: (channelCount: 1 | 2) => LegReceiver[] | undefined;
  readonly now: () => number;
  /** The format of a file without a header. */
  readonly format?: WavFormat;
  /** A recording that has not grown for so long is over; {@link ABANDONED_MS} where it is left out. */
  readonly quietMs?: number;
}

/**
 * A recording is written in steps of 2 s; playback starts late enough that the next step is there before this one is
 * over.
 */
const DELAY_MS = 500;
/** A longer backlog than this is passed on faster than it was spoken. */
const BACKLOG_MS = 6_000;
const CATCH_UP_RATE = 4;
/** A recording that has not grown for so long, and was never closed, is over. */
export const ABANDONED_MS = 900_000;
const MAX_READ_BYTES = 262_144;

/**
 * Follows one recording while it is written: reads what is new, and passes it on as fast as it was spoken, for a
 * recording is flushed in steps of seconds and the call's time goes on between them.
 */
export class Follower {
  readonly #file: FileHandle;
  readonly #dependencies: FollowerDependencies;
  #format: WavFormat | undefined;
  #legs: LegReceiver[] | undefined;
  /** Audio that was read and not passed on, and where in the file it begins. */
  #backlog: Buffer = Buffer.alloc(0);
  #position: number;
  #heardAt: number | undefined;
  #grewAt: number;
  #isOver = false;
  #isEnding = false;

  constructor(file: FileHandle, position: number, dependencies: FollowerDependencies) {
    this.#file = file;
    this.#position = position;
    this.#dependencies = dependencies;
    this.#grewAt = dependencies.now();
    this.#format = dependencies.format;
  }

  /** The file's next byte to pass on. */
  get position(): number {
    return this.#position;
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
    const format = await this.#readFormat();
    if (format) {
      await this.#read(format);
      this.#handOn(format);
    }
    const isClosed = format?.dataEnd !== undefined && this.#position + this.#backlog.length >= format.dataEnd;
    const isAbandoned = this.#dependencies.now() - this.#grewAt > (this.#dependencies.quietMs ?? ABANDONED_MS);
    const rest = format ? this.#backlog.length - (this.#backlog.length % frameBytes(format)) : 0;
    if (rest === 0 && (isClosed || this.#isEnding || isAbandoned)) await this.stop();
  }

  /** Passes on nothing more. */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const leg of this.#legs ?? []) leg.end();
    await this.#file.close();
  }

  /** Read again each time until the file is closed: only then its header says where its audio ends. */
  async #readFormat(): Promise<WavFormat | undefined> {
    if (this.#dependencies.format || this.#format?.dataEnd !== undefined) return this.#format;
    this.#format = (await readStart(this.#file)) ?? this.#format;
    if (this.#format) this.#position = Math.max(this.#position, this.#format.dataAt);
    return this.#format;
  }

  async #read({ dataEnd = Infinity }: WavFormat): Promise<void> {
    const from = this.#position + this.#backlog.length;
    const length = Math.min(MAX_READ_BYTES, dataEnd - from);
    if (length <= 0) return;
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, from);
    if (bytesRead === 0) return;
    this.#grewAt = this.#dependencies.now();
    this.#backlog = Buffer.concat([this.#backlog, buffer.subarray(0, bytesRead)]);
  }

  #handOn(format: WavFormat): void {
    const bytesPerMs = (format.sampleRate / 1_000) * frameBytes(format);
    const now = this.#dependencies.now();
    if (this.#backlog.length === 0) {
      this.#heardAt = undefined;
      return;
    }
    this.#heardAt ??= now + (this.#legs ? 0 : DELAY_MS);
    const rate = this.#backlog.length > BACKLOG_MS * bytesPerMs ? CATCH_UP_RATE : 1;
    const dueBytes = Math.floor(Math.max(0, now - this.#heardAt) * rate) * bytesPerMs;
    const bytes = Math.min(dueBytes, this.#backlog.length - (this.#backlog.length % frameBytes(format)));
    if (bytes <= 0) return;
    this.#legs ??= this.#dependencies.openLegs(format.channelCount);
    if (!this.#legs) return;
    this.#heardAt = now;
    const audio = decodeAudio(this.#backlog.subarray(0, bytes), format);
    this.#backlog = this.#backlog.subarray(bytes);
    this.#position += bytes;
    this.#legs.forEach((leg, channel) => {
      leg.audio(audio[channel] as Buffer, format.sampleRate);
    });
  }
}
