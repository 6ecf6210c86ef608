import type { Stats } from 'node:fs';
import { type FileHandle, lstat } from 'node:fs/promises';
import { type Logger, pino } from 'pino';
import { WavError } from '../../audio/wav-error.ts';
import type { WavHeader } from '../../audio/wav-header.ts';
import { BoundedMap } from '../../bounded-map.ts';
import { type Clock, every } from '../../clock.ts';
import type { CaptureSource, LegDescription, LegReceiver, OpenLeg } from '../../leg-contract.ts';
import {
  isRaw,
  isRecording,
  legUuid,
  type RecordedSide,
  readRecordingName,
  siblings,
  withoutNumbers,
} from './file-name.ts';
import { ABANDONED_MS, Follower, isAllPassedOn, RAW_QUIET_MS } from './follower.ts';
import { type Position, Positions } from './positions.ts';
import { isRegularFile, NotRegularError, openRegular } from './regular-file.ts';
import { watchFolder } from './watch-folder.ts';
import { readFileHeader } from './recording-file.ts';

export interface RecordingsOptions {
  readonly folder: string;
  /** Where the positions are kept. */
  readonly stateFolder: string;
  /** Whose channel the PBX records. */
  readonly side: RecordedSide;
  /** So many are followed at once, and no more. */
  readonly maxFollowed?: number;
}

export interface RecordingsDependencies {
  readonly openLeg: OpenLeg;
  readonly describe: (description: LegDescription) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

const BEAT_MS = 100;
const SAVE_MS = 1_000;
/** More than a PBX writes at once; each costs an open file and a leg. */
const MAX_FOLLOWED = 2_000;
const FORGET_EVERY_MS = 24 * 3_600_000;
/** A file that is renamed goes and comes again under another name within this. */
const RENAME_MS = 1_000;
/** Recordings that were finished before the relay started, and whose sizes it remembers. */
const MAX_FINISHED = 10_000;

interface Followed {
  path: string;
  readonly fileId: string;
  readonly follower: Follower;
  savedAt: number;
  cancelRemoval?: () => void;
  problem?: string;
}

/**
 * Captures recordings while a PBX writes them: mono pairs (`-in`/`-out`, `-r`/`-t`), stereo (left agent, right caller),
 * and what MixMonitor's option `D` writes (two channels without a header, first what came from the recorded channel).
 */
export class Recordings implements CaptureSource {
  readonly name = 'recordings';
  /** How often all recordings have been read. */
  rounds = 0;
  readonly #options: RecordingsOptions;
  readonly #dependencies: RecordingsDependencies;
  readonly #positions: Positions;
  readonly #followed = new Map<string, Followed>();
  /** What is being looked at, by its path. */
  readonly #opening = new Map<string, Promise<void>>();
  /** What has grown while it was being looked at. */
  readonly #seenAgain = new Set<string>();
  /** The folder without links in its path. */
  #folder: string;
  #stopBeat: () => void = () => undefined;
  #stopForgetting: () => void = () => undefined;
  #stopWatching: () => Promise<void> = () => Promise.resolve();
  #beating: Promise<void> = Promise.resolve();
  #isBeating = false;
  #wasFull = false;
  /** The sizes of recordings that were finished before the relay started. */
  readonly #finished = new BoundedMap<number>({ maxEntries: MAX_FINISHED });
  #isStarting = true;
  #isStopped = false;

  private constructor(options: RecordingsOptions, dependencies: RecordingsDependencies, positions: Positions) {
    this.#options = options;
    this.#folder = options.folder;
    this.#dependencies = dependencies;
    this.#positions = positions;
  }

