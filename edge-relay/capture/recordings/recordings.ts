import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Logger } from 'pino';
import { WavError } from '../../audio/wav.ts';
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
import { ABANDONED_MS, Follower } from './follower.ts';
import { type Position, Positions } from './positions.ts';
import { watchFolder } from './watch-folder.ts';
import { RAW_FORMAT, readStart } from './wav-format.ts';

export interface RecordingsOptions {
  readonly folder: string;
  /** Where the positions are kept. */
  readonly stateFolder: string;
  /** Whose channel the PBX records. */
  readonly side: RecordedSide;
}

export interface RecordingsDependencies {
  readonly openLeg: OpenLeg;
  readonly describe: (description: LegDescription) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

const BEAT_MS = 100;
const SAVE_MS = 1_000;
/** A file that is renamed goes and comes again under another name within this. */
const RENAME_MS = 1_000;
/** Without a header, a recording that has not grown for so long is over. Asterisk writes it in steps of 1 s. */
const RAW_QUIET_MS = 30_000;

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
  #stopBeat: () => void = () => undefined;
  #stopWatching: () => Promise<void> = () => Promise.resolve();
  #beating: Promise<void> = Promise.resolve();
  #isBeating = false;
  #isStopped = false;

  private constructor(options: RecordingsOptions, dependencies: RecordingsDependencies, positions: Positions) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#positions = positions;
  }

  /** Resolves when the recordings that are there are known. @throws {Error} when the positions cannot be kept. */
  static async start(options: RecordingsOptions, dependencies: RecordingsDependencies): Promise<Recordings> {
    const positions = Positions.start(options.stateFolder);
    const recordings = new Recordings(options, dependencies, positions);
    await positions.forgetOld(dependencies.clock.now());
    recordings.#stopBeat = every(dependencies.clock, BEAT_MS, () => {
      if (!recordings.#isBeating) recordings.#beating = recordings.#beat();
    });
    recordings.#stopWatching = await watchFolder(
      options.folder,
      { isWanted: isRecording, forgetAfterMs: ABANDONED_MS, clock: dependencies.clock },
      {
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
    return recordings;
  }

  get followedPaths(): string[] {
    return Array.from(this.#followed.values(), ({ path }) => path);
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stopBeat();
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
    if (this.#opening.has(path) || this.followedPaths.includes(path)) return;
    const opening = this.#follow(path)
      .catch((error: unknown) => {
        // It is gone again, or may not be read.
        this.#tellWhy(path, error);
      })
      .finally(() => this.#opening.delete(path));
    this.#opening.set(path, opening);
  }

  async #follow(path: string): Promise<void> {
    const file = await open(path, 'r');
    let isFollowed = false;
    try {
      isFollowed = await this.#takeUp(path, file);
    } finally {
      if (!isFollowed) await file.close();
    }
  }

  /** Whether the file is one to follow that is not followed yet; its follower closes it. */
  async #takeUp(path: string, file: FileHandle): Promise<boolean> {
    const { dev, ino, birthtimeMs, mtimeMs, size } = await file.stat();
    const isWhole = !isRaw(path) && (await isClosed(file));
    // No await from here on: a renamed file may come by both of its names at once.
    if (this.#isStopped) return false;
    const fileId = `${dev}:${ino}:${Math.floor(birthtimeMs)}`;
    const renamed = this.#followed.get(fileId);
    if (renamed) {
      renamed.path = path;
      renamed.cancelRemoval?.();
      return false;
    }
    const position = this.#positions.get(fileId);
    const isQuiet = this.#dependencies.clock.now() - mtimeMs > RAW_QUIET_MS;
    // What was finished before the relay started is no live call.
    const isFinished = isRaw(path) ? (position ? size <= position.bytes : isQuiet) : (position?.isDone ?? isWhole);
    if (isFinished) return false;
    const followed: Followed = {
      path,
      fileId,
      savedAt: this.#dependencies.clock.now(),
      follower: new Follower(file, position?.bytes ?? 0, {
        now: this.#dependencies.clock.now,
        openLegs: (channelCount) => this.#openLegs(followed, channelCount),
        ...(isRaw(path) && { format: RAW_FORMAT, quietMs: RAW_QUIET_MS }),
      }),
    };
    this.#followed.set(fileId, followed);
    return true;
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
      const { follower, fileId } = followed;
      try {
        await follower.beat();
      } catch (error) {
        followed.problem = this.#tellWhy(followed.path, error);
        await follower.stop();
      }
      if (follower.isOver) this.#followed.delete(fileId);
      if (follower.isOver || this.#dependencies.clock.now() - followed.savedAt >= SAVE_MS)
        await this.#save(followed, follower.isOver);
    }
    this.#isBeating = false;
    this.rounds++;
  }

  async #save(followed: Followed, isDone: boolean): Promise<void> {
    const { path, fileId, follower, problem } = followed;
    followed.savedAt = this.#dependencies.clock.now();
    const position = { path, bytes: follower.position, isDone, updatedAt: followed.savedAt };
    await this.#positions.set(fileId, { ...position, ...(problem !== undefined && { problem }) });
  }

  #openLegs({ path, fileId }: Followed, channelCount: 1 | 2): LegReceiver[] | undefined {
    const { channel, linkedid } = readRecordingName(path, this.#options.side);
    // The mix of two files that are also there would yield everything twice.
    if (channel === undefined && channelCount === 1 && siblings(path).some((side) => existsSync(side))) return [];
    const channels = channelCount === 1 ? ([channel ?? 'mixed'] as const) : this.#sides(path);
    const legs = channels.map((side, index) => {
      const uuid = legUuid(fileId, index);
      this.#dependencies.describe({ uuid, linkedid, channel: side });
      return this.#dependencies.openLeg({ uuid, source: this.name });
    });
    return legs.every((leg) => leg !== undefined) ? legs : undefined;
  }

  #sides(path: string): readonly ['agent', 'caller'] | readonly ['caller', 'agent'] {
    return isRaw(path) && this.#options.side === 'caller' ? ['caller', 'agent'] : ['agent', 'caller'];
  }

  /** The log names the file without its numbers, which may be a caller's; `earshot-relay recordings` names it whole. */
  #tellWhy(path: string, error: unknown): string {
    const reason = error instanceof WavError ? error.message : String((error as NodeJS.ErrnoException).code);
    this.#dependencies.log.warn({ file: withoutNumbers(path), reason }, 'a recording cannot be heard');
    return reason;
  }
}

async function isClosed(file: FileHandle): Promise<boolean> {
  try {
    return (await readStart(file))?.dataEnd !== undefined;
  } catch {
    // Its follower reports what is wrong with it.
    return false;
  }
}

/** The recordings that are or were followed, newest first; for a person. */
export function listRecordings(stateFolder: string): string[] {
  const positions = Positions.start(stateFolder);
  const lines = positions
    .all()
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .map((position) => {
      const { path, bytes, updatedAt, problem } = position;
      const line = [stateOf(position), new Date(updatedAt).toISOString(), `${bytes} bytes`, path];
      return [...line, ...(problem === undefined ? [] : [problem])].join('  ');
    });
  void positions.close();
  return lines;
}

function stateOf({ isDone, problem }: Position): string {
  if (problem !== undefined) return 'REFUSED  ';
  return isDone ? 'done     ' : 'following';
}
