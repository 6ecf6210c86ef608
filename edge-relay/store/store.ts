import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { decodeRecord, encodeRecord, type Change, RecordReader } from './record.ts';
import { SetAside } from './set-aside.ts';

export interface StoreDependencies {
  readonly now: () => number;
  readonly log: Logger;
}

/** The changes are not on disk. Whoever made them may try again. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly retryable = true;
}

/** A row's record in a file. */
interface Row {
  readonly table: string;
  readonly key: string;
  readonly file: RowsFile;
  readonly offset: number;
  readonly length: number;
  /** A change of it waits to be written: it is not copied any more. */
  isChanging: boolean;
}

/** Files are only appended to, in the order of their numbers; each holds the rows that no later record changed. */
interface RowsFile {
  readonly number: number;
  readonly path: string;
  readonly handle: FileHandle;
  readonly rows: Set<Row>;
  bytes: number;
  /** Of its rows. */
  neededBytes: number;
  /** Its rows are to be copied, and it is to go: it is damaged, or it was deleted from outside. */
  isLeaving: boolean;
}

interface Write {
  readonly changes: readonly Change[];
  readonly record: Buffer;
  /** Of a copy: the row as it was; if it changed meanwhile, the copy does not count. */
  readonly copied?: Row;
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

const FILE_NAME = /^\d{9}\.rows$/;
/** How an earlier release stored rows: its files are no more than kept. */
const EARLIER_FILES = ['data.mdb', 'lock.mdb'];
/** A file that has grown so far is followed by another. */
const FILE_BYTES = 16_777_216;
/** A file of ours is never longer than this: what is beyond is damage. */
const MAX_FILE_BYTES = 67_108_864;
const READ_BYTES = 1_048_576;
/** Written at once. */
const BATCH_BYTES = 1_048_576;
/** Removed rows may use as much of the disk as those there are, and this. */
const SLACK_BYTES = 33_554_432;
const COPIED_AT_ONCE = 200;
/** The first record of each file, so that an empty one is known to be damaged. */
const FIRST_RECORD = encodeRecord([]);

/**
 * Rows of several tables on disk, by their keys. Changes are appended to files as lines with checksums; where each row
 * stands is known in memory. So a damaged byte costs the row it belongs to, whatever happens to the folder costs no
 * more than what was in it, and nothing of it ends the process.
 *
 * One process at a time writes. A write resolves when it is on disk.
 */
export class Store {
  readonly setAside: SetAside;
  readonly #folder: string;
  readonly #log: Logger;
  readonly #tables = new Map<string, Map<string, Row>>();
  /** The oldest first. */
  #files: RowsFile[] = [];
  /** The one that is appended to. */
  #current: RowsFile | undefined;
  #nextNumber = 1;
  #waiting: Write[] = [];
  #flushing: Promise<void> | undefined;
  #tidying: Promise<void> | undefined;
  #problem: string | undefined;
  #isClosed = false;

  private constructor(folder: string, { now, log }: StoreDependencies) {
    this.#folder = folder;
    this.#log = log;
    this.setAside = new SetAside(folder, now, log);
  }

  /**
   * Opens the store of a folder, with what can be read of what is in it. What is damaged is set aside. A folder that
   * cannot be used is no error yet: writes fail until it can be.
   */
  static async open(folder: string, dependencies: StoreDependencies): Promise<Store> {
    const store = new Store(folder, dependencies);
    try {
      await store.setAside.clearPath();
      await mkdir(folder, { recursive: true });
      await store.setAside.findEarlier();
      await store.#readFiles();
      await store.#append(Buffer.alloc(0));
    } catch (error) {
      store.#failed(error);
    }
    store.#tidy();
    return store;
  }

