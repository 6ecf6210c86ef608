import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EVENT_REFUSED, PEOPLE_NOT_LISTED, UNREADABLE_ROW } from '#core/contracts/counted-logs.ts';
import { AUDIT_PREFIX } from '#core/table-layout.ts';
import type { InfraConfig } from './config.ts';
import { acknowledge } from './nag.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { ThresholdAlarm } from './threshold-alarm.ts';

export const METRIC_NAMESPACE = 'Earshot';

/** Log messages that are counted whichever function writes them, and what they count. */
const countedMessages = {
  [UNREADABLE_ROW]: 'unreadable-rows',
  [EVENT_REFUSED]: 'refused-events',
  [PEOPLE_NOT_LISTED]: 'people-not-listed',
} as const;
export type CountedMessage = keyof typeof countedMessages;

/** The metric that counts a message in all functions of a stage. */
export const metricOf = (message: CountedMessage, stage: string): string => `${stage}-${countedMessages[message]}`;

export interface HandlerProps {
  /** The bundle's folder, and the name of the export to invoke. */
  readonly code: string;
  readonly entry: string;
  readonly environment: Record<string, string>;
  readonly timeout: Duration;
  readonly memoryMegabytes: number;
  /** Hundredths of the option `reservedConcurrency` that this function gets. */
  readonly concurrencyPercent: number;
  readonly config: InfraConfig;
  readonly alarms: ITopic;
  /** Invoked asynchronously: events that fail after all retries go to a dead-letter queue. */
  readonly asynchronous?: boolean;
  /** Whether it adds rows to the audit, which no function may change or delete. */
  readonly appendsToAudit?: boolean;
}

/** What changes rows of the table. */
const TABLE_WRITES = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];

/** A Lambda function with its log group, a role that may only write there, and an alarm on errors. */
export class Handler extends Construct {
  readonly function: Function;
  readonly role: Role;
  readonly #appendsToAudit: boolean;

  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    const { config, alarms } = props;
    this.#appendsToAudit = props.appendsToAudit === true;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.function = new Function(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.code),
      handler: `handler.${props.entry}`,
      role: this.role,
      logGroup,
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      loggingFormat: LoggingFormat.JSON,
      // A report of each invocation would be most of what is logged; the metrics contain the same.
      systemLogLevelV2: SystemLogLevel.WARN,
      timeout: props.timeout,
      memorySize: props.memoryMegabytes,
      ...(config.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: Math.floor((config.reservedConcurrency * props.concurrencyPercent) / 100),
      }),
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: id,
        POWERTOOLS_LOG_LEVEL: config.logLevel,
      },
      ...(props.asynchronous && {
        retryAttempts: 2,
        onFailure: new SqsDestination(
          new DeadLetterQueue(this, 'Failed', { what: `events ${id} failed on`, alarms }).queue,
        ),
      }),
    });
    // Whichever function meets them: the pipeline has one alarm for all.
    for (const message of [UNREADABLE_ROW, EVENT_REFUSED, PEOPLE_NOT_LISTED] as const) {
      new MetricFilter(this, countedMessages[message], {
        logGroup,
        filterPattern: FilterPattern.stringValue('$.message', '=', message),
        metricNamespace: METRIC_NAMESPACE,
        metricName: metricOf(message, config.stage),
      });
    }
    if (config.tracing) {
      acknowledge(this, { 'AwsSolutions-IAM5[Resource::*]': 'X-Ray’s actions have no resources to name.' });
    }
    new ThresholdAlarm(this, 'Errors', {
      description: `${id} fails`,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      alarms,
    });
  }

  /** Allows these actions on these resources; writing to the table never reaches the audit, but to add rows. */
  allow(actions: string[], ...resources: string[]): void {
    this.function.addToRolePolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
    const refused = actions.filter(
      (action) => TABLE_WRITES.includes(action) && !(this.#appendsToAudit && action === 'dynamodb:PutItem'),
    );
    if (refused.length === 0) return;
    this.function.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: refused,
        resources,
        conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [`${AUDIT_PREFIX}*`] } },
      }),
    );
  }
}
