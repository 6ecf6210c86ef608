import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { SORT_KEY } from '#core/table-layout.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Handler } from './handler.ts';
import { acknowledge } from './nag.ts';
import { ThresholdAlarm } from './threshold-alarm.ts';

export interface StreamReading {
  /** Sort key prefixes of the rows whose inserts and changes are read. */
  readonly prefixes: readonly string[];
  /** What the dead-letter queue holds, for its alarm. */
  readonly what: string;
  /** Older changes are skipped. */
  readonly maxAge: Duration;
  /** How long changes are batched before the function is invoked. */
  readonly window: Duration;
  readonly alarms: ITopic;
}

/** Viewers see outdated calls by then. */
const BEHIND_MS = 30_000;

/** Invokes a function with the table's stream, a batch of a shard at a time; failed ones go to a dead-letter queue. */
export function readStream(handler: Handler, table: ITable, reading: StreamReading): void {
  const { prefixes, what, maxAge, window, alarms } = reading;
  handler.function.addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      // Changes during one batch are collected in the next one.
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 3,
      maxBatchingWindow: window,
      maxRecordAge: maxAge,
      onFailure: new SqsDlq(new DeadLetterQueue(handler, 'Unread', { what, alarms }).queue),
      filters: prefixes.map((prefix) =>
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { Keys: { [SORT_KEY]: { S: FilterRule.beginsWith(prefix) } } },
        }),
      ),
    }),
  );
  new ThresholdAlarm(handler, 'Behind', {
    description: `${handler.node.id} is behind the table’s stream`,
    metric: handler.function.metric('IteratorAge', { statistic: 'max', period: Duration.minutes(1) }),
    threshold: BEHIND_MS,
    alarms,
  });
  acknowledge(handler, { 'AwsSolutions-IAM5[Resource::*]': 'ListStreams has no resource to name.' });
}
