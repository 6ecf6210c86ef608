import { open, type RootDatabase } from 'lmdb';

/** How far a recording has been read. */
export interface Position {
  readonly path: string;
  /** The file's next byte to read. */
  readonly bytes: number;
  readonly isDone: boolean;
  readonly updatedAt: number;
  /** Why it cannot be read, and what to do; for a person. */
  readonly problem?: string;
}

/** Recordings are forgotten this long after they were last read. */
const KEEP_MS = 7 * 24 * 3_600_000;

/**
 * The position in each recording, on disk, so that a restart transcribes nothing twice. Files are known by device and
 * inode.
 */
export class Positions {
  readonly #database: RootDatabase<Position, string>;

  private constructor(database: RootDatabase<Position, string>) {
    this.#database = database;
  }

  /** @throws {Error} when the folder cannot be written. */
  static start(folder: string): Positions {
    return new Positions(open<Position, string>({ path: folder, encoding: 'json' }));
  }

  get(fileId: string): Position | undefined {
    return this.#database.get(fileId);
  }

  async set(fileId: string, position: Position): Promise<void> {
    await this.#database.put(fileId, position);
  }

  async forgetOld(now: number): Promise<void> {
    for (const { key, value } of this.#database.getRange())
      if (value.updatedAt < now - KEEP_MS) await this.#database.remove(key);
  }

  all(): Position[] {
    return Array.from(this.#database.getRange(), ({ value }) => value);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}
