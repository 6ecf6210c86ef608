import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { Handler } from './handler.ts';

export interface PipelineDashboardProps {
  readonly name: string;
  readonly table: ITable;
  readonly bus: EventBus;
}

/** The pipeline on one page: lag, failures and cost. */
export class PipelineDashboard extends Construct {
  constructor(scope: Construct, id: string, { name, table, bus }: PipelineDashboardProps) {
    super(scope, id);
    const parts = Stack.of(this).node.findAll();
    const handlers = parts.filter((part) => part instanceof Handler);
    const queues = parts.filter((part) => part instanceof DeadLetterQueue);
    const period = Duration.minutes(1);
    const ofEach = (metricOf: (handler: Handler) => Metric) =>
      handlers.map((handler) => metricOf(handler).with({ label: handler.node.id, period }));
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, height: 6 });
    const ofTable = (metricName: string) =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: table.tableName },
        statistic: 'sum',
        label: metricName,
        period,
      });
    const ofBus = (metricName: string) =>
      new Metric({
        namespace: 'AWS/Events',
        metricName,
        dimensionsMap: { EventBusName: bus.eventBusName },
        statistic: 'sum',
        label: metricName,
        period,
      });

    new Dashboard(this, 'Dashboard', {
      dashboardName: name,
      defaultInterval: Duration.hours(3),
      widgets: [
        [
          graph(
            'Behind the stream (ms)',
            ofEach(({ function: fn }) => fn.metric('IteratorAge', { statistic: 'max' })),
          ),
          graph(
            'Took (ms, p95)',
            ofEach(({ function: fn }) => fn.metricDuration({ statistic: 'p95' })),
          ),
        ],
        [
          graph(
            'Failed',
            ofEach(({ function: fn }) => fn.metricErrors()),
          ),
          graph(
            'In dead-letter queues',
            queues.map(({ queue, what }) =>
              queue.metricApproximateNumberOfMessagesVisible({ label: what, statistic: 'max', period }),
            ),
          ),
        ],
        [
          graph('What costs: rows read and written', [
            ofTable('ConsumedWriteCapacityUnits'),
            ofTable('ConsumedReadCapacityUnits'),
          ]),
          graph('What costs: compute', [
            new MathExpression({
              label: 'Seconds of functions',
              expression: `(${handlers.map((_, index) => `d${index}`).join(' + ')}) / 1000`,
              usingMetrics: Object.fromEntries(
                handlers.map(({ function: fn }, index) => [
                  `d${index}`,
                  fn.metricDuration({ statistic: 'sum', period }),
                ]),
              ),
              period,
            }),
            ...ofEach(({ function: fn }) => fn.metricInvocations()),
          ]),
        ],
        [graph('Events on the bus', [ofBus('MatchedEvents'), ofBus('Invocations'), ofBus('FailedInvocations')])],
      ],
    });
  }
}