  /** Resolves when the recordings that are there are known. */
  static async start(options: RecordingsOptions, dependencies: RecordingsDependencies): Promise<Recordings> {
    const { now } = dependencies.clock;
    const positions = await Positions.start(options.stateFolder, { now, log: dependencies.log });
    const recordings = new Recordings(options, dependencies, positions);
    await positions.forgetOld(dependencies.clock.now());
    recordings.#stopForgetting = every(dependencies.clock, FORGET_EVERY_MS, () => {
      void positions.forgetOld(dependencies.clock.now());
    });
    recordings.#stopBeat = every(dependencies.clock, BEAT_MS, () => {
      if (!recordings.#isBeating) recordings.#beating = recordings.#beat();
    });
    recordings.#stopWatching = await watchFolder(
      options.folder,
      { isWanted: isRecording, forgetAfterMs: ABANDONED_MS, clock: dependencies.clock },
      {
        found: (folder) => {
          recordings.#folder = folder;
        },
        seen: (path) => {
          recordings.#appeared(path);
        },
        gone: (path) => {
          recordings.#disappeared(path);
        },
        failed: (error) => {
          dependencies.log.error({ err: error }, 'the folder of recordings cannot be watched');
        },
      },
    );
    await Promise.all(recordings.#opening.values());
    recordings.#isStarting = false;
    return recordings;
  }

  get followedPaths(): string[] {
    return Array.from(this.#followed.values(), ({ path }) => path);
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stopBeat();
    this.#stopForgetting();
    await this.#stopWatching();
    await Promise.all([...this.#opening.values(), this.#beating]);
    for (const followed of this.#followed.values()) {
      followed.cancelRemoval?.();
      await followed.follower.stop();
      await this.#save(followed, false);
    }
    this.#followed.clear();
    await this.#positions.close();
  }

  #appeared(path: string): void {
    if (this.#isStopped || this.followedPaths.includes(path)) return;
    if (this.#opening.has(path)) {
      this.#seenAgain.add(path);
      return;
    }
    const opening = this.#follow(path)
      .catch((error: unknown) => this.#refuse(path, error))
      .finally(() => {
        this.#opening.delete(path);
        if (this.#seenAgain.delete(path)) this.#appeared(path);
      });
    this.#opening.set(path, opening);
  }

  async #follow(path: string): Promise<void> {
    const file = await openRegular(path, this.#folder);
    let isFollowed = false;
    try {
      isFollowed = await this.#takeUp(path, file);
    } finally {
      if (!isFollowed) await file.close();
    }
  }

  /** Whether the file is one to follow that is not followed yet; its follower closes it. */
  async #takeUp(path: string, file: FileHandle): Promise<boolean> {
    const stats = await file.stat();
    const fileId = fileIdOf(stats);
    const position = this.#positions.get(fileId);
    const isFinished = await this.#isFinished(path, file, stats);
    // No await from here on: a renamed file may come by both of its names at once.
    if (this.#isStopped) return false;
    const renamed = this.#followed.get(fileId);
    if (renamed) {
      renamed.path = path;
      renamed.cancelRemoval?.();
      return false;
    }
    if (isFinished || this.#isFull()) return false;
    const followed: Followed = {
      path,
      fileId,
      savedAt: this.#dependencies.clock.now(),
      follower: new Follower(file, position, {
        now: this.#dependencies.clock.now,
        openLegs: (channelCount) => this.#openLegs(followed, channelCount),
        isRaw: isRaw(path),
      }),
    };
    this.#followed.set(fileId, followed);
    return true;
  }

  /**
   * Whether nothing of the file is to be heard: it was finished before the relay started, all that is in it has been
   * heard, or it is refused as it was before.
   */
  async #isFinished(path: string, file: FileHandle, stats: Stats): Promise<boolean> {
    const { size, mtimeMs } = stats;
    const fileId = fileIdOf(stats);
    const position = this.#positions.get(fileId);
    const header = await headerOf(file, size, path);
    if (typeof header === 'string') return position?.problem === header;
    if (position?.isDone === false) return false;
    if (position) return isAllPassedOn(file, position, header, size);
    if (isRaw(path)) return this.#dependencies.clock.now() - mtimeMs > RAW_QUIET_MS;
    if (header.state !== 'closed') return false;
    if (this.#isStarting) this.#finished.set(fileId, size);
    return this.#finished.get(fileId) === size;
  }

  /** Said once, and again after there was room. What is not followed now may be when it has grown. */
  #isFull(): boolean {
    const { maxFollowed = MAX_FOLLOWED } = this.#options;
    const isFull = this.#followed.size >= maxFollowed;
    if (isFull && !this.#wasFull)
      this.#dependencies.log.error({ maxFollowed }, 'recordings are left out: too many are being written');
    this.#wasFull = isFull;
    return isFull;
  }

  /** Once for each: what cannot be opened is noted with the recordings that cannot be transcribed. */
  async #refuse(path: string, error: unknown): Promise<void> {
    const stats = await lstat(path).catch(() => undefined);
    // It is gone again.
    if (!stats || this.#isStopped) return;
    const fileId = fileIdOf(stats);
    const before = this.#positions.get(fileId);
    const problem = reasonOf(error);
    if (before?.problem === problem) return;
    const updatedAt = this.#dependencies.clock.now();
    await this.#positions.set(fileId, { bytes: 0, ...before, path, isDone: true, updatedAt, problem });
    this.#reportWhy(
      path,
      problem,
      error instanceof NotRegularError ? 'a file is skipped' : 'a recording cannot be transcribed',
    );
  }

  #disappeared(path: string): void {
    for (const followed of this.#followed.values()) {
      if (followed.path !== path) continue;
      followed.cancelRemoval?.();
      followed.cancelRemoval = this.#dependencies.clock.after(RENAME_MS, () => {
        followed.follower.finish();
      });
    }
  }

  async #beat(): Promise<void> {
    this.#isBeating = true;
    for (const followed of [...this.#followed.values()]) {
      const { follower } = followed;
      try {
        await follower.beat();
      } catch (error) {
        followed.problem = reasonOf(error);
        this.#reportWhy(followed.path, followed.problem, 'a recording cannot be transcribed');
        await follower.stop();
      }
      if (follower.isOver || this.#dependencies.clock.now() - followed.savedAt >= SAVE_MS)
        await this.#save(followed, follower.isOver);
      if (follower.isOver) this.#isOver(followed);
    }
    this.#isBeating = false;
    this.rounds++;
  }

  #isOver({ path, fileId }: Followed): void {
    this.#followed.delete(fileId);
    // It may have grown again by now.
    this.#appeared(path);
  }

  async #save(followed: Followed, isDone: boolean): Promise<void> {
    const { path, fileId, follower, problem } = followed;
    followed.savedAt = this.#dependencies.clock.now();
    const position = { ...follower.position, path, isDone, updatedAt: followed.savedAt };
    await this.#positions.set(fileId, { ...position, ...(problem !== undefined && { problem }) });
  }

  #openLegs({ path, fileId }: Followed, channelCount: 1 | 2): LegReceiver[] | undefined {
    const { channel, linkedid } = readRecordingName(path, this.#options.side);
    // The mix of two files that are also there would yield everything twice.
    if (channel === undefined && channelCount === 1 && this.#hasSides(path)) return [];
    const channels = channelCount === 1 ? ([channel ?? 'mixed'] as const) : this.#sides(path);
    const legs = channels.map((side, index) => {
      const uuid = legUuid(fileId, index);
      this.#dependencies.describe({ uuid, linkedid, channel: side });
      return this.#dependencies.openLeg({ uuid, source: this.name });
    });
    return legs.every((leg) => leg !== undefined) ? legs : undefined;
  }

  /** Whether the sides of a mix are there, or were until somebody made the mix of them. */
  #hasSides(path: string): boolean {
    const sides = siblings(path);
    return sides.some(isRegularFile) || this.#positions.hasPath(sides);
  }

  #sides(path: string): readonly ['agent', 'caller'] | readonly ['caller', 'agent'] {
    return isRaw(path) && this.#options.side === 'caller' ? ['caller', 'agent'] : ['agent', 'caller'];
  }

  /** The log names the file without its numbers, which may be a caller's; `earshot-relay recordings` names it whole. */
  #reportWhy(path: string, reason: string, message: string): void {
    this.#dependencies.log.warn({ file: withoutNumbers(path), reason }, message);
  }
}

