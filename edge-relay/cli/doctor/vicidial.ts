import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';
import { systemClock } from '../../clock.ts';
import { Database, type DatabaseOptions, type DatabaseServer } from '../../enrich/vicidial/database.ts';
import { lostFacts } from '../../enrich/vicidial/lost-facts.ts';
import { Tables } from '../../enrich/vicidial/tables.ts';
import type { RelaySettings } from '../../settings.ts';
import { databaseOptions } from '../../enrich/vicidial/vicidial.ts';
import { ANSWER_MS, type Diagnosis, ok, problem, warning } from './finding.ts';

/** Logs in to ViciDial's database, the replica too where there is one, and runs every statement that the relay runs. */
export async function checkVicidial(settings: RelaySettings): Promise<Diagnosis> {
  const options = databaseOptions(settings);
  if (!options) return ok('not used: EARSHOT_VICIDIAL_HOST is not set');
  const findings = await Promise.all(options.servers.map((server) => checkServer(server, options)));
  const worst = findings.find(({ verdict }) => verdict === 'problem');
  const limited = findings.find(({ verdict }) => verdict === 'warning');
  if (!worst) return limited ?? ok(findings.map(({ found }) => found).join('; '));
  // One of two that answers suffices.
  const isOther = findings.some(({ verdict }) => verdict !== 'problem');
  return isOther && worst.advice !== undefined ? warning(worst.found, worst.advice) : worst;
}

async function checkServer({ host, port }: DatabaseServer, options: DatabaseOptions): Promise<Diagnosis> {
  const { user, database, password } = options;
  const address = `${host}:${port}`;
  try {
    const connection = await createConnection({
      host,
      port,
      user,
      password,
      database,
      connectTimeout: ANSWER_MS,
    });
    connection.destroy();
    return await checkStatements({ host, port }, options);
  } catch (error) {
    return explain(error as NodeJS.ErrnoException, { address, user, database });
  }
}

/** As the relay runs them: with its statements, its limits, and what it does about a column that it may not read. */
async function checkStatements(server: DatabaseServer, options: DatabaseOptions): Promise<Diagnosis> {
  const address = `${server.host}:${server.port}`;
  const database = new Database(
    { ...options, servers: [server] },
    { clock: systemClock, log: pino({ level: 'silent' }) },
  );
  try {
    const tables = new Tables(database, systemClock);
    await tables.tryAll();
    const lost = lostFacts(tables.unreadable(), options.user);
    if (lost.length === 0) return ok(`${address} answers and may be read`);
    const [found, advice] = [
      `${address} answers, but: ${lost.map((fact) => fact.found).join('; ')}`,
      [...new Set(lost.map((fact) => fact.advice))].join(' '),
    ];
    return tables.isBlind() ? problem(found, advice) : warning(found, advice);
  } finally {
    await database.close();
  }
}

function explain(
  { code = '', message }: NodeJS.ErrnoException,
  { address, user, database }: { address: string; user: string; database: string },
): Diagnosis {
  if (code === 'ER_ACCESS_DENIED_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR')
    return problem(
      `${address} refuses the login of ${user}`,
      `Check EARSHOT_VICIDIAL_USER and EARSHOT_VICIDIAL_PASSWORD, and that the user may come from this machine (docs/install-vicidial.md).`,
    );
  if (code === 'ER_TABLEACCESS_DENIED_ERROR')
    return problem(
      `${address} does not let ${user} read (${message})`,
      `GRANT SELECT ON ${database}.* TO this user, or on the tables docs/install-vicidial.md names.`,
    );
  if (code === 'ER_BAD_DB_ERROR' || code === 'ER_NO_SUCH_TABLE')
    return problem(`${address}: ${message}`, 'Set EARSHOT_VICIDIAL_DATABASE to ViciDial’s database (asterisk).');
  return problem(
    `${address} does not answer (${code || message})`,
    'Check EARSHOT_VICIDIAL_HOST and _PORT, bind-address of the database, and the firewall. Calls are transcribed without it.',
  );
}
