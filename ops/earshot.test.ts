import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { execa } from 'execa';
import { PassThrough } from 'node:stream';
import { exampleCall } from '#core/call/example-call.ts';
import type { AuditKind } from '#core/audit.ts';
import { dayOf, daysBack } from '#core/days.ts';
import { AuditTable } from '../functions/adapters/audit-table.ts';
import { CallTable } from '../functions/adapters/call-table.ts';
import { RelayTable } from '../functions/adapters/relay-table.ts';
import { startTestTable, type TestTable } from '../functions/adapters/table.fake.ts';
import { projectFolder } from '../local/config.ts';
import { awsEnvironment } from '../local/endpoint.ts';
import { earshotProgram } from './program.ts';

jest.setTimeout(120_000);

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
});
afterAll(async () => test.stop());

/** Runs a command as an operator does whom nobody can ask; what it prints. */
async function earshot(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const { endpoint, region, credentials } = test.client;
  const terminal = { input: new PassThrough(), output: new PassThrough() };
  const program = earshotProgram({ print: (text) => printed.push(text), terminal, credentials });
  await program.parseAsync([...args, '--endpoint', endpoint, '--region', region], { from: 'user' });
  return printed.join('\n');
}

/** Runs a command as a program of its own, as `npx` does. */
async function npxEarshot(...args: string[]) {
  const aws = { ...test.client.credentials, region: test.client.region };
  return execa(process.execPath, ['ops/earshot.mjs', ...args], {
    cwd: projectFolder,
    env: { PATH: '', ...awsEnvironment({ aws }, test.client.endpoint) },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  });
}

/** The rows of the audit of one kind, in order. */
async function auditOf(kind: AuditKind) {
  const today = dayOf(Date.now());
  const { found } = await new AuditTable(test.table).search(
    daysBack(dayOf(Date.now() - 86_400_000), today),
    { kind },
    { limit: 50 },
  );
  return found.toReversed();
}

const containing = (text: string) => expect.stringContaining(text) as string;

describe('npx earshot', () => {
  it('explains itself and each command', async () => {
    expect(await npxEarshot('--help')).toMatchObject({ exitCode: 0, stdout: containing('forget-caller') });
    expect(await npxEarshot('people', 'invite', '--help')).toMatchObject({ exitCode: 0, stdout: containing('--role') });
  });

  it('fails with one line that says what it looked for, where, and what to do', async () => {
    const { exitCode, stdout, stderr } = await npxEarshot('relays', '--stage', 'nowhere');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.trim()).toMatch(/^The stack Earshot-nowhere-Data in us-east-1 .*--stage[^\n]*$/);
    const unreachable = await npxEarshot('relays', '--table', 'earshot', '--endpoint', 'http://127.0.0.1:1');
    expect(unreachable).toMatchObject({ exitCode: 1, stderr: containing('ECONNREFUSED') });
    expect(await npxEarshot('relays', '--table', 'no')).toMatchObject({ exitCode: 1, stderr: containing('--stage') });
    expect(await npxEarshot('forget-caller')).toMatchObject({ exitCode: 1, stderr: containing('numbers') });
    const invited = await npxEarshot('people', 'invite', 'nobody');
    expect(invited).toMatchObject({ exitCode: 1, stderr: containing('e-mail address') });
    const called = await npxEarshot('people', 'set', 'a@b.example', '--extension', '6');
    expect(called).toMatchObject({ exitCode: 1, stderr: containing('2 to 8 digits') });
  });
});

describe('earshot relays', () => {
  it('lists each relay with its last report', async () => {
    expect(await earshot('relays', '--table', 'earshot')).toBe('No relay has reported yet.');
    const report = { relayId: 'berlin-1', tickedAt: 1_795_399_200_000, part: 1, parts: 1, spooledEvents: 7, calls: [] };
    await new RelayTable(test.table).put(report);
    expect(await earshot('relays', '--table', 'earshot')).toMatch(/berlin-1 +\d+ s ago +silent +0 +7/);
    const json = await earshot('relays', '--table', 'earshot', '--json');
    expect(JSON.parse(json)).toEqual([expect.objectContaining({ relayId: 'berlin-1', isSilent: true })]);
  });
});

describe('earshot forget-caller', () => {
  const forget = async (...args: string[]) => earshot('forget-caller', ...args, '--table', 'earshot');
  let calls: CallTable;
  beforeAll(() => {
    calls = new CallTable(test.table, 30);
  });

  it('deletes what it shows once it is confirmed, and finds nothing then', async () => {
    const metadata = { caller: { number: '+491' } };
    await calls.save({ ...exampleCall, callId: 'over', version: 1, status: 'lost', metadata }, []);
    expect(await forget('+491', '--dry-run')).toBe('1 calls, 1 rows\n  over\nNothing was deleted.');
    await expect(forget('+491')).rejects.toThrow(/--yes/);
    expect(await calls.load('over')).toBeDefined();

    expect(await forget('+491', '--yes')).toContain('Deleted.');
    expect(await calls.load('over')).toBeUndefined();
    const rows = await auditOf('deletion');
    expect(rows).toMatchObject([{ what: 'Deleted all that was stored of a caller: 1 calls, 1 rows.' }]);
    expect(JSON.stringify(rows)).not.toContain('+491');
    expect(JSON.parse(await forget('+491', '--json'))).toEqual({
      callIds: [],
      rows: 0,
      unreadableCallIds: [],
      unknownCallIds: [],
      isDeleted: false,
    });
  });

  it('deletes nothing of a call that has not ended', async () => {
    await calls.save({ ...exampleCall, callId: 'now', version: 1, metadata: { caller: { number: '+492' } } }, []);
    await expect(forget('+492', '--yes')).rejects.toThrow(/have not ended: now/);
    expect(await calls.load('now')).toBeDefined();
  });
});

