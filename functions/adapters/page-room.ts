import { utf8Bytes } from '#core/kept.ts';

/** Lambda returns 6 MB at most; in those the body is a JSON string itself, which may double it. */
export const PAGE_BYTES = 2.5 * 1024 * 1024;

/** The room for rows in one response. */
export class PageRoom {
  #leftBytes: number;
  #isEmpty = true;

  constructor(bytes = PAGE_BYTES) {
    this.#leftBytes = bytes;
  }

  /** Takes a row, and returns whether it fits; the first one always does, so that every page leads on. */
  takes(row: unknown): boolean {
    // A comma follows.
    const bytes = utf8Bytes(JSON.stringify(row)) + 1;
    if (bytes > this.#leftBytes && !this.#isEmpty) return false;
    this.#leftBytes -= bytes;
    this.#isEmpty = false;
    return true;
  }

  /** The rows before the first that does not fit. */
  leading<T>(rows: readonly T[]): T[] {
    const full = rows.findIndex((row) => !this.takes(row));
    return full < 0 ? [...rows] : rows.slice(0, full);
  }
}
