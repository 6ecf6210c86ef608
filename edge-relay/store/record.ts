import { crc32 } from 'node:zlib';

/** What happens to one row of a table: it gets a value, or (without one) is removed. */
export interface Change {
  readonly table: string;
  readonly key: string;
  readonly value?: unknown;
}

/** A record that was read, and where it stands in its file. */
export interface FoundRecord {
  readonly changes: readonly Change[];
  readonly offset: number;
  readonly length: number;
}

const NEWLINE = 0x0a;
const CHECKSUM_LENGTH = 8;
/** More than any record of ours; what is longer is damage, and is not kept in memory. */
const MAX_RECORD_BYTES = 4_194_304;

/**
 * Changes that happen together or not at all, as one line: checksum, space, JSON. It has a line break before and after
 * it, so that it can be read whatever became of the bytes around it.
 */
export function encodeRecord(changes: readonly Change[]): Buffer {
  const rows = changes.map(({ table, key, value }) => (value === undefined ? [table, key] : [table, key, value]));
  const json = Buffer.from(JSON.stringify(rows));
  return Buffer.concat([Buffer.from(`\n${checksumOf(json)} `), json, Buffer.from('\n')]);
}

/** The changes of a line without its line breaks; undefined if it is not as it was written. */
export function decodeRecord(line: Buffer): Change[] | undefined {
  const json = line.subarray(CHECKSUM_LENGTH + 1);
  if (line.toString('latin1', 0, CHECKSUM_LENGTH + 1) !== `${checksumOf(json)} `) return undefined;
  try {
    return changesOf(JSON.parse(json.toString()));
  } catch {
    return undefined;
  }
}

function changesOf(rows: unknown): Change[] | undefined {
  if (!Array.isArray(rows)) return undefined;
  const changes: Change[] = [];
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row)) return undefined;
    const [table, key, value] = row as unknown[];
    if (typeof table !== 'string' || typeof key !== 'string') return undefined;
    changes.push({ table, key, value });
  }
  return changes;
}

function checksumOf(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

/** Finds the records in the bytes of a file, in chunks of any size, and counts the lines that are none. */
export class RecordReader {
  damagedLines = 0;
  #rest: Buffer = Buffer.alloc(0);
  /** Of the rest, in the file. */
  #offset = 0;
  #isTooLong = false;
  readonly #onRecord: (record: FoundRecord) => void;

  constructor(onRecord: (record: FoundRecord) => void) {
    this.#onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      this.#line(bytes.subarray(start, end), this.#offset + start);
      start = end + 1;
    }
    const rest = bytes.subarray(start);
    this.#offset += start;
    if (rest.length > MAX_RECORD_BYTES) {
      this.#isTooLong = true;
      this.#offset += rest.length;
    }
    this.#rest = rest.length > MAX_RECORD_BYTES ? Buffer.alloc(0) : Buffer.from(rest);
  }

  /** The file is over: what is left is a line that was never finished. */
  end(): void {
    if (this.#rest.length > 0 || this.#isTooLong) this.damagedLines++;
  }

  #line(line: Buffer, offset: number): void {
    const changes = this.#isTooLong || line.length === 0 ? undefined : decodeRecord(line);
    if (changes) this.#onRecord({ changes, offset, length: line.length });
    else if (line.length > 0 || this.#isTooLong) this.damagedLines++;
    this.#isTooLong = false;
  }
}
