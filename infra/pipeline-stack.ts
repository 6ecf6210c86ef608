import { Aws, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, Match, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { EVENT_REFUSED, PEOPLE_NOT_LISTED, UNREADABLE_ROW, UTTERANCE_CONFLICT } from '#core/contracts/counted-logs.ts';
import { CORE_SOURCE, RELAY_SOURCE_PREFIX } from '#core/contracts/relay-identity.ts';
import { sortKeyPrefixes } from '#core/table-layout.ts';
import type { Bundles } from './bundle.ts';
import type { InfraConfig } from './config.ts';
import type { DataStack } from './data-stack.ts';
import { PipelineDashboard } from './dashboard.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DoorsStack } from './doors-stack.ts';
import { type CountedMessage, Handler, METRIC_NAMESPACE, metricOf } from './handler.ts';
import { ThresholdAlarm } from './threshold-alarm.ts';
import { acknowledge } from './nag.ts';
import { Notices } from './notices.ts';
import { allowModel, recapEnvironment } from './recap.ts';
import { RelayAccess } from './relay-access.ts';
import { readStream } from './stream-reader.ts';

/** The actions for loading a call and saving it in one transaction with its alerts and its row in the history. */
const writesCalls = ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:Query'];

export interface PipelineProps extends StackProps {
  readonly config: InfraConfig;
  readonly bundles: Bundles;
  readonly data: DataStack;
  readonly doors: DoorsStack;
  /** Where the page is, for links in notices. */
  readonly siteUrl: string;
}

/** The path of an utterance: bus, ingest, table stream, push; also ticks, the sweep and notification. */
export class PipelineStack extends Stack {
  readonly #props: PipelineProps;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id, props);
    this.#props = props;
    const { config, bundles, data } = props;
    const { table, alarms } = data;
    const shared = { config, alarms, timeout: Duration.seconds(30), memoryMegabytes: 512 };
    const stored = { TABLE_NAME: table.tableName, RETENTION_DAYS: String(config.retentionDays) };

    const bus = new EventBus(this, 'Bus', {
      eventBusName: config.stage === 'prod' ? 'earshot' : `earshot-${config.stage}`,
    });

    const ingest = new Handler(this, 'Ingest', {
      ...shared,
      // A whole processor, and room for the model.
      ...(config.sentiment === 'transformer' && { memoryMegabytes: 1769 }),
      code: bundles.ingest,
      entry: 'handler',
      concurrencyPercent: 24,
      environment: { ...stored, SENTIMENT: JSON.stringify(sentimentOf(config)) },
      asynchronous: true,
    });
    ingest.allow(writesCalls, table.tableArn);
    // DetectSentiment has no resource to name.
    if (config.sentiment === 'comprehend') ingest.allow(['comprehend:DetectSentiment'], '*');
    if (config.sentimentLayerArn !== undefined) {
      ingest.function.addLayers(LayerVersion.fromLayerVersionArn(this, 'SentimentLayer', config.sentimentLayerArn));
    }
    this.#watchConflicts(ingest);
    new Rule(this, 'CallEvents', {
      eventBus: bus,
      description: 'Events of a call are folded into its state',
      eventPattern: {
        source: Match.anyOf(Match.prefix(RELAY_SOURCE_PREFIX), Match.exactString(CORE_SOURCE)),
        detailType: ['CallStarted', 'CallDescribed', 'UtteranceTranscribed', 'CallEnded'],
      },
      targets: [this.#target(ingest, 'call events', alarms)],
    });

    const tick = new Handler(this, 'Tick', {
      ...shared,
      code: bundles.tick,
      entry: 'tick',
      concurrencyPercent: 10,
      environment: stored,
      asynchronous: true,
    });
    tick.allow([...writesCalls, 'dynamodb:BatchGetItem'], table.tableArn);
    new Rule(this, 'Ticks', {
      eventBus: bus,
      description: 'The relays’ last reports and lists of agents are stored',
      eventPattern: { source: Match.prefix(RELAY_SOURCE_PREFIX), detailType: ['CallsTicked', 'AgentsListed'] },
      targets: [this.#target(tick, 'ticks', alarms)],
    });

    const sweep = new Handler(this, 'Sweep', {
      ...shared,
      code: bundles.tick,
      entry: 'sweepCalls',
      concurrencyPercent: 2,
      environment: { ...stored, BUS_NAME: bus.eventBusName },
      asynchronous: true,
    });
    sweep.allow([...writesCalls, 'dynamodb:BatchGetItem'], table.tableArn);
    sweep.allow(['dynamodb:Query'], `${table.tableArn}/index/active`);
    this.#mayPublish(sweep, bus);
    this.#countedAlarm('PeopleNotListed', 'changes of what people may see do not take effect', PEOPLE_NOT_LISTED);
    this.#countedAlarm('UnreadableRows', 'stored rows cannot be read and are left out', UNREADABLE_ROW);
    this.#countedAlarm(
      'RefusedEvents',
      'events came from another relay than they name, and were dropped',
      EVENT_REFUSED,
    );
    new Rule(this, 'EveryMinute', {
      description: 'Calls that their relay no longer reports are ended as lost',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [this.#target(sweep, 'sweeps', alarms, RuleTargetInput.fromObject({}))],
    });

    // Two readers, so that the pace of the overview never delays utterances and alerts. A third would be throttled.
    this.#pushCalls(bus);
    this.#pushOverview();

    const { notify } = new Notices(this, 'Notices', {
      config,
      bundles,
      data,
      doors: props.doors,
      bus,
      siteUrl: props.siteUrl,
    });
    new Rule(this, 'Alerts', {
      eventBus: bus,
      description: 'People are notified of alerts',
      eventPattern: { source: [CORE_SOURCE], detailType: ['AlertRaised'] },
      targets: [this.#target(notify, 'alerts', alarms)],
    });
    this.#recap(bus);
    this.#watches(sweep);
    new PipelineDashboard(this, 'Overview', { name: `earshot-${config.stage}`, table, bus });

    for (const relay of config.relays) {
      new RelayAccess(this, { relay, bus, doors: props.doors, trustAnchorArn: config.relayTrustAnchorArn });
    }

    new CfnOutput(this, 'BusName', { value: bus.eventBusName });
    new CfnOutput(this, 'Region', { value: Aws.REGION });
  }

  /** Alarms when a relay has numbered two utterances of a call alike. */
  #watchConflicts(ingest: Handler): void {
    const { config, data } = this.#props;
    const counted = { metricNamespace: METRIC_NAMESPACE, metricName: `${config.stage}-conflicting-utterances` };
    new MetricFilter(this, 'ConflictingUtterances', {
      logGroup: ingest.function.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', UTTERANCE_CONFLICT),
      ...counted,
    });
    new ThresholdAlarm(this, 'Conflicts', {
      description: 'a relay has given two utterances of a call one number; both are kept',
      metric: new Metric({
        namespace: counted.metricNamespace,
        metricName: counted.metricName,
        statistic: 'sum',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      alarms: data.alarms,
    });
  }

  /** Pushes utterances, alerts and monitors to viewers, and announces alerts and finished calls on the bus. */
  #pushCalls(bus: EventBus): void {
    const { table, alarms } = this.#props.data;
    const push = this.#pusher('PushCalls', 'pushCalls');
    const what = 'alerts and summaries not announced';
    const unannounced = new DeadLetterQueue(push, 'Unannounced', { what, alarms });
    push.function.addEnvironment('BUS_NAME', bus.eventBusName);
    push.function.addEnvironment('UNANNOUNCED_URL', unannounced.queue.queueUrl);
    this.#mayPublish(push, bus);
    push.allow(['sqs:SendMessage'], unannounced.queue.queueArn);
    readStream(push, table, {
      prefixes: [
        sortKeyPrefixes.utterance,
        sortKeyPrefixes.conflict,
        sortKeyPrefixes.alert,
        sortKeyPrefixes.monitor,
        sortKeyPrefixes.record,
      ],
      what: 'changes not pushed or announced',
      // Alerts are announced even after an outage; the function itself does not push old changes to viewers.
      maxAge: Duration.hours(12),
      window: Duration.seconds(0),
      alarms,
    });
  }

  /** Pushes changed calls and relay reports to viewers of the overview. */
  #pushOverview(): void {
    const { table, alarms } = this.#props.data;
    readStream(this.#pusher('PushOverview', 'pushOverview'), table, {
      prefixes: [sortKeyPrefixes.state, sortKeyPrefixes.report],
      what: 'changes of the overview not pushed',
      // Pages have fetched older changes.
      maxAge: Duration.minutes(1),
      // A shard gets its turn about as often anyway, and waiting before the function runs is cheaper than in it.
      window: Duration.seconds(2),
      alarms,
    });
  }

  /** Writes the recaps of calls that are over. */
  #recap(bus: EventBus): void {
    const { config, bundles, data } = this.#props;
    const recap = new Handler(this, 'Recap', {
      config,
      alarms: data.alarms,
      // A model may take most of it.
      timeout: Duration.minutes(2),
      memoryMegabytes: 512,
      concurrencyPercent: 2,
      code: bundles.recap,
      entry: 'recapCompleted',
      environment: {
        TABLE_NAME: data.table.tableName,
        RETENTION_DAYS: String(config.retentionDays),
        BUS_NAME: bus.eventBusName,
        RECAP: recapEnvironment(config),
      },
      asynchronous: true,
    });
    recap.allow(
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'].map((action) => `dynamodb:${action}`),
      data.table.tableArn,
    );
    allowModel(recap, config);
    this.#mayPublish(recap, bus);
    new Rule(this, 'CompletedCalls', {
      eventBus: bus,
      description: 'Calls that are over are recapped',
      eventPattern: { source: [CORE_SOURCE], detailType: ['CallCompleted'] },
      targets: [this.#target(recap, 'calls to recap', data.alarms)],
    });
  }

  /** A function that posts to viewers. */
  #pusher(id: string, entry: string): Handler {
    const { config, bundles, data, doors } = this.#props;
    const push = new Handler(this, id, {
      config,
      alarms: data.alarms,
      timeout: Duration.seconds(30),
      // Mostly waiting.
      memoryMegabytes: 256,
      concurrencyPercent: 6,
      code: bundles['push-live'],
      entry,
      environment: {
        TABLE_NAME: data.table.tableName,
        RETENTION_DAYS: String(config.retentionDays),
        CALLBACK_URL: doors.urls.callback,
        USER_POOL_ID: data.userPool.userPoolId,
      },
    });
    push.allow(
      ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((action) => `dynamodb:${action}`),
      data.table.tableArn,
    );
    push.role.addManagedPolicy(doors.mayPost);
    data.letListPeople(push);
    return push;
  }

  /** An alarm on a log message that any function may write. */
  #countedAlarm(id: string, description: string, message: CountedMessage): void {
    const { config, data } = this.#props;
    new ThresholdAlarm(this, id, {
      description,
      metric: new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: metricOf(message, config.stage),
        statistic: 'sum',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      alarms: data.alarms,
    });
  }

  /** Lets a function publish the cloud's own events, under no relay's name. */
  #mayPublish(handler: Handler, bus: EventBus): void {
    handler.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: {
          'ForAllValues:StringEquals': { 'events:source': CORE_SOURCE },
          Null: { 'events:source': 'false' },
        },
      }),
    );
  }

  /** Lets the sweep check every dead-letter queue and alarm; to be called after all of them are created. */
  #watches(sweep: Handler): void {
    const queues = this.node.findAll().filter((part) => part instanceof DeadLetterQueue);
    sweep.function.addEnvironment(
      'WATCH',
      this.toJsonString({
        queues: queues.map(({ queue, what }) => ({ url: queue.queueUrl, what })),
        alarmPrefix: `Earshot-${this.#props.config.stage}-`,
      }),
    );
    sweep.allow(['sqs:GetQueueAttributes'], ...queues.map(({ queue }) => queue.queueArn));
    sweep.allow(['cloudwatch:DescribeAlarms'], '*');
    acknowledge(sweep, { 'AwsSolutions-IAM5[Resource::*]': 'Alarms are found by the prefix of their names.' });
  }

  /** A rule's target with a dead-letter queue for undeliverable events; the function has one for its failures. */
  #target(handler: Handler, what: string, alarms: DataStack['alarms'], event?: RuleTargetInput): LambdaFunction {
    const undelivered = new DeadLetterQueue(handler, 'Undelivered', { what: `undelivered ${what}`, alarms });
    return new LambdaFunction(handler.function, {
      deadLetterQueue: undelivered.queue,
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
      ...(event && { event }),
    });
  }
}

/** Lambda unpacks layers into /opt. */
function sentimentOf({ sentiment }: InfraConfig): object {
  return sentiment === 'transformer' ? { engine: sentiment, modelFolder: '/opt/model' } : { engine: sentiment };
}
