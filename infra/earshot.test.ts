import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, writeFileSync } from 'node:fs';
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
    data: Template.fromStack(stacks.data),
    doors: Template.fromStack(stacks.doors),
    pipeline: Template.fromStack(stacks.pipeline),
    site: Template.fromStack(stacks.site),
  };
}

const deployed = synthesize({ stage: 'prod', retentionDays: '30', alarmEmails: 'ops@earshot.example' });
const templates = Object.values(deployed);
const all = (type: string) =>
  templates.flatMap((template) => Object.entries(template.findResources(type) as Resources));

describe('the deployed app', () => {
  it('grants no action with a wildcard, and everything only where it can be named', () => {
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
        'transcribe:StartStreamTranscription',
        'transcribe:StartStreamTranscriptionWebSocket',
      ]),
    );
  });

  it('lets a relay say only a relay’s events, and only on this bus', () => {
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

  it('keeps the table, encrypted, with point-in-time recovery and a time to live', () => {
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

  it('encrypts every queue and lets each raise an alarm', () => {
    const queues = all('AWS::SQS::Queue');
    const alarms = all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    for (const [id, { Properties }] of queues) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
      expect(JSON.stringify(alarms)).toContain(`{"Fn::GetAtt":["${id}","QueueName"]}`);
    }
    expect(alarms.every((alarm) => (alarm?.['AlarmActions'] as unknown[]).length === 1)).toBe(true);
  });

  it('keeps what a rule cannot deliver and what a function cannot do', () => {
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

  it('reads the stream in batches that fail by the record, and keeps what cannot be pushed', () => {
    deployed.pipeline.resourcePropertiesCountIs(
      'AWS::Lambda::EventSourceMapping',
      {
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 3,
        MaximumRecordAgeInSeconds: 60,
        DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      },
      2,
    );
  });

  it('runs every function of ours on arm64 with a log group of its own', () => {
    const ours = all('AWS::Lambda::Function').filter(([, { Properties }]) => Properties?.['Runtime'] === 'nodejs24.x');
    expect(ours).toHaveLength(11);
    for (const [, { Properties }] of ours) {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) as string } },
      });
    }
    expect(all('AWS::Logs::LogGroup').every(([, { Properties }]) => Properties?.['RetentionInDays'] === 30)).toBe(true);
  });

  it('asks every caller of the API for a token, but for its description', () => {
    const routes = Object.values(deployed.doors.findResources('AWS::ApiGatewayV2::Route') as Resources);
    const open = routes
      .filter(({ Properties }) => (Properties?.['AuthorizationType'] ?? 'NONE') === 'NONE')
      .map(({ Properties }) => Properties?.['RouteKey']);
    expect(open.sort()).toEqual(['$default', '$disconnect', 'GET /openapi.json']);
    deployed.doors.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizationType: 'CUSTOM',
    });
  });

  it('serves the page by CloudFront alone, with a policy that names no other host than its own doors', () => {
    deployed.site.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    const [headers] = Object.values(deployed.site.findResources('AWS::CloudFront::ResponseHeadersPolicy') as Resources);
    const policy = JSON.stringify(headers);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy.match(/https:\/\/[a-z][\w.-]*/g)).toEqual(['https://cognito-idp.']);
  });

  it('tells the addresses in alarmEmails', () => {
    deployed.data.hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'ops@earshot.example',
      Protocol: 'email',
    });
  });
});

describe('the way of an alert to people', () => {
  it('has a topic for each level, and Slack and e-mail where they are set', () => {
    deployed.data.resourceCountIs('AWS::SNS::Topic', 4);
    const told = synthesize({
      stage: 'prod',
      alertEmailFrom: 'earshot@e.example',
      alertEmails: 'a@e.example,b@e.example',
      slackSecretName: 'earshot/slack',
      siteUrl: 'https://earshot.example',
    });
    told.pipeline.hasResourceProperties('AWS::Lambda::Function', {
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
    const statements = JSON.stringify(told.pipeline.findResources('AWS::IAM::Policy'));
    expect(statements).toContain('ses:SendEmail');
    expect(statements).toContain(':secret:earshot/slack-??????');
    expect(JSON.stringify(deployed.pipeline.findResources('AWS::IAM::Policy'))).not.toContain('ses:SendEmail');
  });
});

describe('a deployment to an endpoint on this machine', () => {
  const local = synthesize({ stage: 'local' }, { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' });
  const output = (name: string) => JSON.stringify(local.doors.findOutputs(name));

  it('finds its doors at paths of the endpoint', () => {
    expect(output('ApiUrl')).toMatch(/http:\/\/127\.0\.0\.1:4566\/_aws\/execute-api\/.*\/\$default/);
    expect(output('WebSocketUrl')).toMatch(/ws:\/\/127\.0\.0\.1:4566\/_aws\/execute-api\/.*\/live/);
  });

  it('keeps nothing when it is destroyed, and uploads no page', () => {
    local.data.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    local.site.resourceCountIs('Custom::CDKBucketDeployment', 0);
  });
});

describe('the context', () => {
  it.each([
    ['stage', 'Prod!'],
    ['retentionDays', '0'],
    ['retentionDays', 'soon'],
    ['alarmEmails', 'nobody'],
    ['logLevel', 'LOUD'],
    ['alertEmailFrom', 'me'],
    ['slackSecretName', 'two words'],
    ['escalateAfterMinutes', '0'],
    ['siteUrl', 'earshot'],
  ])('refuses %s=%s by name', (name, value) => {
    const app = new App({ context: { [name]: value } });
    expect(() => readInfraConfig(app.node, {})).toThrow(name);
  });
});
