import { parseArgs } from 'node:util';
import { deleteRows, rowsOfCaller } from '../functions/adapters/caller-data.ts';
import { openTable } from '../functions/adapters/table.ts';
import { Problem, runMain } from './problem.ts';

const USAGE = 'Say whom to forget and where: npm run forget-caller -- +4930123456 --table NAME [--yes]';

/** Deletes all that is stored of one caller's number; without `--yes` it only says what it would delete. */
await runMain(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { table: { type: 'string' }, yes: { type: 'boolean', default: false } },
  });
  const [number] = positionals;
  if (number === undefined || values.table === undefined) throw new Problem(USAGE);
  const table = openTable(values.table);
  const { callIds, keys } = await rowsOfCaller(table, number);
  console.log(`${callIds.length} calls, ${keys.length} rows:${callIds.map((callId) => `\n  ${callId}`).join('')}`);
  if (!values.yes) {
    console.log('Nothing was deleted. Add --yes to delete them for good.');
    return;
  }
  await deleteRows(table, keys);
  console.log('Deleted.');
});
