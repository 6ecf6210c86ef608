import { constants, existsSync } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Logger } from 'pino';

const PREFIX = 'damaged-';
/** Older ones are deleted: what callers said is in them, and the disk is not for them. */
const KEPT_FOLDERS = 5;

/** What of a store's folder was damaged, in folders of their own that bear the time at which it was found. */
export class SetAside {
  /** Rows that are known to be lost since the start. */
  lostRows = 0;
  readonly #folder: string;
  readonly #now: () => number;
  readonly #log: Logger;
  /** Made when the first thing is set aside. */
  #dated: string | undefined;
  #folders: string[] = [];

  constructor(folder: string, now: () => number, log: Logger) {
    this.#folder = folder;
    this.#now = now;
    this.#log = log;
  }

  /** The folders, until a person deletes them. */
  get folders(): string[] {
    return this.#folders.filter((folder) => existsSync(folder));
  }

  /** Has something that is no folder make room for the folder. */
  async clearPath(): Promise<void> {
    const isThere = await lstat(this.#folder).catch(() => undefined);
    const isFolder = await stat(this.#folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere || isFolder) return;
    const meanwhile = `${this.#folder}.${PREFIX}${this.#now()}`;
    await rename(this.#folder, meanwhile);
    await mkdir(this.#folder);
    await rename(meanwhile, join(await this.#makeDated(), basename(this.#folder)));
    this.#log.error(
      { folder: this.#folder },
      'something that is no folder stood in place of a store, it was set aside',
    );
  }

  /** What was set aside by an earlier start. */
  async findEarlier(): Promise<void> {
    const found = await foldersSetAside(this.#folder);
    for (const folder of found.slice(0, -KEPT_FOLDERS)) await rm(folder, { recursive: true, force: true });
    this.#folders = found.slice(-KEPT_FOLDERS);
  }

  /** Of a file of which nothing can be read. */
  async move(name: string, reason: string): Promise<void> {
    await this.#tryTo(name, async (kept) => {
      await rename(join(this.#folder, name), kept);
    });
    this.lostRows++;
    this.#log.error({ folder: this.#folder, name, reason }, 'a file of a store cannot be read, it was set aside');
  }

  /** Of a file of which some lines cannot be read: the others are still read where they are. */
  async keep(name: string, damagedLines: number): Promise<void> {
    const path = join(this.#folder, name);
    await this.#tryTo(name, async (kept) => {
      // Not every file system knows hard links.
      await link(path, kept).catch(() => copyFile(path, kept, constants.COPYFILE_EXCL));
    });
    this.lostRows += damagedLines;
    this.#log.error(
      { folder: this.#folder, name, damagedLines },
      'a file of a store is damaged, it was set aside; what can be read of it is used',
    );
  }

  async #tryTo(name: string, keep: (path: string) => Promise<void>): Promise<void> {
    try {
      await keep(join(await this.#makeDated(), name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.#log.error({ folder: this.#folder, name, code }, 'a damaged file of a store could not be set aside');
    }
  }

  async #makeDated(): Promise<string> {
    if (this.#dated !== undefined) return this.#dated;
    const at = new Date(this.#now()).toISOString().replaceAll(':', '-');
    const folder = join(this.#folder, `${PREFIX}${at}`);
    await mkdir(folder, { recursive: true });
    this.#folders.push(folder);
    return (this.#dated = folder);
  }
}

/** The folders in which parts of a store were set aside, the oldest first. */
export async function foldersSetAside(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith(PREFIX))
    .sort()
    .map((name) => join(folder, name));
}
