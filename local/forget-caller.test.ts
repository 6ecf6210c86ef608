import { spawnSync } from 'node:child_process';
import { exampleCall } from '#core/call/example-call.ts';
import { CallTable } from '../functions/adapters/call-table.ts';
import { startTestTable, type TestTable } from '../functions/adapters/table.fake.ts';
import { projectFolder } from './config.ts';
import { awsEnvironment } from './endpoint.ts';

let test: TestTable;
let calls: CallTable;
beforeAll(async () => {
  test = await startTestTable();
  calls = new CallTable(test.table, 30);
  const metadata = { caller: { number: '+491' } };
  await calls.save({ ...exampleCall, callId: 'over', version: 1, status: 'lost', metadata }, []);
}, 120_000);
afterAll(async () => test.stop());

function forget(...args: string[]) {
  const aws = { ...test.client.credentials, region: test.client.region };
  return spawnSync(process.execPath, ['--import', 'tsx', 'local/forget-caller.ts', ...args], {
    cwd: projectFolder,
    env: { PATH: '', ...awsEnvironment({ aws }, test.client.endpoint) },
    encoding: 'utf8',
  });
}

it('says what it would delete, deletes it when told to, and finds nothing then', async () => {
  const dry = forget('+491', '--table', 'earshot');
  expect(dry).toMatchObject({ status: 0, stdout: expect.stringContaining('1 calls, 1 rows') as string });
  expect(dry.stdout).toContain('over');
  expect(await calls.load('over')).toBeDefined();

  expect(forget('+491', '--table', 'earshot', '--yes')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Deleted') as string,
  });
  expect(await calls.load('over')).toBeUndefined();
  expect(forget('+491', '--table', 'earshot').stdout).toContain('0 calls, 0 rows');
}, 120_000);

it('deletes nothing of a call that goes on, and says how it is to be used', async () => {
  await calls.save({ ...exampleCall, callId: 'now', version: 1, metadata: { caller: { number: '+492' } } }, []);
  expect(forget('+492', '--table', 'earshot', '--yes')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('now goes on') as string,
  });
  expect(await calls.load('now')).toBeDefined();
  expect(forget()).toMatchObject({ status: 1, stderr: expect.stringContaining('--table NAME') as string });
}, 120_000);
