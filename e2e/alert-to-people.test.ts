import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { RelayEvent } from '#core/contracts/events.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { publish, testRelay } from './bus.ts';
import { signIn } from './clients.ts';
import { eventually } from './eventually.ts';
import { runningSystem } from './system.ts';

const running = runningSystem();
const { config, system } = running;
const client = { endpoint: system.endpointUrl, region: config.aws.region, credentials: config.aws };

/** The tests before this one share the limits on notices and have used some of them. */
const ROOMY = { windowMinutes: 1, perRule: 100, perCall: 100, perFloor: 200 };

/** Words that the gravest of the default rules answers to. */
const RAGE = 'I hate this, it is awful, terrible and disgusting, you are useless';

it('notifies people of a critical alert, once, with the words and the way to the call, and keeps an eye on it', async () => {
  const [sns, sqs] = [new SNSClient(client), new SQSClient(client)];
  expect(defaultRules.some(({ level }) => level === 'critical')).toBe(true);
  const { Topics = [] } = await sns.send(new ListTopicsCommand());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'people' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const topics = Topics.filter(({ TopicArn }) => TopicArn?.includes('Alerts'));
  expect(topics).toHaveLength(3);
  for (const { TopicArn } of topics) {
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
  }

  const admin = await signIn(running, 'admin');
  const { version, extensions, ring, notices } = await admin.settings();
  const roomy = await admin.putSettings({ version, extensions, ring, notices: ROOMY });

  const callId = `e2e-people-${Date.now()}`;
  const now = Date.now();
  const head = { version: 1 as const, ...testRelay, callId, callStartedAt: now - 10_000 };
  const events: RelayEvent[] = [
    { type: 'CallStarted', ...head, engine: 'script' },
    { type: 'CallDescribed', ...head, describedAt: now - 9_000, metadata: { agent: { id: '7', name: 'Dana' } } },
    {
      type: 'UtteranceTranscribed',
      ...head,
      seq: 1,
      channel: 'caller',
      startMs: 5_000,
      endMs: 8_000,
      text: RAGE,
      engine: 'script',
      spokenAt: now,
      transcribedAt: now,
      publishedAt: now,
    },
  ];
  await publish(running, ...events);

  const received: string[] = [];
  const receive = async (WaitTimeSeconds: number) => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }));
    const messages = Messages.map(({ Body = '{}' }) => (JSON.parse(Body) as { Message?: string }).Message ?? '');
    received.push(...messages.filter((message) => message.includes(`/calls/${callId}`)));
    return received;
  };
  const [message] = await eventually(async () => (await receive(1)).length > 0 && received, 40_000);
  expect(message).toContain(RAGE);
  expect(message).toContain('CRITICAL');
  await eventually(async () => {
    const { Schedules = [] } = await new SchedulerClient(client).send(new ListSchedulesCommand());
    return Schedules.length > 0;
  }, 10_000);
  const { alerts } = await (await signIn(running)).call(callId);
  expect(alerts.map(({ level }) => level)).toContain('critical');
  // Several rules fire on these words; one notification is sent.
  expect(await receive(2)).toHaveLength(1);
  await admin.putSettings({ version: roomy.version, extensions, ring, notices });
}, 90_000);
