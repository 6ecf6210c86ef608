import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PipelineTable } from '../adapters/pipeline-table.ts';
import { startTestTable, type TestTable } from '../adapters/table.fake.ts';
import { findingsOf } from './findings.ts';

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
}, 120_000);
afterAll(async () => test.stop());

describe('findingsOf', () => {
  it('counts the messages in each queue and names the alarms in state ALARM, for the API', async () => {
    const [sqs, cloudWatch] = [new SQSClient(test.client), new CloudWatchClient(test.client)];
    const [empty, full] = await Promise.all(
      ['empty', 'full'].map(
        async (QueueName) => (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '',
      ),
    );
    for (const MessageBody of ['1', '2']) await sqs.send(new SendMessageCommand({ QueueUrl: full, MessageBody }));
    for (const [AlarmName, StateValue] of [
      ['Earshot-test-rings', 'ALARM'],
      ['Earshot-test-quiet', 'OK'],
      ['Other-rings', 'ALARM'],
    ] as const) {
      await cloudWatch.send(
        new PutMetricAlarmCommand({
          AlarmName,
          AlarmDescription: 'it fails',
          MetricName: 'Errors',
          Namespace: 'AWS/Lambda',
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        }),
      );
      await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'test' }));
    }
    const queues = [
      { url: empty ?? '', what: 'ticks' },
      { url: full ?? '', what: 'call events' },
    ];
    const found = await findingsOf({ queues, alarmPrefix: 'Earshot-test-' }, 1000, { sqs, cloudWatch });
    const findings = { ...found, unreadableCalls: ['berlin-1'] };
    expect(findings).toMatchObject({
      checkedAt: 1000,
      deadLetters: [
        { queue: 'empty', what: 'ticks', messages: 0 },
        { queue: 'full', what: 'call events', messages: 2 },
      ],
      alarms: [{ alarm: 'Earshot-test-rings', description: 'it fails' }],
    });
    const pipeline = new PipelineTable(test.table);
    expect(await pipeline.load()).toBeUndefined();
    await pipeline.put(findings);
    expect(await pipeline.load()).toEqual(findings);
  }, 20_000);
});
