import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionNames, type Bundles } from './bundle.ts';
import { readInfraConfig } from './config.ts';
import { addEarshot } from './earshot.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}
type Resources = Record<string, { Type: string; Properties?: Record<string, unknown>; DeletionPolicy?: string }>;

function folderWith(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-infra-'));
  writeFileSync(join(folder, file), 'nothing');
  return folder;
}

const bundles = Object.fromEntries(
  functionNames.map((name) => [name, folderWith('handler.mjs')]),
) as unknown as Bundles;

function synthesize(context: Record<string, string>, environment: NodeJS.ProcessEnv = {}) {
  const app = new App({ context });
  const stacks = addEarshot(app, readInfraConfig(app.node, environment), {
    bundles,
    pageFolder: context['stage'] === 'local' ? undefined : folderWith('index.html'),
  });
  return {
    app,
    data: Template.fromStack(stacks.data),
    doors: Template.fromStack(stacks.doors),
    pipeline: Template.fromStack(stacks.pipeline),
    site: Template.fromStack(stacks.site),
  };
}

/** The page's config.json; values that are known only after deployment are placeholders. */
function pageConfig(app: App): Record<string, string> {
  const { directory } = app.synth();
  const [file] = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('config.json'),
  );
  return JSON.parse(readFileSync(join(directory, file ?? ''), 'utf8')) as Record<string, string>;
}

const deployed = synthesize({ stage: 'prod', retentionDays: '30', alarmEmails: 'ops@earshot.example' });
const templates = [deployed.data, deployed.doors, deployed.pipeline, deployed.site];
const all = (type: string) =>
  templates.flatMap((template) => Object.entries(template.findResources(type) as Resources));

