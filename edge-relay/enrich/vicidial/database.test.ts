import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { systemClock } from '../../clock.ts';
import { Database, DatabaseAwayError, DatabaseRefusedError } from './database.ts';
import { type DiallerDatabase, startDiallerDatabase } from './database.fake.ts';
import { until } from '../../until.ts';

const answer = z.object({ n: z.coerce.number() });
const ask = (database: Database, n = 1) => database.query(answer, 'SELECT ? AS n', [n]);

let primary: DiallerDatabase;
let replica: DiallerDatabase;
beforeAll(async () => {
  [primary, replica] = await Promise.all([startDiallerDatabase(), startDiallerDatabase()]);
  await primary.run("CREATE TABLE whoami (name VARCHAR(10)); INSERT INTO whoami VALUES ('primary')");
  await replica.run("CREATE TABLE whoami (name VARCHAR(10)); INSERT INTO whoami VALUES ('replica')");
}, 120_000);
afterAll(async () => {
  await Promise.all([primary.close(), replica.close()]);
});

/** What is logged at `info` and above, by its words. */
function spiedLog() {
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push((JSON.parse(line) as { msg: string }).msg);
  };
  return { lines, log: pino({ level: 'info' }, { write }) };
}

const open: Database[] = [];
function databaseAt(ports: readonly number[], log: Logger, password = ''): Database {
  const servers = ports.map((port) => ({ host: '127.0.0.1', port }));
  const database = new Database(
    { servers, user: 'root', password, database: 'asterisk_test' },
    { clock: systemClock, log },
  );
  open.push(database);
  return database;
}
afterEach(async () => {
  primary.goOn();
  await Promise.all(open.splice(0).map((database) => database.close()));
});

describe('Database', () => {
  it('answers, reads without locks, and cannot write', async () => {
    const { log, lines } = spiedLog();
    const database = databaseAt([primary.port], log);
    expect(await ask(database, 7)).toEqual([{ n: 7 }]);
    const setting = z.object({ isolation: z.string(), readOnly: z.coerce.number(), limit: z.coerce.number() });
    const sql = 'SELECT @@tx_isolation AS isolation, @@tx_read_only AS readOnly, @@max_statement_time AS `limit`';
    expect(await database.query(setting, sql, [])).toEqual([{ isolation: 'READ-UNCOMMITTED', readOnly: 1, limit: 5 }]);
    await expect(database.query(answer, "INSERT INTO whoami VALUES ('x')", [])).rejects.toThrow(DatabaseAwayError);
    expect(lines).toHaveLength(1);
  });

  it('takes a value for a value, whatever is in it', async () => {
    const { log } = spiedLog();
    const database = databaseAt([primary.port], log);
    const row = z.object({ text: z.string() });
    for (const text of ["O'Brien", "'; DROP TABLE whoami; --", '\\', '%', '😀', '名']) {
      expect(await database.query(row, 'SELECT ? AS text', [text])).toEqual([{ text }]);
    }
  });

  it('goes on with other statements when the server refuses one, and says so once', async () => {
    const { log, lines } = spiedLog();
    const database = databaseAt([primary.port], log);
    for (let i = 0; i < 3; i++)
      await expect(database.query(answer, 'SELECT n FROM not_there', [])).rejects.toThrow(DatabaseRefusedError);
    expect(database.failures).toBe(1);
    expect(await ask(database)).toEqual([{ n: 1 }]);
    expect(database.isWell).toBe(true);
    expect(lines).toEqual([expect.stringContaining('refuses a statement')]);
  });

  it('skips rows that are not as they should be', async () => {
    const database = databaseAt([primary.port], spiedLog().log);
    const strict = z.object({ n: z.number().min(2) });
    const rows = await database.query(strict, 'SELECT 1 AS n UNION SELECT 2 UNION SELECT 3', []);
    expect(rows).toEqual([{ n: 2 }, { n: 3 }]);
  });

  it('fails at once while the server is down, says so once, and works again when it is back', async () => {
    const { log, lines } = spiedLog();
    const database = databaseAt([primary.port], log);
    expect(await ask(database)).toEqual([{ n: 1 }]);
    await primary.kill();
    await expect(ask(database)).rejects.toThrow(DatabaseAwayError);
    for (let i = 0; i < 50; i++) await expect(ask(database)).rejects.toThrow(DatabaseAwayError);
    expect(database.isWell).toBe(false);
    expect(database.failures).toBeLessThanOrEqual(3);
    await primary.start();
    await until(async () => (await ask(database).catch(() => [])).length === 1);
    expect(database.isWell).toBe(true);
    expect(lines.filter((line) => line.includes('answers again'))).toHaveLength(1);
    expect(lines.length).toBeLessThanOrEqual(3);
  });

  it('gives up a server that holds still, in the time that was given, and lets go of it', async () => {
    const { log, lines } = spiedLog();
    const database = databaseAt([primary.port], log);
    expect(await ask(database)).toEqual([{ n: 1 }]);
    await primary.stall();
    const asked = Array.from({ length: 12 }, () => ask(database).catch((error: unknown) => (error as Error).name));
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['DatabaseAwayError']));
    expect(lines).toEqual([expect.stringContaining('the ViciDial database fails')]);
    primary.goOn();
    await until(async () => (await ask(database).catch(() => [])).length === 1);
  });

  it('can be closed while a server holds still', async () => {
    const database = databaseAt([primary.port], spiedLog().log);
    await ask(database);
    await primary.stall();
    const late = ask(database).catch((error: unknown) => (error as Error).name);
    await database.close();
    open.pop();
    primary.goOn();
    expect(await late).toMatch(/Error/);
  });

  it('is refused with a wrong password, and tries no more than now and then', async () => {
    const { log, lines } = spiedLog();
    const database = databaseAt([primary.port], log, 'wrong');
    for (let i = 0; i < 20; i++) await expect(ask(database)).rejects.toThrow(DatabaseAwayError);
    expect(lines).toHaveLength(1);
    expect(database.failures).toBe(1);
  });

  it('asks the replica first, and the other while that one is away', async () => {
    const { log } = spiedLog();
    const database = databaseAt([replica.port, primary.port], log);
    const row = z.object({ name: z.string() });
    const whoAmI = () => database.query(row, 'SELECT name FROM whoami', []);
    expect(await whoAmI()).toEqual([{ name: 'replica' }]);
    await replica.kill();
    expect(await whoAmI()).toEqual([{ name: 'primary' }]);
    expect(database.isWell).toBe(true);
    await replica.start();
    await until(async () => (await whoAmI())[0]?.name === 'replica');
  });
});
