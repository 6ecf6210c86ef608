import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { exampleAlert } from '#core/call/example-call.ts';
import type { CoreEvent } from '#core/contracts/events.ts';
import { DeadLetters } from './dead-letters.ts';
import { startTestTable, type TestTable } from './table.fake.ts';

let test: TestTable;
let sqs: SQSClient;
beforeAll(async () => {
  test = await startTestTable();
  sqs = new SQSClient(test.client);
}, 120_000);
afterAll(async () => {
  sqs.destroy();
  await test.stop();
});

const raised = (alertId: string): CoreEvent => ({
  type: 'AlertRaised',
  version: 1,
  relayId: 'core',
  callId: exampleAlert.callId,
  alert: { ...exampleAlert, alertId },
});

it('stores every event as the bus would deliver it', async () => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'unannounced' }));
  const events = Array.from({ length: 23 }, (_, index) => raised(`rule~${index + 1}`));
  await new DeadLetters(QueueUrl, sqs).store(events);

  const found: unknown[] = [];
  for (let reads = 0; found.length < events.length && reads < 10; reads++) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    found.push(...Messages.map(({ Body = '' }): unknown => JSON.parse(Body)));
  }
  const expected = events.map((detail) => ({ source: 'earshot.core', 'detail-type': 'AlertRaised', detail }));
  expect(found).toHaveLength(events.length);
  expect(found).toEqual(expect.arrayContaining(JSON.parse(JSON.stringify(expected)) as unknown[]));
});

it('fails if the queue does not exist', async () => {
  const nowhere = new DeadLetters(`${test.client.endpoint}/000000000000/nowhere`, sqs);
  await expect(nowhere.store([raised('rule~1')])).rejects.toThrow();
});
