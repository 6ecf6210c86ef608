import { type CfnElement, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  WebSocketApi,
  WebSocketStage,
  type CfnStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer,
  HttpUserPoolAuthorizer,
  WebSocketLambdaAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { RelayMessage } from '#core/contracts/control.ts';
import { relayTicketsPath } from '#core/contracts/http/tickets.ts';
import { indexes } from '#core/table-layout.ts';
import type { Bundles } from './bundle.ts';
import type { InfraConfig } from './config.ts';
import type { DataStack } from './data-stack.ts';
import { doorUrls, LIVE_STAGE, type DoorUrls } from './door-urls.ts';
import { Handler } from './handler.ts';
import { acknowledge } from './nag.ts';
import { allowModel, recapEnvironment } from './recap.ts';
import { ThresholdAlarm } from './threshold-alarm.ts';

export interface DoorsProps extends StackProps {
  readonly config: InfraConfig;
  readonly bundles: Bundles;
  readonly data: DataStack;
}

/** The route of partials, which relays send most; API Gateway routes a message by its `action`. */
const PARTIALS_ROUTE: RelayMessage['action'] = 'partial';

/** The HTTP API and the WebSocket API. */
export class DoorsStack extends Stack {
  readonly urls: DoorUrls;
  /** The right to post to WebSocket connections and to close them. */
  readonly mayPost: ManagedPolicy;
  /** What a relay calls, with a signed request, for its ticket. */
  readonly relayTicketsArn: (relayId: string) => string;

  constructor(scope: Construct, id: string, { config, bundles, data, ...props }: DoorsProps) {
    super(scope, id, props);
    const { table, alarms } = data;
    const shared = { config, alarms, timeout: Duration.seconds(10), memoryMegabytes: 512 };
    const stored = { TABLE_NAME: table.tableName, RETENTION_DAYS: String(config.retentionDays) };

    const socketApi = new WebSocketApi(this, 'WebSocketApi', { apiName: `earshot-${config.stage}-live` });
    const socketStage = new WebSocketStage(this, 'WebSocketStage', {
      webSocketApi: socketApi,
      stageName: LIVE_STAGE,
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
    });
    // Partials of a hundred watched calls (two sides, four a second) must not use up the rate limit of people.
    (socketStage.node.defaultChild as CfnStage).routeSettings = {
      [PARTIALS_ROUTE]: { ThrottlingRateLimit: 800, ThrottlingBurstLimit: 800 },
    };
    const httpApi = new HttpApi(this, 'HttpApi', {
      apiName: `earshot-${config.stage}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ['*'],
        allowHeaders: ['authorization', 'content-type'],
        allowMethods: [
          CorsHttpMethod.GET,
          CorsHttpMethod.POST,
          CorsHttpMethod.PUT,
          CorsHttpMethod.PATCH,
          CorsHttpMethod.DELETE,
        ],
        maxAge: Duration.hours(1),
      },
    });
    const httpStage = new HttpStage(this, 'HttpStage', {
      httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 200, burstLimit: 400 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'HttpAccessLogs', {
            retention: config.logRetentionDays,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            person: '$context.authorizer.claims.sub',
            sourceIp: '$context.identity.sourceIp',
            route: '$context.routeKey',
            status: '$context.status',
            latencyMs: '$context.responseLatency',
            authorizerError: '$context.authorizer.error',
          }),
        ),
      },
    });
    this.urls = doorUrls({ api: httpApi, stage: httpStage }, socketApi, config.endpointUrl);
    this.mayPost = this.#postingPolicy(socketApi);

    const authorizer = new Handler(this, 'Authorize', {
      ...shared,
      code: bundles.connect,
      entry: 'authorize',
      concurrencyPercent: 4,
      environment: { ...stored, USER_POOL_ID: data.userPool.userPoolId },
    });
    authorizer.allow(['dynamodb:UpdateItem'], table.tableArn);

    const connect = new Handler(this, 'Connect', {
      ...shared,
      code: bundles.connect,
      entry: 'handler',
      concurrencyPercent: 20,
      environment: { ...stored, CALLBACK_URL: this.urls.callback, USER_POOL_ID: data.userPool.userPoolId },
    });
    connect.allow(
      ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((action) => `dynamodb:${action}`),
      table.tableArn,
    );
    data.letListPeople(connect);
    connect.role.addManagedPolicy(this.mayPost);
    const integrationOf = (name: string) => new WebSocketLambdaIntegration(name, connect.function);
    socketApi.addRoute('$connect', {
      integration: integrationOf('Connect'),
      authorizer: new WebSocketLambdaAuthorizer('Ticket', authorizer.function, {
        identitySource: ['route.request.querystring.ticket'],
      }),
    });
    socketApi.addRoute('$disconnect', { integration: integrationOf('Disconnect') });
    socketApi.addRoute('$default', { integration: integrationOf('Message') });
    const partials = socketApi.addRoute(PARTIALS_ROUTE, { integration: integrationOf('Partial') });
    socketStage.node.addDependency(partials);

    const api = new Handler(this, 'Api', {
      ...shared,
      appendsToAudit: true,
      code: bundles.api,
      entry: 'handler',
      concurrencyPercent: 20,
      // Exports and backtests read hundreds of calls.
      timeout: Duration.seconds(29),
      memoryMegabytes: 1024,
      environment: {
        ...stored,
        WEBSOCKET_URL: this.urls.webSocket,
        CALLBACK_URL: this.urls.callback,
        STAGE: config.stage,
        USER_POOL_ID: data.userPool.userPoolId,
        RECAP: recapEnvironment(config),
      },
    });
    allowModel(api, config);
    api.role.addManagedPolicy(this.mayPost);
    data.letListPeople(api);
    api.allow(
      ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map((action) => `dynamodb:${action}`),
      table.tableArn,
    );
    api.allow(
      ['dynamodb:Query'],
      table.tableArn,
      ...Object.values(indexes).map(({ name }) => `${table.tableArn}/index/${name}`),
    );
    const integration = new HttpLambdaIntegration('Api', api.function, { scopePermissionToRoute: false });
    httpApi.addRoutes({
      path: '/{proxy+}',
      methods: [HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE],
      integration,
      authorizer: new HttpUserPoolAuthorizer('People', data.userPool, { userPoolClients: [data.userPoolClient] }),
    });
    // The function turns its errors into responses, so its own error metric does not count them.
    new ThresholdAlarm(this, 'ApiFails', {
      description: 'the API returns server errors',
      metric: httpStage.metricServerError({ period: Duration.minutes(5), statistic: 'sum' }),
      threshold: 1,
      alarms,
    });
    httpApi.addRoutes({
      path: relayTicketsPath('{relayId}'),
      methods: [HttpMethod.POST],
      integration,
      authorizer: new HttpIamAuthorizer(),
    });
    // IAM compares the path of the request, not that of the route.
    this.relayTicketsArn = (relayId) =>
      this.formatArn({
        service: 'execute-api',
        resource: httpApi.apiId,
        resourceName: `${httpStage.stageName}/POST${relayTicketsPath(relayId)}`,
      });
    const [description] = httpApi.addRoutes({ path: '/openapi.json', methods: [HttpMethod.GET], integration });

    if (description) {
      acknowledge(description, {
        'AwsSolutions-APIG4': 'The API’s description is the same for everyone and contains no data.',
      });
    }
    acknowledge(socketApi, {
      'AwsSolutions-APIG4':
        'The authorizer of $connect checks every connection; the other routes are reachable only through one.',
    });
    acknowledge(socketStage, {
      'AwsSolutions-APIG1':
        'WebSocket access logs need a role set for the whole account, which is not this stack’s to change. The functions log refused tickets, connections of relays and connections that they close; messages at level DEBUG alone.',
    });
    new CfnOutput(this, 'ApiUrl', { value: this.urls.api });
    new CfnOutput(this, 'WebSocketUrl', { value: this.urls.webSocket });
    new CfnOutput(this, 'CallbackUrl', { value: this.urls.callback });
  }

  #postingPolicy(api: WebSocketApi): ManagedPolicy {
    const connections = (method: string) => `${api.apiId}/${LIVE_STAGE}/${method}/@connections/*`;
    const policy = new ManagedPolicy(this, 'MayPost', {
      description: 'Post to the WebSocket connections of Earshot, and close them',
      statements: [
        new PolicyStatement({
          actions: ['execute-api:ManageConnections'],
          resources: ['POST', 'DELETE'].map((method) =>
            this.formatArn({ service: 'execute-api', resource: connections(method) }),
          ),
        }),
      ],
    });
    const apiName = String(this.resolve((api.node.defaultChild as CfnElement).logicalId));
    for (const method of ['POST', 'DELETE']) {
      const arn = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${apiName}>/${LIVE_STAGE}/${method}/@connections/*`;
      acknowledge(policy, {
        [`AwsSolutions-IAM5[Resource::${arn}]`]: 'Connections are created at run time and have no fixed names.',
      });
    }
    return policy;
  }
}
