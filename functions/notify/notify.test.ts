import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetScheduleCommand, CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exampleAlert } from '#core/call/example-call.ts';
import { startTestTable, type TestTable } from '../adapters/test-table.ts';
import { emailChannel } from './channels/email.ts';
import { slackChannel, SlackError } from './channels/slack.ts';
import { snsChannel } from './channels/sns.ts';
import { remindAt } from './escalation.ts';
import { noticeOf, type Channel } from './notice.ts';
import { notify, NotifyError } from './notify.ts';
import { onceInTable } from './once.ts';

const notice = noticeOf(
  exampleAlert,
  { relayId: 'r', metadata: { agent: { id: '7' } } },
  { siteUrl: 'https://e.example', isReminder: false },
);

const received: { url: string | undefined; body: string }[] = [];
let status = 200;
let server: Server;
let url: string;
let test: TestTable;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  test = await startTestTable();
}, 120_000);
afterAll(async () => {
  await test.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const context = { getRemainingTimeInMillis: () => 30_000 } as Context;

describe('notify', () => {
  const told: string[] = [];
  const channel = (name: string, isBroken: () => boolean = () => false): Channel => ({
    name,
    send: () => {
      if (isBroken()) return Promise.reject(new Error('down'));
      told.push(name);
      return Promise.resolve();
    },
  });

  it('tells by every channel though one fails, and by that one alone when it is tried again', async () => {
    const once = onceInTable('earshot', context, new DynamoDBClient(test.client));
    let isBroken = true;
    const channels = [channel('a'), channel('b', () => isBroken), channel('c')];
    await expect(notify('one', notice, channels, once)).rejects.toThrow(NotifyError);
    expect(told.splice(0).sort()).toEqual(['a', 'c']);
    isBroken = false;
    await notify('one', notice, channels, once);
    expect(told.splice(0)).toEqual(['b']);
    await notify('one', notice, channels, once);
    expect(told).toEqual([]);
    await notify('two', notice, channels, once);
    expect(told.splice(0).sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('Slack', () => {
  const slack = slackChannel(() => Promise.resolve(`${url}/hook`));

  it('gets the blocks', async () => {
    await slack.send(notice);
    const { url: path, body } = received.at(-1) ?? {};
    expect(path).toBe('/hook');
    expect(JSON.parse(body ?? '')).toMatchObject({
      text: '● WARNING: 7',
      blocks: [{ type: 'header' }, {}, {}, {}, {}],
    });
  });

  it.each([
    [404, false],
    [429, true],
    [503, true],
  ])('that answers %i can be tried again: %s', async (answer, retryable) => {
    status = answer;
    await expect(slack.send(notice)).rejects.toMatchObject({ name: SlackError.name, retryable });
    status = 200;
  });
});

describe('SNS', () => {
  it('tells the subscribers of the level', async () => {
    const [sns, sqs] = [new SNSClient(test.client), new SQSClient(test.client)];
    const subscribed = async (name: string) => {
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
      return { TopicArn, QueueUrl };
    };
    const [warning, urgent, critical] = [await subscribed('w'), await subscribed('u'), await subscribed('c')];
    const topics = { warning: warning.TopicArn, urgent: urgent.TopicArn, critical: critical.TopicArn };
    await snsChannel(sns, topics).send(notice);
    const heardBy = async ({ QueueUrl }: typeof warning, WaitTimeSeconds: number) =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }))).Messages ?? [];
    const [message] = await heardBy(warning, 10);
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Subject: 'WARNING: 7',
      Message: expect.stringContaining(notice.link) as string,
    });
    expect(await heardBy(urgent, 0)).toEqual([]);
  }, 20_000);
});

describe('e-mail', () => {
  it('goes to each address, as HTML and as text', async () => {
    const client = new SESv2Client(test.client);
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'earshot@e.example' }));
    await emailChannel(client, 'earshot@e.example', ['a@e.example', 'b@e.example']).send(notice);
    const inbox = await (await fetch(`${test.client.endpoint}/_ministack/ses/messages`)).text();
    for (const part of ['Earshot WARNING: 7', 'a@e.example', 'b@e.example', 'Open the call', 'refund']) {
      expect(inbox).toContain(part);
    }
  });
});

describe('a reminder', () => {
  it('is scheduled once, for the instant', async () => {
    const client = new SchedulerClient(test.client);
    await client.send(new CreateScheduleGroupCommand({ Name: 'reminders' }));
    const target = {
      groupName: 'reminders',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:remind',
      roleArn: 'arn:aws:iam::000000000000:role/remind',
      deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:unreminded',
    };
    const reminder = { callId: exampleAlert.callId, alertId: exampleAlert.alertId };
    const at = Date.parse('2099-01-02T03:04:05.678Z');
    await remindAt(at, reminder, target, client);
    await remindAt(at + 60_000, reminder, target, client);
    const name = createHash('sha256').update(`${reminder.callId} ${reminder.alertId}`).digest('hex').slice(0, 40);
    const found = await client.send(new GetScheduleCommand({ GroupName: 'reminders', Name: name }));
    expect(found).toMatchObject({
      ScheduleExpression: 'at(2099-01-02T03:04:05)',
      ActionAfterCompletion: 'DELETE',
      Target: { Input: JSON.stringify(reminder) },
    });
  });
});
