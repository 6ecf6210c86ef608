import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './nag.ts';
import { ThresholdAlarm } from './threshold-alarm.ts';

/** A dead-letter queue, with an alarm while it holds any message. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;
  /** What it holds. */
  readonly what: string;

  constructor(scope: Construct, id: string, { what, alarms }: { what: string; alarms: ITopic }) {
    super(scope, id);
    this.what = what;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.queue, { 'AwsSolutions-SQS3': 'This is a dead-letter queue, of a function or a rule.' });
    new ThresholdAlarm(this, 'Waiting', {
      description: `${what} wait in a dead-letter queue`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'max' }),
      threshold: 1,
      alarms,
    });
  }
}