describe('the deployed app', () => {
  it('grants no wildcard action, and all resources only where none can be named', () => {
    const policies = [...all('AWS::IAM::Policy'), ...all('AWS::IAM::ManagedPolicy')];
    const ours = policies.filter(([id]) => !id.startsWith('CustomCDKBucketDeployment'));
    const statements = ours.flatMap(
      ([, { Properties }]) => (Properties?.['PolicyDocument'] as { Statement: Statement[] }).Statement,
    );
    const anywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(anywhere)).toEqual(
      new Set([
        'dynamodb:ListStreams',
        'cloudwatch:DescribeAlarms',
        'transcribe:StartStreamTranscription',
        'transcribe:StartStreamTranscriptionWebSocket',
      ]),
    );
  });

  it('lets a relay publish only relay events, and only on this bus', () => {
    deployed.pipeline.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: 'events:PutEvents',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Bus'), 'Arn'] },
            Condition: { StringEquals: { 'events:source': 'earshot.relay' } },
          },
        ]),
      },
    });
  });

  it('retains the table, encrypted, with point-in-time recovery and a time to live', () => {
    deployed.data.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        GlobalSecondaryIndexes: [
          Match.objectLike({ IndexName: 'active', Projection: { ProjectionType: 'KEYS_ONLY' } }),
          Match.objectLike({ IndexName: 'byDay', Projection: { ProjectionType: 'ALL' } }),
        ],
      },
    });
    expect(all('AWS::Cognito::UserPool').every(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')).toBe(true);
    expect(all('AWS::S3::Bucket').every(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')).toBe(true);
  });

  it('encrypts every queue and gives each an alarm', () => {
    const queues = all('AWS::SQS::Queue');
    const alarms = all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    for (const [id, { Properties }] of queues) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
      expect(JSON.stringify(alarms)).toContain(`{"Fn::GetAtt":["${id}","QueueName"]}`);
    }
    expect(alarms.every((alarm) => (alarm?.['AlarmActions'] as unknown[]).length === 1)).toBe(true);
  });

  it('lets alarms publish to their topic', () => {
    deployed.data.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: Match.stringLikeRegexp('^Alarms') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
          }),
        ]),
      },
    });
  });

  it('raises an alarm when a function fails, a stream reader falls behind, or the API returns errors', () => {
    const counted = all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties?.['MetricName']);
    const count = (metric: string) => counted.filter((name) => name === metric).length;
    expect(count('Errors')).toBe(all('AWS::Lambda::Function').filter(([id]) => !id.startsWith('Custom')).length);
    expect(count('IteratorAge')).toBe(2);
    expect(count('5xx')).toBe(1);
  });

  it('has a dead-letter queue for every rule target and asynchronous function', () => {
    const targets = all('AWS::Events::Rule').flatMap(
      ([, { Properties }]) => Properties?.['Targets'] as Record<string, unknown>[],
    );
    expect(targets).toHaveLength(4);
    for (const target of targets) {
      expect(target).toMatchObject({ DeadLetterConfig: { Arn: {} }, RetryPolicy: { MaximumRetryAttempts: 185 } });
    }
    deployed.pipeline.resourcePropertiesCountIs(
      'AWS::Lambda::EventInvokeConfig',
      { MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: Match.anyValue() } } },
      5,
    );
  });

  it('reads the stream twice, which is the limit of a shard, with dead-letter queues', () => {
    const readers = Object.values(deployed.pipeline.findResources('AWS::Lambda::EventSourceMapping') as Resources).map(
      ({ Properties }) => Properties,
    );
    expect(readers).toHaveLength(2);
    for (const reader of readers) {
      expect(reader).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 3,
        DestinationConfig: { OnFailure: { Destination: expect.anything() as unknown } },
      });
    }
    const waits = readers.map((reader) => [
      reader?.['MaximumBatchingWindowInSeconds'],
      reader?.['MaximumRecordAgeInSeconds'],
    ]);
    expect(waits).toEqual([
      [0, 12 * 3600],
      [2, 60],
    ]);
  });

  it('runs every function of ours on arm64 with a log group of its own', () => {
    const ours = all('AWS::Lambda::Function').filter(([, { Properties }]) => Properties?.['Runtime'] === 'nodejs24.x');
    expect(ours).toHaveLength(10);
    for (const [, { Properties }] of ours) {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN', LogGroup: { Ref: expect.any(String) as string } },
      });
    }
    expect(all('AWS::Logs::LogGroup').every(([, { Properties }]) => Properties?.['RetentionInDays'] === 30)).toBe(true);
  });

  it('requires a token on every route of the API but its description', () => {
    const routes = Object.values(deployed.doors.findResources('AWS::ApiGatewayV2::Route') as Resources);
    const open = routes
      .filter(({ Properties }) => (Properties?.['AuthorizationType'] ?? 'NONE') === 'NONE')
      .map(({ Properties }) => Properties?.['RouteKey']);
    expect(open.sort()).toEqual(['$default', '$disconnect', 'GET /openapi.json', 'partial']);
    deployed.doors.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizationType: 'CUSTOM',
    });
  });

  it('issues relay tickets by IAM, on one route that the relay policy names', () => {
    deployed.doors.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'POST /relay-tickets',
      AuthorizationType: 'AWS_IAM',
    });
    const policies = all('AWS::IAM::ManagedPolicy').concat(all('AWS::IAM::Policy'));
    const invoking = policies.flatMap(([id, { Properties }]) =>
      (Properties?.['PolicyDocument'] as { Statement: Statement[] }).Statement.filter(({ Action }) =>
        [Action].flat().includes('execute-api:Invoke'),
      ).map(({ Resource }) => ({ id, resource: JSON.stringify(Resource) })),
    );
    expect(invoking).toHaveLength(1);
    expect(invoking[0]?.id).toMatch(/^RelayPolicy/);
    expect(invoking[0]?.resource).toContain('/POST/relay-tickets"');
    expect(invoking[0]?.resource).not.toContain('*');
  });

  it('throttles partials separately', () => {
    const [[, stage] = []] = Object.entries(
      deployed.doors.findResources('AWS::ApiGatewayV2::Stage', { Properties: { StageName: 'live' } }) as Resources,
    );
    expect(stage?.Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 500 },
      RouteSettings: { partial: { ThrottlingRateLimit: 800 } },
    });
    const [route] = Object.keys(
      deployed.doors.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: 'partial' } }),
    );
    expect((stage as { DependsOn?: string[] } | undefined)?.DependsOn).toContain(route);
  });

  it('serves the page by CloudFront alone, with a content security policy that names only its own APIs', () => {
    deployed.site.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    const [headers] = Object.values(deployed.site.findResources('AWS::CloudFront::ResponseHeadersPolicy') as Resources);
    const policy = JSON.stringify(headers);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy.match(/https:\/\/[a-z][\w.-]*/g)).toEqual(['https://cognito-idp.']);
  });

  it('subscribes the addresses in alarmEmails', () => {
    deployed.data.hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'ops@earshot.example',
      Protocol: 'email',
    });
  });
});

