import { DescribeAlarmsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PipelineFindings } from '../adapters/pipeline-table.ts';

/** A dead-letter queue, and what it holds. */
export interface WatchedQueue {
  readonly url: string;
  readonly what: string;
}

/** What a self-check of the pipeline covers. */
export interface Watch {
  readonly queues: readonly WatchedQueue[];
  readonly alarmPrefix: string;
}

/** The messages waiting in the dead-letter queues, and the alarms in state ALARM. */
export async function findingsOf(
  { queues, alarmPrefix }: Watch,
  now: number,
  { sqs, cloudWatch }: { sqs: SQSClient; cloudWatch: CloudWatchClient },
): Promise<Omit<PipelineFindings, 'unreadableCalls'>> {
  const [deadLetters, { MetricAlarms = [] }] = await Promise.all([
    Promise.all(queues.map(async (queue) => waitingIn(queue, sqs))),
    cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: alarmPrefix, StateValue: 'ALARM', MaxRecords: 100 })),
  ]);
  return {
    checkedAt: now,
    deadLetters,
    alarms: MetricAlarms.map(({ AlarmName = '', AlarmDescription = '', StateUpdatedTimestamp }) => ({
      alarm: AlarmName,
      description: AlarmDescription,
      since: StateUpdatedTimestamp?.getTime() ?? now,
    })),
  };
}

async function waitingIn({ url, what }: WatchedQueue, sqs: SQSClient) {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return {
    queue: url.slice(url.lastIndexOf('/') + 1),
    what,
    messages: Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0),
  };
}
