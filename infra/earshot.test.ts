import { UTTERANCE_CONFLICT } from '#core/contracts/counted-logs.ts';
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
  Condition?: Record<string, Record<string, unknown>>;
}
const auditOnly = JSON.stringify({ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['AUDIT#*'] } });
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

const deployed = synthesize({
  stage: 'prod',
  retentionDays: '30',
  alarmEmails: 'ops@earshot.example',
  relays: 'berlin-1@berlin,rome-1@rome',
});
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

  it('lets no function change or delete a row of the audit, and only the API add one', () => {
    const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((action) => `dynamodb:${action}`);
    const functions = all('AWS::IAM::Policy').flatMap(([id, { Properties }]) => {
      const { Statement: statements } = Properties?.['PolicyDocument'] as { Statement: Statement[] };
      const actionsOf = (effect: string) =>
        statements
          .filter(({ Effect, Resource }) => Effect === effect && JSON.stringify(Resource).includes('Table'))
          .filter(({ Condition }) => effect === 'Allow' || JSON.stringify(Condition) === auditOnly)
          .flatMap(({ Action }) => Action)
          .filter((action) => writes.includes(action));
      const denied = new Set(actionsOf('Deny'));
      const allowed = actionsOf('Allow');
      return allowed.length === 0 ? [] : [[id, allowed.filter((action) => !denied.has(action))] as const];
    });
    expect(functions.length).toBeGreaterThan(6);
    const reaching = functions.filter(([, reach]) => reach.length > 0);
    expect(reaching).toEqual([[expect.stringMatching(/^ApiRole/), ['dynamodb:PutItem']]]);
  });

  it('names the person and the address in the access log', () => {
    deployed.doors.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      AccessLogSettings: {
        Format: Match.serializedJson(
          Match.objectLike({ person: '$context.authorizer.claims.sub', sourceIp: '$context.identity.sourceIp' }),
        ),
      },
    });
  });

  /** The statements of one relay's policy that allow an action. */
  const relayStatements = (relayId: string, action: string) =>
    Object.values(deployed.pipeline.findResources('AWS::IAM::ManagedPolicy') as Resources)
      .filter(({ Properties }) => String(Properties?.['Description']).includes(`relay ${relayId} `))
      .flatMap(({ Properties }) => (Properties?.['PolicyDocument'] as { Statement: Statement[] }).Statement)
      .filter(({ Action }) => [Action].flat().includes(action));

  it.each([
    ['berlin-1', 'berlin'],
    ['rome-1', 'rome'],
  ])(
    'lets the relay %s publish under its own source alone, each entry of a request, and only on this bus',
    (id, pbx) => {
      expect(relayStatements(id, 'events:PutEvents')).toEqual([
        {
          Effect: 'Allow',
          Action: 'events:PutEvents',
          Resource: { 'Fn::GetAtt': [expect.stringMatching('^Bus') as string, 'Arn'] },
          Condition: {
            'ForAllValues:StringEquals': { 'events:source': `earshot.relay/${id}/${pbx}` },
            Null: { 'events:source': 'false' },
          },
        },
      ]);
    },
  );

  it('lets nothing else publish under the source of a relay', () => {
    const publishing = [...all('AWS::IAM::Policy'), ...all('AWS::IAM::ManagedPolicy')]
      .flatMap(([, { Properties }]) => (Properties?.['PolicyDocument'] as { Statement: Statement[] }).Statement)
      .filter(({ Action }) => [Action].flat().includes('events:PutEvents'));
    const sources = publishing.map(({ Condition }) => Condition?.['ForAllValues:StringEquals']?.['events:source']);
    expect(sources.sort()).toEqual([
      'earshot.core',
      'earshot.core',
      'earshot.core',
      'earshot.relay/berlin-1/berlin',
      'earshot.relay/rome-1/rome',
    ]);
    expect(publishing.every(({ Condition }) => Condition?.['Null']?.['events:source'] === 'false')).toBe(true);
  });

  it('gives a certificate the role of its own relay alone', () => {
    const anchor = 'arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/0f1e';
    const { pipeline } = synthesize({ relays: 'berlin-1@berlin,rome-1@rome', relayTrustAnchorArn: anchor });
    for (const relayId of ['berlin-1', 'rome-1']) {
      pipeline.hasResourceProperties('AWS::IAM::Role', {
        Description: `What the Earshot relay ${relayId} is while it works`,
        AssumeRolePolicyDocument: {
          Statement: [['sts:AssumeRole', 'sts:TagSession'], 'sts:SetSourceIdentity'].map((Action) => ({
            Effect: 'Allow',
            Action,
            Principal: { Service: 'rolesanywhere.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:PrincipalTag/x509Subject/CN': relayId },
              ArnEquals: { 'aws:SourceArn': anchor },
            },
          })),
        },
        ManagedPolicyArns: [{ Ref: Match.stringLikeRegexp(`^Relay${relayId.replace('-', '')}Policy`) }],
      });
    }
  });

  it('has no credentials for relays that it does not list', () => {
    const { pipeline } = synthesize({});
    pipeline.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
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

  it('takes a restored table in place of its own, which it keeps, in one deployment', () => {
    const tableArn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/earshot-restored';
    const tableStreamArn = `${tableArn}/stream/2026-11-26T10:00:00.000`;
    const restored = synthesize({ stage: 'prod', tableStreamArn });
    for (const template of [restored.pipeline, restored.doors]) {
      const functions = Object.values(template.findResources('AWS::Lambda::Function') as Resources);
      const tables = functions.flatMap(
        ({ Properties }) =>
          (Properties?.['Environment'] as { Variables: Record<string, unknown> } | undefined)?.Variables[
            'TABLE_NAME'
          ] ?? [],
      );
      expect(new Set(tables)).toEqual(new Set(['earshot-restored']));
      const text = JSON.stringify(template.toJSON());
      expect(text).toContain(tableArn);
      expect(text).not.toMatch(/ImportValue":"[^"]*Table/);
    }
    restored.pipeline.allResourcesProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: tableStreamArn });
    // The stacks that still run with the former table import its outputs until their turn has come.
    const exports = (template: Template) =>
      Object.values(template.toJSON()['Outputs'] as Record<string, { Export?: { Name: string } }>).flatMap(
        (output) => output.Export?.Name ?? [],
      );
    const former = exports(deployed.data).filter((name) => name.includes('Table'));
    expect(former).toHaveLength(3);
    expect(exports(restored.data)).toEqual(expect.arrayContaining(former));
    restored.data.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain' });
    restored.data.hasOutput('TableName', { Value: 'earshot-restored' });
  });

  it('is restored by commands that give a table what the stack gives its own', () => {
    const [table] = Object.values(deployed.data.findResources('AWS::DynamoDB::Table')) as {
      Properties: Record<string, unknown>;
    }[];
    const commands = readFileSync(join(__dirname, '../docs/operations.md'), 'utf8');
    const { TimeToLiveSpecification: timeToLive, StreamSpecification: stream } = table?.Properties as {
      TimeToLiveSpecification: { AttributeName: string };
      StreamSpecification: { StreamViewType: string };
    };
    for (const command of [
      `--time-to-live-specification Enabled=true,AttributeName=${timeToLive.AttributeName}`,
      `--stream-specification StreamEnabled=true,StreamViewType=${stream.StreamViewType}`,
      '--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true',
      '--deletion-protection-enabled',
      '-c tableStreamArn=',
      "OutputKey=='TableName'",
    ])
      expect(commands).toContain(command);
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

  it('counts utterances whose number another one has where they are logged, and raises an alarm', () => {
    const alarms = all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const [metric] = all('AWS::Logs::MetricFilter').flatMap(([, { Properties }]) => {
      const isCounted = JSON.stringify(Properties?.['FilterPattern']).includes(UTTERANCE_CONFLICT);
      return isCounted ? (Properties?.['MetricTransformations'] as { MetricName: string }[]) : [];
    });
    expect(alarms.filter((alarm) => alarm?.['MetricName'] === metric?.MetricName)).toHaveLength(1);
  });

  it('has a dead-letter queue for every rule target and asynchronous function', () => {
    const targets = all('AWS::Events::Rule').flatMap(
      ([, { Properties }]) => Properties?.['Targets'] as Record<string, unknown>[],
    );
    expect(targets).toHaveLength(5);
    for (const target of targets) {
      expect(target).toMatchObject({ DeadLetterConfig: { Arn: {} }, RetryPolicy: { MaximumRetryAttempts: 185 } });
    }
    deployed.pipeline.resourcePropertiesCountIs(
      'AWS::Lambda::EventInvokeConfig',
      { MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: Match.anyValue() } } },
      6,
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
    expect(ours).toHaveLength(11);
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

  it('issues relay tickets by IAM, to each relay at a path of its own', () => {
    deployed.doors.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'POST /relay-tickets/{relayId}',
      AuthorizationType: 'AWS_IAM',
    });
    const policies = all('AWS::IAM::ManagedPolicy').concat(all('AWS::IAM::Policy'));
    const invoking = policies.flatMap(([id, { Properties }]) =>
      (Properties?.['PolicyDocument'] as { Statement: Statement[] }).Statement.filter(({ Action }) =>
        [Action].flat().includes('execute-api:Invoke'),
      ).map(({ Resource }) => ({ id, resource: JSON.stringify(Resource) })),
    );
    expect(invoking).toHaveLength(2);
    for (const [index, relayId] of ['berlin-1', 'rome-1'].entries()) {
      expect(invoking[index]?.id).toContain(`Relay${relayId.replace('-', '')}Policy`);
      expect(invoking[index]?.resource).toContain(`/POST/relay-tickets/${relayId}"`);
      expect(invoking[index]?.resource).not.toContain('*');
    }
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

  it('give the functions traces, and logs another retention', () => {
    chosen.pipeline.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    chosen.pipeline.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  });
});

it('reserves concurrency only where it is set, for every function and no more than that', () => {
  const concurrencyIn = ({ doors, pipeline }: ReturnType<typeof synthesize>) =>
    [doors, pipeline]
      .flatMap((template) => Object.values(template.findResources('AWS::Lambda::Function') as Resources))
      .map(({ Properties }) => Properties?.['ReservedConcurrentExecutions'] as number | undefined);
  expect(concurrencyIn(deployed).every((reserved) => reserved === undefined)).toBe(true);
  for (const total of [50, 400]) {
    const reserved = concurrencyIn(synthesize({ reservedConcurrency: String(total) })).map(Number);
    expect(reserved).toHaveLength(11);
    expect(Math.min(...reserved)).toBeGreaterThanOrEqual(1);
    expect(reserved.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(total);
    expect(reserved.reduce((sum, each) => sum + each)).toBeGreaterThan(total * 0.85);
  }
});

it('lets the API and the recaps ask the configured model, and nobody where recaps are extracted', () => {
  const asking = ({ doors, pipeline }: ReturnType<typeof synthesize>) =>
    [doors, pipeline].map((template) =>
      (Object.values(template.findResources('AWS::IAM::Policy')) as { Properties?: Record<string, unknown> }[])
        .flatMap(({ Properties }) => (Properties?.['PolicyDocument'] as { Statement: Statement[] }).Statement)
        .filter(({ Action }) => String(Action).startsWith('bedrock')),
    );
  expect(asking(deployed)).toEqual([[], []]);
  const byModel = asking(synthesize({ recap: 'bedrock', recapModel: 'eu.example.model-v1:0' }));
  for (const [statement, ...others] of byModel) {
    expect(others).toEqual([]);
    expect(JSON.stringify(statement?.Resource)).toContain('bedrock:*::foundation-model/example.model-v1:0');
    expect(JSON.stringify(statement?.Resource)).toContain('inference-profile/eu.example.model-v1:0');
  }
});

it('lets no schedule of another account use the role of reminders', () => {
  deployed.pipeline.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
  });
});

it('lets the functions that serve people look up their groups, and nothing else of the user pool', () => {
  const statements = [...all('AWS::IAM::Policy'), ...all('AWS::IAM::ManagedPolicy')]
    .flatMap(([id, { Properties }]) =>
      (Properties?.['PolicyDocument'] as { Statement: Statement[] }).Statement.map((statement) => ({
        id,
        ...statement,
      })),
    )
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('cognito-idp:')));
  expect(statements.map(({ id }) => id.replace(/Role.*/, '')).sort()).toEqual([
    'Api',
    'Connect',
    'PushCalls',
    'PushOverview',
  ]);
  expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(new Set(['cognito-idp:ListUsersInGroup']));
});

it('does not let people change which calls they may see, nor the name under which they act', () => {
  const [client] = Object.values(deployed.data.findResources('AWS::Cognito::UserPoolClient') as Resources);
  expect(client?.Properties?.['WriteAttributes']).toEqual(['email']);
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
