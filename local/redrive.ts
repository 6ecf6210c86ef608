import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseArgs } from 'node:util';
import { entryOf } from './dead-letter.ts';
import { Problem, runMain } from './problem.ts';

const USAGE = 'Say which queue and which bus: npm run redrive -- QUEUE-NAME --bus earshot';

/** Puts the events in a dead-letter queue on the bus again, once each; what is no event stays. */
await runMain(async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { bus: { type: 'string' } } });
  const [queueName] = positionals;
  const { bus } = values;
  if (queueName === undefined || bus === undefined) throw new Problem(USAGE);
  const [sqs, eventBridge] = [new SQSClient(), new EventBridgeClient()];
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  // What fails again comes back to the queue: it is for another time.
  const startedAt = Date.now();
  let [sent, left] = [0, 0];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    if (Messages.length === 0) break;
    for (const { Body = '', Attributes, ReceiptHandle } of Messages) {
      const entry = entryOf(Body, bus);
      if (!entry || Number(Attributes?.SentTimestamp ?? 0) > startedAt) {
        left++;
        continue;
      }
      const { Entries = [] } = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
      const code = Entries[0]?.ErrorCode;
      if (code !== undefined) throw new Problem(`EventBridge refused an event, which stays in the queue: ${code}.`);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      sent++;
    }
  }
  console.log(`${sent} events are on the bus again, ${left} messages stay in the queue.`);
});
