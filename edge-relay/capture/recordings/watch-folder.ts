import { type FSWatcher, watch } from 'chokidar';
import { type Clock, every } from '../../clock.ts';

export interface FolderEvents {
  /** A file is there that `isWanted`, or one of them has grown. */
  readonly seen: (path: string) => void;
  readonly gone: (path: string) => void;
  readonly failed: (error: unknown) => void;
}

export interface WatchOptions {
  readonly isWanted: (path: string) => boolean;
  /** Files that have not changed for so long are let go of: a folder of recordings holds years of them. */
  readonly forgetAfterMs: number;
  readonly clock: Clock;
}

const RENEW_MS = 3_600_000;

/** Watches a folder and those in it. Resolves when what is there has been told; the result ends it. */
export async function watchFolder(
  folder: string,
  { isWanted, forgetAfterMs, clock }: WatchOptions,
  { seen, gone, failed }: FolderEvents,
): Promise<() => Promise<void>> {
  const start = async () => {
    const watcher = watch(folder, {
      alwaysStat: true,
      ignored: (path, stats) =>
        stats?.isFile() === true && (!isWanted(path) || clock.now() - stats.mtimeMs > forgetAfterMs),
    });
    watcher.on('add', seen).on('change', seen).on('unlink', gone).on('error', failed);
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
    return watcher;
  };
  let watcher: FSWatcher = await start();
  let renewing: Promise<void> = Promise.resolve();
  // Each file costs the system a watch until the watcher is closed.
  const stopRenewing = every(clock, RENEW_MS, () => {
    renewing = renewing.then(async () => {
      const old = watcher;
      watcher = await start();
      await old.close();
    });
  });
  return async () => {
    stopRenewing();
    await renewing;
    await watcher.close();
  };
}
