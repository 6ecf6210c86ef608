import { ListQueuesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { execa } from 'execa';
import { relaySourceOf } from '#core/contracts/relay-identity.ts';
import { projectFolder } from '../local/config.ts';
import { awsEnvironment } from '../local/endpoint.ts';
import { publish, testRelay } from './bus.ts';
import { signIn } from './clients.ts';
import { eventually } from './eventually.ts';
import { runningSystem } from './system.ts';

const running = runningSystem();
const { config, system } = running;
const client = { endpoint: system.endpointUrl, region: config.aws.region, credentials: config.aws };
const sqs = new SQSClient(client);
afterAll(() => {
  sqs.destroy();
});

const source = relaySourceOf(testRelay);
const callId = `e2e-dead-letter-${Date.now()}`;
const started = {
  type: 'CallStarted',
  version: 1,
  ...testRelay,
  callId,
  callStartedAt: Date.now(),
  engine: 'script',
};

it('keeps what ingest fails on, with the reason, and takes it again by a command', async () => {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand());
  const [QueueUrl = ''] = QueueUrls.filter((url) => /IngestFailed/.test(url));
  const received = async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as { requestPayload?: { detail?: { callId?: string } } });
  };

  const malformed = { ...started, callId: 'no good id', callStartedAt: 'yesterday' };
  await publish(running, malformed);
  const failed = await eventually(async () => (await received())[0], 60_000);
  expect(failed.requestPayload).toMatchObject({ source, detail: malformed });
  expect(JSON.stringify(failed)).toContain('callStartedAt');

  // Another event that failed, for a reason that is mended now.
  const mended = { requestPayload: { source, 'detail-type': 'CallStarted', detail: started } };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(mended) }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'no event' }));
  const { stdout, stderr } = await execa(
    process.execPath,
    ['ops/earshot.mjs', 'redrive', 'IngestFailed', '--stage', 'local', '--json'],
    {
      cwd: projectFolder,
      env: { PATH: '', ...awsEnvironment(config, system.endpointUrl) },
      extendEnv: false,
    },
  );
  expect({ stderr, ...(JSON.parse(stdout) as object) }).toEqual({
    stderr: '',
    queueUrl: QueueUrl,
    busName: system.outputs.BusName,
    sent: 2,
    left: 1,
  });
  const api = await signIn(running);
  const { calls } = await eventually(async () => {
    const found = await api.activeCalls();
    return found.calls.some((call) => call.callId === callId) ? found : undefined;
  }, 20_000);
  expect(calls.filter((call) => call.callId === callId)).toHaveLength(1);
  const { engine: _, ...head } = started;
  await publish(running, { ...head, type: 'CallEnded', endedAt: Date.now(), lastSeq: 0, reason: 'hangup' });
}, 150_000);
