import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ALERT_RANG_NOBODY } from '#core/contracts/counted-logs.ts';
import type { Bundles } from './bundle.ts';
import type { InfraConfig } from './config.ts';
import type { DataStack } from './data-stack.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DoorsStack } from './doors-stack.ts';
import { Handler, METRIC_NAMESPACE } from './handler.ts';
import { acknowledge } from './nag.ts';

export interface NoticesProps {
  readonly config: InfraConfig;
  readonly bundles: Bundles;
  readonly data: DataStack;
  readonly bus: EventBus;
  /** For sending commands to relays, which ring telephones. */
  readonly doors: DoorsStack;
  readonly siteUrl: string;
}

/** Notifies people of alerts by every notifier, sums up those beyond the limits, and reminds of what nobody acknowledges. */
export class Notices extends Construct {
  /** To be invoked for each raised alert. */
  readonly notify: Handler;

  constructor(scope: Construct, id: string, props: NoticesProps) {
    super(scope, id);
    const { config, data } = props;
    const groupName = `earshot-${config.stage}-reminders`;
    const remind = this.#notifier('Remind', 'runScheduled', props);
    const group = new ScheduleGroup(this, 'Reminders', {
      scheduleGroupName: groupName,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        // Else a schedule of another account could use the role.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [remind.function.functionArn] }),
    );
    const unreminded = new DeadLetterQueue(this, 'Unreminded', {
      what: 'reminders and summaries not run',
      alarms: data.alarms,
    });
    unreminded.queue.grantSendMessages(role);

    this.notify = this.#notifier('Notify', 'notifyOfAlert', props, {
      ESCALATE_AFTER_MINUTES: String(config.escalateAfterMinutes),
      SCHEDULES: Stack.of(this).toJsonString({
        groupName,
        functionArn: remind.function.functionArn,
        roleArn: role.roleArn,
        deadLetterArn: unreminded.queue.queueArn,
      }),
    });
    this.notify.allow(
      ['scheduler:CreateSchedule'],
      Stack.of(this).formatArn({
        service: 'scheduler',
        resource: 'schedule',
        resourceName: `${groupName}/*`,
      }),
    );
    this.notify.allow(['iam:PassRole'], role.roleArn);
    this.notify.node.addDependency(group);
    new MetricFilter(this, 'Unrung', {
      logGroup: this.notify.function.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', ALERT_RANG_NOBODY),
      metricNamespace: METRIC_NAMESPACE,
      metricName: `${config.stage}-alerts-that-rang-nobody`,
    });
    const schedules = `arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/${groupName}/*`;
    acknowledge(this.notify, {
      [`AwsSolutions-IAM5[Resource::${schedules}]`]:
        'Each critical alert and each summary has a schedule of its own in this group.',
    });
  }

  #notifier(id: string, entry: string, props: NoticesProps, more: Record<string, string> = {}): Handler {
    const { config, bundles, data, doors, siteUrl } = props;
    const { alertTopics, table } = data;
    const { alertEmailFrom, alertEmails, slackSecretName } = config;
    const handler = new Handler(this, id, {
      config,
      alarms: data.alarms,
      code: bundles.notify,
      entry,
      timeout: Duration.seconds(30),
      memoryMegabytes: 512,
      concurrencyPercent: 3,
      asynchronous: true,
      environment: {
        TABLE_NAME: table.tableName,
        RETENTION_DAYS: String(config.retentionDays),
        SITE_URL: siteUrl,
        ALERT_TOPIC_ARNS: Stack.of(this).toJsonString({
          warning: alertTopics.warning.topicArn,
          urgent: alertTopics.urgent.topicArn,
          critical: alertTopics.critical.topicArn,
        }),
        SLACK_SECRET: slackSecretName ?? '',
        EMAIL_FROM: alertEmailFrom ?? '',
        EMAIL_TO: alertEmails.join(','),
        CALLBACK_URL: doors.urls.callback,
        ...more,
      },
    });
    handler.allow(
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((action) => `dynamodb:${action}`),
      table.tableArn,
    );
    handler.role.addManagedPolicy(doors.mayPost);
    handler.allow(['sns:Publish'], ...Object.values(alertTopics).map(({ topicArn }) => topicArn));
    if (slackSecretName !== undefined) {
      Secret.fromSecretNameV2(handler, 'Slack', slackSecretName).grantRead(handler.function);
    }
    if (alertEmailFrom !== undefined) {
      // SES may have verified the address or its whole domain.
      const identities = [alertEmailFrom, alertEmailFrom.replace(/^.*@/, '')];
      handler.allow(
        ['ses:SendEmail'],
        ...identities.map((resourceName) =>
          Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName }),
        ),
      );
    }
    return handler;
  }
}