function fileIdOf({ dev, ino, birthtimeMs }: Stats): string {
  return `${dev}:${ino}:${Math.floor(birthtimeMs)}`;
}

/** Why a file cannot be transcribed, and what to do; for a person. */
function reasonOf(error: unknown): string {
  if (error instanceof WavError || error instanceof NotRegularError) return error.message;
  const { code = String(error) } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return `${code}: the relay may not read it; add the relay’s user to the group that owns the recordings`;
  return `${code}: it cannot be read; see the state of the disk it is on`;
}

/** The header of a recording, or what is wrong with it, which its follower reports. */
async function headerOf(file: FileHandle, sizeBytes: number, path: string): Promise<WavHeader | string> {
  try {
    const header = await readFileHeader(file, sizeBytes, isRaw(path));
    return 'missing' in header ? header.missing : header;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The recordings that are or were followed, newest first; for a person. */
export async function listRecordings(stateFolder: string): Promise<string[]> {
  const positions = await Positions.list(stateFolder, { now: Date.now, log: pino({ level: 'silent' }) });
  return positions
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .map((position) => {
      const { path, bytes, updatedAt, problem } = position;
      const line = [stateOf(position), new Date(updatedAt).toISOString(), `${bytes} bytes`, printable(path)];
      return [...line, ...(problem === undefined ? [] : [problem])].join('  ');
    });
}

/** A name may hold what a terminal would run. */
function printable(path: string): string {
  return path.replace(/\p{C}/gu, '\uFFFD');
}

function stateOf({ isDone, problem }: Position): string {
  if (problem !== undefined) return 'REFUSED  ';
  return isDone ? 'done     ' : 'following';
}
