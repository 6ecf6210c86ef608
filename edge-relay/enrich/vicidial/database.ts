import { createPool, type RowDataPacket } from 'mysql2';
import type { Pool, PoolConnection } from 'mysql2/promise';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { backoffMs } from '../../backoff.ts';
import type { Clock } from '../../clock.ts';

export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
}

export interface DatabaseOptions {
  /** Asked in this order: the next one while the one before is away. */
  readonly servers: readonly DatabaseServer[];
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface DatabaseDependencies {
  readonly clock: Clock;
  readonly log: Logger;
}

/** No server answers, or none fast enough. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
  readonly retryable = true;
}

/** The server refuses a statement, or its user may not read what it selects. */
export class DatabaseRefusedError extends Error {
  override readonly name = 'DatabaseRefusedError';
  readonly retryable = false;
  /** The database's own: `ER_BAD_FIELD_ERROR`, … */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** For making a connection, and for a query. */
export const DATABASE_TIMEOUT_MS = 5_000;
const POOL_SIZE = 5;
const REST = { firstMs: 1_000, lastMs: 60_000 };
const IDLE_MS = 60_000;
const CLOSE_MS = 500;

/** These are due to the statement, or to the rights of its user; other statements still work. */
const STATEMENT_ERRORS: readonly string[] = [
  'ER_NO_SUCH_TABLE',
  'ER_BAD_FIELD_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_PARSE_ERROR',
];

/**
 * Statements that are run on a connection before it is used. These tables are hot, most of them are locked whole by
 * whoever reads them, and the dialler goes first: nothing is locked beyond the moment of reading, nothing is written,
 * and a query that we no longer wait for ends at the server too (by MariaDB's name of the limit and by MySQL's; each
 * server refuses the other's). A server may be configured to ignore the character set of the handshake, so it is set
 * again.
 */
const SESSION = [
  'SET NAMES utf8mb4',
  'SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED',
  'SET SESSION TRANSACTION READ ONLY',
  `SET SESSION max_statement_time = ${DATABASE_TIMEOUT_MS / 1_000}`,
  `SET SESSION max_execution_time = ${DATABASE_TIMEOUT_MS}`,
];

/** One server: while it fails it is left alone, longer each time; its failure and its return are logged once each. */
class Server {
  readonly address: string;
  readonly #pool: Pool;
  readonly #dependencies: DatabaseDependencies;
  #failures = 0;
  #restsUntil = 0;

  constructor(
    { host, port }: DatabaseServer,
    { user, password, database }: DatabaseOptions,
    dependencies: DatabaseDependencies,
  ) {
    this.address = `${host}:${port}`;
    this.#dependencies = dependencies;
    const pool = createPool({
      host,
      port,
      user,
      password,
      database,
      connectionLimit: POOL_SIZE,
      maxIdle: 1,
      idleTimeout: IDLE_MS,
      connectTimeout: DATABASE_TIMEOUT_MS,
      charset: 'utf8mb4',
      // Dates are the dialler's wall clock: nobody here is to turn them into another.
      dateStrings: true,
      supportBigNumbers: true,
    });
    pool.on('connection', (connection) => {
      for (const statement of SESSION) connection.query(statement, () => undefined);
    });
    this.#pool = pool.promise();
  }

  get isResting(): boolean {
    return this.#dependencies.clock.now() < this.#restsUntil;
  }

  get isWell(): boolean {
    return this.#failures === 0;
  }

  async query(sql: string, values: readonly (string | number)[]): Promise<RowDataPacket[]> {
    try {
      const rows = await this.#ask(sql, values);
      this.#succeeded();
      return rows;
    } catch (error) {
      // A server that refuses a statement is well.
      if (isOfStatement(error)) this.#succeeded();
      else this.#failed(codeOf(error));
      throw error;
    }
  }

  /** A server that holds still is not waited for. */
  async close(): Promise<void> {
    await this.#within(this.#pool.end(), CLOSE_MS).catch(() => undefined);
  }