describe('the options of a deployment', () => {
  const account = '123456789012';
  const chosen = synthesize({
    stage: 'prod',
    siteDomain: 'calls.earshot.example',
    siteCertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/abc`,
    loginPrefix: 'earshot-example',
    webAclArn: `arn:aws:wafv2:us-east-1:${account}:global/webacl/earshot/abc`,
    relayPrincipalArn: `arn:aws:iam::${account}:role/relay`,
    ownKey: 'true',
    tracing: 'true',
    logRetentionDays: '7',
  });

  it('give the page a domain name, a certificate and a web ACL', () => {
    chosen.site.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['calls.earshot.example'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
        WebACLId: Match.stringLikeRegexp('webacl/earshot'),
      },
    });
    chosen.site.hasOutput('SiteUrl', { Value: 'https://calls.earshot.example' });
  });

  it('let people sign in by managed login, with an authorization code only', () => {
    chosen.data.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      CallbackURLs: ['https://calls.earshot.example/signed-in'],
      LogoutURLs: ['https://calls.earshot.example/sign-in'],
      GenerateSecret: Match.absent(),
    });
    chosen.data.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'earshot-example' });
    const policy = JSON.stringify(chosen.site.findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    expect(policy).toContain('https://earshot-example.auth.');
  });

  it('give the page the address of managed login, if it is used', () => {
    expect(pageConfig(chosen.app)['managedLoginUrl']).toMatch(
      /^https:\/\/earshot-example\.auth\..+\.amazoncognito\.com$/,
    );
    expect(pageConfig(deployed.app)).not.toHaveProperty('managedLoginUrl');
  });

  it('encrypt the table and the topics with a rotated key that only DynamoDB and SNS can use', () => {
    chosen.data.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Condition: { StringEquals: Match.objectLike({ 'kms:CallerAccount': Match.anyValue() }) },
          }),
        ]),
      },
    });
    chosen.data.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { SSEType: 'KMS' } });
    const keys = (template: Template) =>
      Object.entries(template.findResources('AWS::SNS::Topic') as Resources)
        .filter(([id]) => id.startsWith('Alerts'))
        .map(([, { Properties }]) => JSON.stringify(Properties?.['KmsMasterKeyId']));
    expect(keys(chosen.data)).toEqual(Array(3).fill(expect.stringContaining('OwnKey')));
    expect(keys(deployed.data)).toEqual(Array(3).fill(expect.stringContaining('alias/aws/sns')));
  });

  it('give the transformer engine a whole processor', () => {
    const { pipeline } = synthesize({
      sentiment: 'transformer',
      sentimentLayerArn: `arn:aws:lambda:us-east-1:${account}:layer:model:1`,
    });
    pipeline.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 1769, Layers: Match.anyValue() });
  });

  it('give the relay a role, the functions traces, and logs another retention', () => {
    chosen.pipeline.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { AWS: `arn:aws:iam::${account}:role/relay` } })],
      },
    });
    chosen.pipeline.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    chosen.pipeline.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  });
});

it('does not let people change which calls they may see', () => {
  const [client] = Object.values(deployed.data.findResources('AWS::Cognito::UserPoolClient') as Resources);
  expect(client?.Properties?.['WriteAttributes']).toEqual(['email', 'name']);
});

it('has one dashboard, and checks every dead-letter queue in the sweep', () => {
  deployed.pipeline.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  const [sweep] = Object.values(
    deployed.pipeline.findResources('AWS::Lambda::Function', { Properties: { Handler: 'handler.sweepCalls' } }),
  ) as { Properties: { Environment: { Variables: Record<string, unknown> } } }[];
  const watched = JSON.stringify(sweep?.Properties.Environment.Variables['WATCH']);
  const queues = Object.keys(deployed.pipeline.findResources('AWS::SQS::Queue'));
  expect(queues.length).toBeGreaterThan(8);
  for (const queue of queues) expect(watched).toContain(queue);
});

describe('notification of people', () => {
  it('has a topic for each level, and Slack and e-mail where they are set', () => {
    deployed.data.resourceCountIs('AWS::SNS::Topic', 4);
    const notifying = synthesize({
      stage: 'prod',
      alertEmailFrom: 'earshot@e.example',
      alertEmails: 'a@e.example,b@e.example',
      slackSecretName: 'earshot/slack',
      siteUrl: 'https://earshot.example',
    });
    notifying.pipeline.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'handler.notifyOfAlert',
      Environment: {
        Variables: Match.objectLike({
          EMAIL_FROM: 'earshot@e.example',
          EMAIL_TO: 'a@e.example,b@e.example',
          SLACK_SECRET: 'earshot/slack',
          SITE_URL: 'https://earshot.example',
        }),
      },
    });
    const statements = JSON.stringify(notifying.pipeline.findResources('AWS::IAM::Policy'));
    expect(statements).toContain('ses:SendEmail');
    expect(statements).toContain(':secret:earshot/slack-??????');
    expect(JSON.stringify(deployed.pipeline.findResources('AWS::IAM::Policy'))).not.toContain('ses:SendEmail');
  });
});

describe('a deployment to an endpoint on this machine', () => {
  const local = synthesize({ stage: 'local' }, { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' });
  const output = (name: string) => JSON.stringify(local.doors.findOutputs(name));

  it('has its APIs at paths of the endpoint', () => {
    expect(output('ApiUrl')).toMatch(/http:\/\/127\.0\.0\.1:4566\/_aws\/execute-api\/.*\/\$default/);
    expect(output('WebSocketUrl')).toMatch(/ws:\/\/127\.0\.0\.1:4566\/_aws\/execute-api\/.*\/live/);
  });

  it('retains nothing when it is destroyed, and uploads no page', () => {
    local.data.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    local.site.resourceCountIs('Custom::CDKBucketDeployment', 0);
  });
});