describe('earshot people', () => {
  let userPoolId: string;
  let cognito: CognitoIdentityProviderClient;
  const people = async (...args: string[]) =>
    earshot('people', ...args, '--user-pool', userPoolId, '--table', 'earshot');
  const list = async () => JSON.parse(await people('list', '--json')) as unknown;

  beforeAll(async () => {
    cognito = new CognitoIdentityProviderClient(test.client);
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: 'people', UsernameAttributes: ['email'] }),
    );
    userPoolId = UserPool?.Id ?? '';
    for (const GroupName of ['supervisor', 'admin']) {
      await cognito.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName }));
    }
  });
  afterAll(() => {
    cognito.destroy();
  });

  it('invites somebody, changes what they may do, and disables them once that is confirmed', async () => {
    const email = 'ada@example.com';
    expect(await people('list')).toContain('Nobody yet');
    expect(await people('invite', email, '--role', 'admin', '--extension', '6001')).toContain('invited');
    const account = { email, role: 'admin', status: 'FORCE_CHANGE_PASSWORD', isEnabled: true, extension: '6001' };
    expect(await list()).toEqual([account]);
    await expect(people('invite', email)).rejects.toThrow(/already.*--resend/);
    await people('invite', email, '--resend');

    await people('set', email, '--role', 'supervisor', '--campaigns', 'Sales,Save', '--extension', '');
    const { extension: _, ...changed } = { ...account, role: 'supervisor', campaigns: 'Sales,Save' };
    expect(await list()).toEqual([changed]);
    expect(await people('list')).toMatch(/ada@example\.com +supervisor +force change password +Sales,Save/);

    await expect(people('disable', email)).rejects.toThrow(/--yes/);
    expect(await list()).toEqual([changed]);
    await people('disable', email, '--yes');
    const { Enabled } = await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
    expect(Enabled).toBe(false);
    await people('enable', email);
    const { Enabled: again } = await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
    expect(again).toBe(true);
    const rows = await auditOf('people');
    expect(rows.map(({ what, changes }) => [what, changes])).toEqual([
      ['Invited ada@example.com.', ['role: none → admin', 'extension: none → set']],
      ['Sent the invitation of ada@example.com again.', []],
      [
        'Changed ada@example.com.',
        ['role: admin → supervisor', 'campaigns: none → Sales,Save', 'extension: set → none'],
      ],
      ['Disabled ada@example.com.', []],
      ['Enabled ada@example.com.', []],
    ]);
    expect(new Set(rows.map(({ by }) => by.sub))).toEqual(new Set([containing('arn:aws:')]));
  });

  it('says that there is nothing to change, or nobody', async () => {
    await expect(people('set', 'a@b.example')).rejects.toThrow(/--campaigns/);
    await expect(people('set', 'a@b.example', '--role', 'admin')).rejects.toThrow(/no account/);
    await expect(people('disable', 'a@b.example', '--yes')).rejects.toThrow(/no account/);
    await expect(people('invite', 'a@b.example', '--resend')).rejects.toThrow(/no account/);
  });
});

describe('earshot redrive', () => {
  const redrive = async (...args: string[]) => earshot('redrive', ...args, '--stage', 'test', '--bus', 'again');

  it('finds the queue by what distinguishes it from others, and puts its events on the bus', async () => {
    const [sqs, eventBridge] = [new SQSClient(test.client), new EventBridgeClient(test.client)];
    await eventBridge.send(new CreateEventBusCommand({ Name: 'again' }));
    await expect(redrive('Ingest')).rejects.toThrow(/no queue Earshot-test-Pipeline-/);
    const names = ['IngestFailedQueue1', 'IngestUndeliveredQueue2'].map((name) => `Earshot-test-Pipeline-${name}`);
    const urls: string[] = [];
    for (const QueueName of names) {
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
      urls.push(QueueUrl);
    }
    await expect(redrive('Ingest')).rejects.toThrow(new RegExp(`More than one queue.*${names.join('\\n  ')}`, 's'));
    await expect(redrive('Tick')).rejects.toThrow(/No queue/);

    const event = { source: 'earshot.relay', 'detail-type': 'CallStarted', detail: { callId: 'a' } };
    for (const MessageBody of [JSON.stringify({ requestPayload: event }), 'no event']) {
      await sqs.send(new SendMessageCommand({ QueueUrl: urls[0], MessageBody }));
    }
    expect(JSON.parse(await redrive('IngestFailed', '--json'))).toMatchObject({ busName: 'again', sent: 1, left: 1 });
    sqs.destroy();
    eventBridge.destroy();
  });
});
