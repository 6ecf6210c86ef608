import { createConnection } from 'mysql2/promise';
import type { RelaySettings } from '../../settings.ts';
import { databaseOptions } from '../../enrich/vicidial/vicidial.ts';
import { ANSWER_MS, type Diagnosis, ok, problem, warning } from './finding.ts';

/** What the relay reads. */
const TABLES = [
  'vicidial_live_agents',
  'vicidial_auto_calls',
  'vicidial_closer_log',
  'vicidial_log',
  'vicidial_users',
  'recording_log',
];

/** Logs in to ViciDial's database, the replica too where there is one, and reads a row of each table. */
export async function checkVicidial(settings: RelaySettings): Promise<Diagnosis> {
  const options = databaseOptions(settings);
  if (!options) return ok('not used: EARSHOT_VICIDIAL_HOST is not set');
  const findings = await Promise.all(options.servers.map(({ host, port }) => checkServer(settings, host, port)));
  const worst = findings.find(({ verdict }) => verdict === 'problem');
  if (!worst) return ok(findings.map(({ found }) => found).join('; '));
  // One of two that answers suffices.
  const isOther = findings.some(({ verdict }) => verdict === 'ok');
  return isOther && worst.advice !== undefined ? warning(worst.found, worst.advice) : worst;
}

async function checkServer(settings: RelaySettings, host: string, port: number): Promise<Diagnosis> {
  const { EARSHOT_VICIDIAL_USER: user, EARSHOT_VICIDIAL_DATABASE: database } = settings;
  const address = `${host}:${port}`;
  try {
    const connection = await createConnection({
      host,
      port,
      user,
      password: settings.EARSHOT_VICIDIAL_PASSWORD ?? '',
      database,
      connectTimeout: ANSWER_MS,
    });
    try {
      for (const table of TABLES) await connection.query({ sql: `SELECT 1 FROM ${table} LIMIT 1`, timeout: ANSWER_MS });
    } finally {
      connection.destroy();
    }
    return ok(`${address} answers and may be read`);
  } catch (error) {
    return explain(error as NodeJS.ErrnoException, { address, user, database });
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
    'Check EARSHOT_VICIDIAL_HOST and _PORT, bind-address of the database, and the firewall. Calls are heard without it.',
  );
}