  /** Every row of a table that can be read, of a store that another process may be writing. Changes nothing. */
  static async readTable(folder: string, table: string, dependencies: StoreDependencies): Promise<unknown[]> {
    const store = new Store(folder, dependencies);
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((each) => FILE_NAME.test(each)).sort())
      await store.#readFile(name).catch(() => undefined);
    const rows = await store.readAll(table);
    await store.close();
    return rows.map(({ value }) => value);
  }

  /** Why nothing can be written, in words for a person; undefined while it can. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The keys of a table, and how many bytes each row uses. */
  *keys(table: string): Generator<{ readonly key: string; readonly bytes: number }> {
    for (const { key, length } of this.#tables.get(table)?.values() ?? []) yield { key, bytes: length };
  }

  /** The value of a row; undefined if there is none, or if it can no longer be read. */
  async read(table: string, key: string): Promise<unknown> {
    const row = this.#tables.get(table)?.get(key);
    return row && this.#valueOf(row);
  }

  /** Every row of a table that can be read. */
  async readAll(table: string): Promise<{ readonly key: string; readonly value: unknown }[]> {
    const rows = [...(this.#tables.get(table)?.values() ?? [])];
    const values = await Promise.all(rows.map((row) => this.#valueOf(row)));
    return rows.map(({ key }, i) => ({ key, value: values[i] })).filter(({ value }) => value !== undefined);
  }

  /** Makes all the changes or none. Resolves when they are on disk. @throws {StoreError} */
  write(changes: readonly Change[]): Promise<void> {
    if (this.#isClosed) return Promise.reject(new StoreError('the store is closed'));
    return new Promise((resolve, reject) => {
      for (const { table, key } of changes) this.#markChanging(table, key, true);
      this.#enqueue({ changes, record: encodeRecord(changes), resolve, reject });
    });
  }

  /** Resolves when what was written is on disk and all is closed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#flushing ?? this.#tidying) await (this.#flushing ?? this.#tidying);
    for (const { handle } of this.#files) await handle.close().catch(() => undefined);
    this.#files = [];
    this.#current = undefined;
  }

  async #readFiles(): Promise<void> {
    const names = (await readdir(this.#folder)).sort();
    for (const name of names.filter((each) => EARLIER_FILES.includes(each)))
      await this.setAside.move(name, 'it is of another release');
    for (const name of names.filter((each) => FILE_NAME.test(each))) {
      this.#nextNumber = Number.parseInt(name, 10) + 1;
      try {
        const damagedLines = await this.#readFile(name);
        if (damagedLines > 0) await this.setAside.keep(name, damagedLines);
      } catch (error) {
        await this.setAside.move(name, reasonOf(error));
      }
    }
  }

  /** @returns how many of its lines cannot be read. @throws {Error} if nothing of it can be read. */
  async #readFile(name: string): Promise<number> {
    const path = join(this.#folder, name);
    const file = newFile(Number.parseInt(name, 10), path, await openRegular(path));
    let records = 0;
    const reader = new RecordReader(({ changes, offset, length }) => {
      records++;
      for (const change of changes) this.#apply(change, { file, offset, length });
    });
    try {
      await readChunks(file, reader);
    } catch (error) {
      // What came before the part of the disk that cannot be read counts.
      if (records === 0) {
        await file.handle.close();
        throw error;
      }
      reader.damagedLines++;
    }
    const damagedLines = reader.damagedLines + (records === 0 ? 1 : 0);
    file.isLeaving = damagedLines > 0;
    this.#files.push(file);
    return damagedLines;
  }

  #apply({ table, key, value }: Change, at: Pick<Row, 'file' | 'offset' | 'length'>): void {
    const rows = this.#tables.get(table) ?? new Map<string, Row>();
    this.#tables.set(table, rows);
    const before = rows.get(key);
    if (before) {
      before.file.rows.delete(before);
      before.file.neededBytes -= before.length;
    }
    // Deleted first: the order of a table is that of its rows' last changes.
    rows.delete(key);
    if (value === undefined) return;
    const row = { ...at, table, key, isChanging: false };
    rows.set(key, row);
    at.file.rows.add(row);
    at.file.neededBytes += at.length;
  }

  async #valueOf(row: Row): Promise<unknown> {
    const change = (await readRecord(row))?.findLast(({ table, key }) => table === row.table && key === row.key);
    if (change) return change.value;
    const isCurrent = this.#tables.get(row.table)?.get(row.key) === row;
    // It may have moved to another file while it was read.
    if (!isCurrent) return this.read(row.table, row.key);
    // Nothing is wrong with the row.
    if (this.#isClosed) return undefined;
    this.#apply({ table: row.table, key: row.key }, row);
    this.setAside.lostRows++;
    this.#log.error({ folder: this.#folder, table: row.table }, 'a row of a store can no longer be read');
    return undefined;
  }

  #markChanging(table: string, key: string, isChanging: boolean): void {
    const row = this.#tables.get(table)?.get(key);
    if (row) row.isChanging = isChanging;
  }

  #enqueue(write: Write): void {
    this.#waiting.push(write);
    this.#flushing ??= this.#flush();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) await this.#flushBatch(this.#nextBatch());
    // Here and not when the promise settles: what is enqueued meanwhile would wait for ever.
    this.#flushing = undefined;
    this.#tidy();
  }

  async #flushBatch(batch: readonly Write[]): Promise<void> {
    try {
      const start = await this.#append(Buffer.concat(batch.map(({ record }) => record)));
      this.#problem = undefined;
      this.#written(batch, start);
    } catch (error) {
      this.#failed(error);
      for (const { changes, copied, reject } of batch) {
        if (!copied) for (const { table, key } of changes) this.#markChanging(table, key, false);
        reject(new StoreError(this.#problem));
      }
    }
  }

  #nextBatch(): Write[] {
    let bytes = 0;
    const tooMany = this.#waiting.findIndex(({ record }) => (bytes += record.length) > BATCH_BYTES);
    return this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : Math.max(1, tooMany));
  }

  #written(batch: readonly Write[], { file, offset: start }: { file: RowsFile; offset: number }): void {
    let offset = start;
    for (const { changes, record, copied, resolve } of batch) {
      // Without its line breaks.
      const at = { file, offset: offset + 1, length: record.length - 2 };
      const isOutdated = copied && this.#tables.get(copied.table)?.get(copied.key) !== copied;
      if (!isOutdated) for (const change of changes) this.#apply(change, at);
      offset += record.length;
      resolve();
    }
  }

  /** Where the bytes are, on disk. A file that is no longer as it was left is not used on. */
  async #append(bytes: Buffer, isSecondTry = false): Promise<{ file: RowsFile; offset: number }> {
    const file = await this.#openCurrent();
    const offset = file.bytes;
    await file.handle.appendFile(bytes);
    await file.handle.datasync();
    const { nlink, size } = await file.handle.stat();
    if (nlink > 0 && size === offset + bytes.length) {
      file.bytes = size;
      return { file, offset };
    }
    this.#log.error({ folder: this.#folder }, 'somebody changed the files of a store while it was in use');
    await this.#leaveChangedFiles();
    if (isSecondTry) throw new StoreError('its files are changed by somebody else');
    return this.#append(bytes, true);
  }

