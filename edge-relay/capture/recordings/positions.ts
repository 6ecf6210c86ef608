import type { Logger } from 'pino';
import { z } from 'zod';
import { Store } from '../../store/store.ts';

const positionSchema = z.object({
  path: z.string(),
  /** The file's next byte to read. */
  bytes: z.int().nonnegative(),
  /** By what the bytes before it are known again. */
  mark: z.string().optional(),
  isDone: z.boolean(),
  updatedAt: z.number(),
  /** Why it cannot be read, and what to do; for a person. */
  problem: z.string().optional(),
});

/** How far a recording has been read. */
export type Position = Readonly<z.infer<typeof positionSchema>>;

/** Recordings are forgotten this long after they were last read. */
const KEEP_MS = 7 * 24 * 3_600_000;
const TABLE = 'positions';

export interface PositionsDependencies {
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * The position in each recording, on disk, so that a restart transcribes nothing twice. Files are known by device and
 * inode.
 */
export class Positions {
  readonly #store: Store;
  readonly #positions: Map<string, Position>;

  private constructor(store: Store, positions: Map<string, Position>) {
    this.#store = store;
    this.#positions = positions;
  }

  /** While the folder cannot be written, positions are known until the relay stops. */
  static async start(folder: string, dependencies: PositionsDependencies): Promise<Positions> {
    const store = await Store.open(folder, dependencies);
    const rows = await store.readAll(TABLE);
    return new Positions(
      store,
      new Map(rows.flatMap(({ key, value }) => parse(value).map((position) => [key, position]))),
    );
  }

  /** The positions that a relay keeps in a folder, whether it runs or not. */
  static async list(folder: string, dependencies: PositionsDependencies): Promise<Position[]> {
    return (await Store.readTable(folder, TABLE, dependencies)).flatMap(parse);
  }

  get(fileId: string): Position | undefined {
    return this.#positions.get(fileId);
  }

  /** Whether one of the paths is of a recording that was read. */
  hasPath(paths: readonly string[]): boolean {
    const wanted = new Set(paths);
    return [...this.#positions.values()].some(({ path }) => wanted.has(path));
  }

  async set(fileId: string, position: Position): Promise<void> {
    this.#positions.set(fileId, position);
    await this.#store.write([{ table: TABLE, key: fileId, value: position }]).catch(() => undefined);
  }

  async forgetOld(now: number): Promise<void> {
    const old = [...this.#positions].filter(([, { updatedAt }]) => updatedAt < now - KEEP_MS);
    for (const [key] of old) this.#positions.delete(key);
    if (old.length > 0) await this.#store.write(old.map(([key]) => ({ table: TABLE, key }))).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#store.close();
  }
}

function parse(value: unknown): Position[] {
  const { data } = positionSchema.safeParse(value);
  return data ? [data] : [];
}
