import { CreateScheduleGroupCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { createHash } from 'node:crypto';
import { exampleAlert } from '#core/call/example-call.ts';
import { startTestTable, type TestTable } from '../adapters/table.fake.ts';
import { remindAt } from './schedule.ts';

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
}, 120_000);
afterAll(async () => {
  await test.stop();
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