  async #openCurrent(): Promise<RowsFile> {
    if (this.#current && this.#current.bytes < FILE_BYTES) return this.#current;
    await mkdir(this.#folder, { recursive: true });
    const number = this.#nextNumber++;
    const path = join(this.#folder, `${String(number).padStart(9, '0')}.rows`);
    const handle = await open(path, 'ax+', 0o640);
    const file = newFile(number, path, handle);
    file.bytes = FIRST_RECORD.length;
    this.#files.push(file);
    await handle.appendFile(FIRST_RECORD);
    await handle.datasync();
    await syncFolder(this.#folder);
    this.#current = file;
    return file;
  }

  /** Files that were deleted are still open: their rows are copied into new ones. */
  async #leaveChangedFiles(): Promise<void> {
    this.#current = undefined;
    for (const file of this.#files) {
      const { nlink, size } = await file.handle.stat();
      if (nlink === 0 || size !== file.bytes) file.isLeaving = true;
    }
  }

  /** What could not be written may stand there in part: nothing is appended to it. */
  #failed(error: unknown): void {
    const reason = reasonOf(error);
    if (this.#problem === undefined) this.#log.error({ folder: this.#folder, reason }, 'a store cannot be written');
    this.#problem = reason;
    this.#current = undefined;
  }

  /** Has files go of which nothing is needed any more, and copies rows out of files that are to go. */
  #tidy(): void {
    this.#tidying ??= this.#tidyFiles()
      .catch((error: unknown) => {
        this.#log.warn({ folder: this.#folder, reason: reasonOf(error) }, 'a store could not be tidied');
      })
      .finally(() => {
        this.#tidying = undefined;
      });
  }

  async #tidyFiles(): Promise<void> {
    // The oldest first: a later file says which rows of an earlier one were removed.
    for (let [oldest] = this.#files; oldest && oldest !== this.#current; [oldest] = this.#files) {
      if (oldest.rows.size > 0) {
        if (!this.#isWorthCopying()) return;
        await this.#copyRows(oldest);
        if (oldest.rows.size > 0) return;
      }
      this.#files.shift();
      await rm(oldest.path, { force: true });
      await oldest.handle.close();
    }
  }

  #isWorthCopying(): boolean {
    if (this.#problem !== undefined) return false;
    if (this.#files.some(({ isLeaving }) => isLeaving)) return true;
    const sum = (bytesOf: (file: RowsFile) => number) => this.#files.reduce((bytes, file) => bytes + bytesOf(file), 0);
    const [used, needed] = [sum(({ bytes }) => bytes), sum(({ neededBytes }) => neededBytes)];
    return used > 2 * needed + SLACK_BYTES;
  }

  async #copyRows(file: RowsFile): Promise<void> {
    const rows = [...file.rows];
    for (let at = 0; at < rows.length; at += COPIED_AT_ONCE) {
      const some = rows.slice(at, at + COPIED_AT_ONCE);
      const values = await Promise.all(some.map((row) => this.#valueOf(row)));
      await Promise.all(some.map((row, i) => this.#copy(row, values[i])));
    }
  }

  /** Of a row that changes meanwhile, the change is written instead. */
  async #copy(row: Row, value: unknown): Promise<void> {
    const { table, key } = row;
    if (value === undefined || row.isChanging || !row.file.rows.has(row)) return;
    const changes = [{ table, key, value }];
    await new Promise<void>((resolve, reject) => {
      this.#enqueue({ changes, record: encodeRecord(changes), copied: row, resolve, reject });
    });
  }
}

async function readRecord({ file, offset, length }: Row): Promise<Change[] | undefined> {
  try {
    const { bytesRead, buffer } = await file.handle.read(Buffer.alloc(length), 0, length, offset);
    return bytesRead === length ? decodeRecord(buffer) : undefined;
  } catch {
    return undefined;
  }
}

function newFile(number: number, path: string, handle: FileHandle): RowsFile {
  return { number, path, handle, rows: new Set(), bytes: 0, neededBytes: 0, isLeaving: false };
}

/** @throws {Error} if it is anything but a file: opening a pipe would wait for ever. */
async function openRegular(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new StoreError('it is no file');
}

async function readChunks(file: RowsFile, reader: RecordReader): Promise<void> {
  file.bytes = (await file.handle.stat()).size;
  const end = Math.min(file.bytes, MAX_FILE_BYTES);
  for (let at = 0; at < end;) {
    const { bytesRead, buffer } = await file.handle.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, at);
    if (bytesRead === 0) break;
    reader.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  reader.end();
  if (file.bytes > end) reader.damagedLines++;
}

/** Makes the name of a new file durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