  async #ask(sql: string, values: readonly (string | number)[]): Promise<RowDataPacket[]> {
    const connection = await this.#within(this.#pool.getConnection(), DATABASE_TIMEOUT_MS, (late) => {
      late.release();
    });
    return this.#within(connection.execute<RowDataPacket[]>(sql, [...values]))
      .then(([rows]) => {
        connection.release();
        return rows;
      })
      .catch((error: unknown) => {
        discard(connection, error);
        throw error;
      });
  }

  /** The pool's own limits know neither waiting for a connection nor preparing a statement. */
  #within<T>(
    work: Promise<T>,
    limitMs = DATABASE_TIMEOUT_MS,
    onLate: (value: T) => void = () => undefined,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const cancel = this.#dependencies.clock.after(limitMs, () => {
        isLate = true;
        reject(Object.assign(new Error('the database is too slow'), { code: 'TIMEOUT' }));
      });
      work
        .then((value) => {
          if (isLate) onLate(value);
          else resolve(value);
        }, reject)
        .finally(cancel);
    });
  }

  #succeeded(): void {
    if (this.#failures > 0)
      this.#dependencies.log.info({ server: this.address }, 'the ViciDial database answers again');
    this.#failures = 0;
  }

  #failed(code: string): void {
    // Those that were under way together fail together.
    if (this.isResting) return;
    this.#restsUntil = this.#dependencies.clock.now() + backoffMs(REST, this.#failures);
    if (this.#failures++ > 0) return;
    this.#dependencies.log.warn(
      { server: this.address, code },
      'the ViciDial database fails; calls go on without what it knows. earshot-relay doctor says what to do',
    );
  }
}

/** The dialler's database, for reading alone. It may fail and be slow; nothing waits for it. */
export class Database {
  readonly #servers: readonly Server[];
  readonly #dependencies: DatabaseDependencies;
  /** Statements that servers refused, and when they may be tried again. */
  readonly #refused = new Map<string, { readonly code: string; readonly until: number }>();
  queries = 0;
  failures = 0;

  constructor(options: DatabaseOptions, dependencies: DatabaseDependencies) {
    this.#dependencies = dependencies;
    this.#servers = options.servers.map((server) => new Server(server, options, dependencies));
  }

  /** Whether some server answered its last query. */
  get isWell(): boolean {
    return this.#servers.some(({ isWell }) => isWell);
  }

  /**
   * The rows of a prepared statement.
   * @throws {DatabaseAwayError} when no server answers in time
   * @throws {DatabaseRefusedError} when the server refuses the statement, now or a while ago
   */
  async query<T>(rowSchema: z.ZodType<T>, sql: string, values: readonly (string | number)[]): Promise<T[]> {
    const refused = this.#refused.get(sql);
    if (refused && refused.until > this.#dependencies.clock.now())
      throw new DatabaseRefusedError(refused.code, 'refused a while ago');
    for (const server of this.#servers) {
      if (server.isResting) continue;
      this.queries++;
      try {
        const rows = await server.query(sql, values);
        this.#refused.delete(sql);
        return this.#parsed(rowSchema, rows);
      } catch (error) {
        this.failures++;
        if (isOfStatement(error)) this.#refuse(sql, error);
      }
    }
    throw new DatabaseAwayError('no server of the ViciDial database answers');
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  /** A row that is not as it should be is left out, for the others' sake. */
  #parsed<T>(rowSchema: z.ZodType<T>, rows: readonly RowDataPacket[]): T[] {
    return rows.flatMap((row) => {
      const parsed = rowSchema.safeParse(row);
      if (parsed.success) return [parsed.data];
      const columns = parsed.error.issues.map(({ path }) => path.join('.'));
      this.#dependencies.log.debug({ columns }, 'odd row of the ViciDial database, skipped');
      return [];
    });
  }

  #refuse(sql: string, error: unknown): never {
    if (!this.#refused.has(sql))
      this.#dependencies.log.error(
        { code: codeOf(error), reason: (error as Error).message },
        'the ViciDial database refuses a statement; earshot-relay doctor says what to do',
      );
    const code = codeOf(error);
    this.#refused.set(sql, { code, until: this.#dependencies.clock.now() + REST.lastMs });
    throw new DatabaseRefusedError(code, (error as Error).message, { cause: error });
  }
}

function isOfStatement(error: unknown): boolean {
  return STATEMENT_ERRORS.includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? (error as Error).name;
}

/**
 * After a refusal a connection is as good as before; after anything else nobody knows what is still under way on it.
 */
function discard(connection: PoolConnection, error: unknown): void {
  if (isOfStatement(error)) connection.release();
  else connection.destroy();
}
