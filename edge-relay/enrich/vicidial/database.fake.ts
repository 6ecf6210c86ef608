import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { until } from '../../until.ts';

const execute = promisify(execFile);
const GRANTS = join(__dirname, '../../../asterisk/vicidial/grants.sql');
/** By its place: only root has it on the path. */
const SERVER = '/usr/sbin/mariadbd';
const WAIT = { timeoutMs: 60_000, intervalMs: 50 };
const MAX_ATTEMPTS = 5;

/** A MariaDB on loopback of its own, empty but for a database and its administrator. */
export interface DiallerDatabase {
  readonly port: number;
  /** Of its administrator, and of its database `asterisk_test`. */
  readonly url: string;
  /** Runs statements as its administrator, in its database. */
  run: (sql: string) => Promise<void>;
  /** Lets the relay's user in, as an administrator does it; ViciDial's tables must be there. */
  grant: () => Promise<{ user: string; password: string }>;
  /** Holds still: it neither answers nor closes a connection. */
  stall: () => Promise<void>;
  goOn: () => void;
  /** Goes away, at once. */
  kill: () => Promise<void>;
  /** Comes back at the same port with what it had. */
  start: () => Promise<void>;
  /** Goes for good. */
  close: () => Promise<void>;
}

export async function startDiallerDatabase(): Promise<DiallerDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-mariadb-'));
  const user = userInfo().username;
  mkdirSync(`${folder}/tmp`);
  // Servers that share a folder for temporary files take away one another's.
  const common = ['--no-defaults', `--datadir=${folder}/data`, `--tmpdir=${folder}/tmp`, `--user=${user}`];
  const small = ['--innodb-buffer-pool-size=16M', '--innodb-log-file-size=8M', '--skip-name-resolve'];
  await execute('mariadb-install-db', [
    ...common,
    ...small.slice(0, 2),
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  let port = await getPort();
  let server: ChildProcess | undefined;
  const connect = () => createConnection({ host: '127.0.0.1', port, user: 'root', multipleStatements: true });
  const isOurs = async (): Promise<boolean> => {
    const connection = await connect().catch(() => undefined);
    if (!connection) return false;
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT @@datadir AS datadir');
    await connection.end();
    return row?.['datadir'] === `${folder}/data/`;
  };
  /** Returns whether it runs; false when it has ended, as where somebody else was faster at the port. */
  const launch = async (): Promise<boolean> => {
    const options = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${folder}/socket`];
    const launched = (server = spawn(SERVER, [...common, ...small, ...options], { stdio: 'ignore' }));
    await until(async () => launched.exitCode !== null || (await isOurs()), WAIT);
    return launched.exitCode === null;
  };
  const start = async () => {
    if (!(await launch())) throw new Error('MariaDB did not start');
  };
  const kill = async () => {
    const running = server;
    server = undefined;
    if (!running || running.exitCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  };
  for (let attempt = 1; !(await launch()); attempt++) {
    if (attempt === MAX_ATTEMPTS) throw new Error('MariaDB did not start');
    port = await getPort();
  }
  const mariaDb: DiallerDatabase = {
    port,
    url: `mysql://root@127.0.0.1:${port}/asterisk_test`,
    run: async (sql) => {
      const connection = await connect();
      await connection.query(`USE asterisk_test; ${sql}`);
      await connection.end();
    },
    grant: async () => {
      await mariaDb.run(readFileSync(GRANTS, 'utf8').replaceAll('10.0.0.5', '127.0.0.1'));
      return { user: 'earshot', password: 'CHANGE-ME' };
    },
    stall: async () => {
      server?.kill('SIGSTOP');
      const isStopped = () => !server || /\) T /.test(readFileSync(`/proc/${server.pid ?? 0}/stat`, 'utf8'));
      await until(isStopped, WAIT);
    },
    goOn: () => server?.kill('SIGCONT'),
    kill,
    start,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const connection = await connect();
  await connection.query('CREATE DATABASE asterisk_test CHARACTER SET latin1');
  await connection.end();
  return mariaDb;
}
