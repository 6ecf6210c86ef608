import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startTestTable, type TestTable } from '../../adapters/table.fake.ts';
import { exampleNotice as notice } from '../notice.fake.ts';
import { snsNotifier } from './sns.ts';

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
}, 120_000);
afterAll(async () => {
  await test.stop();
});

describe('SNS', () => {
  it('publishes to the topic of the level', async () => {
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
    await snsNotifier(sns, topics).send(notice);
    const receivedBy = async ({ QueueUrl }: typeof warning, WaitTimeSeconds: number) =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }))).Messages ?? [];
    const [message] = await receivedBy(warning, 10);
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Subject: 'WARNING: 7',
      Message: expect.stringContaining(notice.link) as string,
    });
    expect(await receivedBy(urgent, 0)).toEqual([]);
  }, 20_000);
});
