import { parseArgs } from 'node:util';
import { dataOfCaller, deleteRows } from '../functions/adapters/caller-data.ts';
import { openTable } from '../functions/adapters/table.ts';
import { Problem, runMain } from './problem.ts';

const USAGE =
  'Say whom to forget and where: npm run forget-caller -- +4930123456 [another number…] --table NAME [--yes]';

/** Deletes all that is stored of one caller; without `--yes` it only says what it would delete. */
await runMain(async () => {
  const { positionals: numbers, values } = parseArgs({
    allowPositionals: true,
    options: { table: { type: 'string' }, yes: { type: 'boolean', default: false } },
  });
  if (numbers.length === 0 || values.table === undefined) throw new Problem(USAGE);
  const table = openTable(values.table);
  const { callIds, liveCallIds, keys } = await dataOfCaller(table, numbers);
  console.log(`${callIds.length} calls, ${keys.length} rows:${callIds.map((callId) => `\n  ${callId}`).join('')}`);
  if (liveCallIds.length > 0) {
    throw new Problem(`Nothing was deleted: ${liveCallIds.join(', ')} goes on. Try again when it is over.`);
  }
  if (!values.yes) {
    console.log('Nothing was deleted. Add --yes to delete them for good.');
    return;
  }
  await deleteRows(table, keys);
  console.log('Deleted.');
});
