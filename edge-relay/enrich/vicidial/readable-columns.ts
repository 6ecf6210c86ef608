import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { type Database, DatabaseRefusedError } from './database.ts';

/** A column that a statement wants: by its name in the result, as SQL. */
export type WantedColumns = Readonly<Record<string, string>>;

/** A column that the relay's user cannot read, and why, by the database's code. */
export interface UnreadableColumn {
  readonly table: string;
  readonly column: string;
  readonly code: string;
}

/** So long an answer holds: an administrator may have mended it by then. */
const LIFE_MS = 600_000;
const nothing = z.unknown();

/**
 * Which columns of a table can be read. ViciDial's tables have grown over the years, and rights may be granted by
 * column, so that one column that is missing must not cost the others.
 */
export class ReadableColumns {
  readonly #database: Pick<Database, 'query'>;
  readonly #clock: Clock;
  /** By table: the columns that cannot be read. A table that was not refused has none. */
  readonly #unreadable = new Map<string, { readonly columns: readonly UnreadableColumn[]; readonly until: number }>();

  constructor(database: Pick<Database, 'query'>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Every column that was found to be unreadable. */
  unreadable(): UnreadableColumn[] {
    return [...this.#unreadable.values()].flatMap(({ columns }) => columns);
  }

  isReadable(table: string, column: string): boolean {
    const known = this.#unreadable.get(table);
    if (known && known.until <= this.#clock.now()) this.#unreadable.delete(table);
    return !this.#unreadable.get(table)?.columns.some((one) => one.column === column);
  }

  /**
   * Tries each column of a table by itself, after a statement was refused.
   * @throws {DatabaseAwayError}
   */
  async examine(table: string, columns: WantedColumns): Promise<void> {
    const tried = await Promise.all(
      Object.entries(columns).map(async ([column, sql]) => {
        const code = await this.#refusalOf(table, sql);
        return code === undefined ? [] : [{ table, column, code }];
      }),
    );
    this.#unreadable.set(table, { columns: tried.flat(), until: this.#clock.now() + LIFE_MS });
  }

  async #refusalOf(table: string, sql: string): Promise<string | undefined> {
    try {
      await this.#database.query(nothing, `SELECT ${sql} FROM ${table} LIMIT 0`, []);
      return undefined;
    } catch (error) {
      if (error instanceof DatabaseRefusedError) return error.code;
      throw error;
    }
  }
}
