import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Logger } from 'pino';
import { WavError } from '../../audio/wav.ts';
import type { LegDescription } from '../../call/metadata.ts';
import { type Clock, every } from '../../clock.ts';
import type { CaptureSource, LegReceiver, OpenLeg } from '../source.ts';
import { legUuid, type RecordedSide, readRecordingName } from './file-name.ts';
import { Follower } from './follower.ts';
import { Positions } from './positions.ts';
import { HEADER_BYTES, readWavFormat } from './wav-format.ts';

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

interface Followed {
  path: string;
  readonly fileId: string;
  readonly follower: Follower;
  savedAt: number;
  cancelRemoval?: () => void;
}

/** Hears recordings while a PBX writes them: mono pairs (`-in`/`-out`, `-r`/`-t`), stereo (left agent, right caller). */
export class Recordings implements CaptureSource {
  readonly name = 'recordings';
  readonly #options: RecordingsOptions;
  readonly #deps: RecordingsDependencies;
  readonly #positions: Positions;
  readonly #followed = new Map<string, Followed>();
  readonly #paths = new Set<string>();
  readonly #watcher: FSWatcher;
  readonly #stopBeat: () => void;
  #beating: Promise<void> = Promise.resolve();
  #isBeating = false;
  #isStopped = false;

  private constructor(options: RecordingsOptions, dependencies: RecordingsDependencies) {
    this.#options = options;
    this.#deps = dependencies;
    this.#positions = new Positions(options.stateFolder);
    this.#watcher = watch(options.folder, { alwaysStat: true })
      .on('add', (path) => {
        void this.#appeared(path);
      })
      .on('unlink', (path) => {
        this.#disappeared(path);
      })
      .on('error', (error) => {
        dependencies.log.error({ err: error }, 'the folder of recordings cannot be watched');
      });
    this.#stopBeat = every(dependencies.clock, BEAT_MS, () => {
      if (!this.#isBeating) this.#beating = this.#beat();
    });
  }

  /** Resolves when the recordings that are there are known. @throws {Error} when the positions cannot be kept. */
  static async start(options: RecordingsOptions, dependencies: RecordingsDependencies): Promise<Recordings> {
    const recordings = new Recordings(options, dependencies);
    await recordings.#positions.forgetOld(dependencies.clock.now());
    await new Promise<void>((resolve) => recordings.#watcher.once('ready', resolve));
    return recordings;
  }

  get followedCount(): number {
    return this.#followed.size;
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stopBeat();
    await this.#watcher.close();
    await this.#beating;
    for (const followed of this.#followed.values()) {
      followed.cancelRemoval?.();
      await followed.follower.stop();
      await this.#save(followed, false);
    }
    this.#followed.clear();
    await this.#positions.close();
  }

  async #appeared(path: string): Promise<void> {
    if (!/\.wav$/i.test(path)) return;
    this.#paths.add(path);
    try {
      const file = await open(path, 'r');
      const { dev, ino, birthtimeMs } = await file.stat();
      const fileId = `${dev}:${ino}:${Math.floor(birthtimeMs)}`;
      const renamed = this.#followed.get(fileId);
      if (renamed) {
        renamed.path = path;
        renamed.cancelRemoval?.();
        await file.close();
        return;
      }
      const position = this.#positions.get(fileId);
      const start = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
      const isClosed = readWavFormat(start.buffer.subarray(0, start.bytesRead))?.dataEnd !== undefined;
      // What was finished before anybody listened is no live call.
      if (this.#isStopped || position?.isDone || (isClosed && !position)) {
        await file.close();
        return;
      }
      const followed: Followed = {
        path,
        fileId,
        savedAt: this.#deps.clock.now(),
        follower: new Follower(file, position?.bytes ?? 0, {
          now: this.#deps.clock.now,
          openLegs: (channelCount) => this.#openLegs(followed, channelCount),
        }),
      };
      this.#followed.set(fileId, followed);
    } catch (error) {
      this.#tellWhy(error);
    }
  }

  #disappeared(path: string): void {
    this.#paths.delete(path);
    for (const followed of this.#followed.values())
      if (followed.path === path)
        followed.cancelRemoval = this.#deps.clock.after(RENAME_MS, () => {
          followed.follower.finish();
        });
  }

  async #beat(): Promise<void> {
    this.#isBeating = true;
    for (const followed of [...this.#followed.values()]) {
      const { follower, fileId } = followed;
      try {
        await follower.beat();
      } catch (error) {
        this.#tellWhy(error);
        await follower.stop();
      }
      if (follower.isOver) this.#followed.delete(fileId);
      if (follower.isOver || this.#deps.clock.now() - followed.savedAt >= SAVE_MS)
        await this.#save(followed, follower.isOver);
    }
    this.#isBeating = false;
  }

  async #save(followed: Followed, isDone: boolean): Promise<void> {
    const { path, fileId, follower } = followed;
    followed.savedAt = this.#deps.clock.now();
    await this.#positions.set(fileId, { path, bytes: follower.position, isDone, updatedAt: followed.savedAt });
  }

  #openLegs({ path, fileId }: Followed, channelCount: 1 | 2): LegReceiver[] | undefined {
    const { stem, channel, linkedid } = readRecordingName(path, this.#options.side);
    // The mix of what is also there side by side would tell everything twice.
    const hasSides = [...this.#paths].some((other) => {
      const name = readRecordingName(other, this.#options.side);
      return name.stem === stem && name.channel !== undefined;
    });
    if (channel === undefined && channelCount === 1 && hasSides) return [];
    const channels = channelCount === 2 ? (['agent', 'caller'] as const) : ([channel ?? 'mixed'] as const);
    const legs = channels.map((side, index) => {
      const uuid = legUuid(fileId, index);
      this.#deps.describe({ uuid, linkedid, channel: side });
      return this.#deps.openLeg({ uuid, source: this.name });
    });
    return legs.every((leg) => leg !== undefined) ? legs : undefined;
  }

  #tellWhy(error: unknown): void {
    const reason = error instanceof WavError ? error.message : (error as NodeJS.ErrnoException).code;
    this.#deps.log.warn({ reason }, 'a recording cannot be heard');
  }
}

/** The recordings that are being heard, or were, newest first; for a person. */
export function listRecordings(stateFolder: string): string[] {
  const positions = new Positions(join(stateFolder));
  const lines = positions
    .all()
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .map(({ path, bytes, isDone, updatedAt }) =>
      [isDone ? 'done     ' : 'following', new Date(updatedAt).toISOString(), `${bytes} bytes`, path].join('  '),
    );
  void positions.close();
  return lines;
}
