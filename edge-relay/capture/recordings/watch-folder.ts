import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { watch } from 'chokidar';
import { type Clock, every } from '../../clock.ts';

export interface FolderEvents {
  /** Where the folder is, if it was given as a link; before anything of it is seen. */
  readonly found: (folder: string) => void;
  /**
   * A file is there that `isWanted`, or one of them has grown. Or something is there that is no file and no folder:
   * links are not followed.
   */
  readonly seen: (path: string) => void;
  readonly gone: (path: string) => void;
  readonly failed: (error: unknown) => void;
}

export interface WatchOptions {
  readonly isWanted: (path: string) => boolean;
  /**
   * Files that have not changed for so long are not watched any more: a folder of recordings may hold years of them.
   */
  readonly forgetAfterMs: number;
  readonly clock: Clock;
}

const RENEW_MS = 3_600_000;
/** A watcher reads a folder before it is notified of changes: what happens between is seen by the earlier watcher. */
const OVERLAP_MS = 10_000;

/** Watches a folder, which may be a link, and those in it, which may not. Resolves when all present files have been seen; the result stops it. */
export async function watchFolder(
  folder: string,
  { isWanted, forgetAfterMs, clock }: WatchOptions,
  { found, seen, gone, failed }: FolderEvents,
): Promise<() => Promise<void>> {
  const start = async () => {
    // It may be made later; then its own name is watched until the next renewal.
    const place = await realpath(folder).catch(() => resolve(folder));
    found(place);
    const watcher = watch(place, {
      alwaysStat: true,
      followSymlinks: false,
      ignored: (path, stats) =>
        stats?.isFile() === true && (!isWanted(path) || clock.now() - stats.mtimeMs > forgetAfterMs),
    });
    watcher.on('add', seen).on('change', seen).on('unlink', gone).on('error', failed);
    await once(watcher, 'ready');
    return watcher;
  };
  const watchers = [await start()];
  let renewing: Promise<unknown> = Promise.resolve();
  const closeOldest = () => {
    renewing = renewing.then(() => watchers.shift()?.close());
  };
  let cancelClosing = () => {};
  // Each file costs the system a watch until the watcher is closed.
  const stopRenewing = every(clock, RENEW_MS, () => {
    renewing = renewing.then(async () => {
      watchers.push(await start());
      cancelClosing = clock.after(OVERLAP_MS, closeOldest);
    });
  });
  return async () => {
    stopRenewing();
    await renewing;
    cancelClosing();
    await Promise.all(watchers.map((watcher) => watcher.close()));
  };
}
