import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  UserPoolGroup,
  type UserPoolClient,
  type UserPoolClientOptions,
} from 'aws-cdk-lib/aws-cognito';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  type ITable,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Level } from '#core/alert.ts';
import { indexes, INDEX_SORT_KEY, PARTITION_KEY, SORT_KEY, TIME_TO_LIVE } from '#core/table-layout.ts';
import { siteUrlOf, type InfraConfig } from './config.ts';
import type { Handler } from './handler.ts';
import { acknowledge } from './nag.ts';

/** What must outlive every deployment: the table, the user pool, and the topics of alarms and alerts. */
export class DataStack extends Stack {
  readonly table: ITable;
  readonly userPool: UserPool;
  readonly userPoolClient: UserPoolClient;
  /** Cognito's managed login, if it is used. */
  readonly loginUrl: string | undefined;
  readonly alarms: Topic;
  /** The topics of calls' alerts, one for each level, for people to subscribe to. */
  readonly alertTopics: Readonly<Record<Level, Topic>>;

  constructor(scope: Construct, id: string, { config, ...props }: StackProps & { config: InfraConfig }) {
    super(scope, id, props);
    const isLocal = config.stage === 'local';
    const removalPolicy = isLocal ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

    const key = config.ownKey ? this.#ownKey(removalPolicy) : undefined;
    const own = new Table(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(key
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }
        : { encryption: TableEncryption.AWS_MANAGED }),
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: TIME_TO_LIVE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: !isLocal,
      removalPolicy,
    });
    for (const { name, partition, projection } of Object.values(indexes)) {
      own.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: INDEX_SORT_KEY, type: AttributeType.NUMBER },
        projectionType: ProjectionType[projection],
      });
    }

    this.table = this.#restored(config, own, key) ?? (own as ITable);

    this.userPool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      passwordPolicy: {
        minLength: 10,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      // Which calls a supervisor may see; all without either attribute.
      customAttributes: {
        campaigns: new StringAttribute({ mutable: true, maxLen: 2048 }),
        teams: new StringAttribute({ mutable: true, maxLen: 2048 }),
        // Their own telephone, which rings when they join a call.
        extension: new StringAttribute({ mutable: true, maxLen: 8 }),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: !isLocal,
      removalPolicy,
    });
    for (const groupName of ['supervisor', 'admin']) {
      new UserPoolGroup(this, `Group-${groupName}`, { userPool: this.userPool, groupName });
    }
    this.userPoolClient = this.userPool.addClient('Page', {
      authFlows: { userPassword: true, userSrp: true },
      ...this.#login(config),
      // Custom attributes are left out, so that people cannot extend their own access, and names, under which they act. An
      // address counts only when it is verified.
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });

    this.loginUrl = this.#managedLogin(config);

    this.alarms = new Topic(this, 'Alarms', { enforceSSL: true });
    // The topic policy that enforces SSL replaces the default one, which lets alarms publish.
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    for (const address of config.alarmEmails) this.alarms.addSubscription(new EmailSubscription(address));

    // Encrypted, because alerts contain what was said.
    const masterKey = key ?? Alias.fromAliasName(this, 'TopicKey', 'alias/aws/sns');
    const topicOf = (level: Level) => new Topic(this, `Alerts-${level}`, { enforceSSL: true, masterKey });
    this.alertTopics = { warning: topicOf('warning'), urgent: topicOf('urgent'), critical: topicOf('critical') };

    acknowledge(this.userPool, {
      'AwsSolutions-COG2': 'MFA is offered to each person; a call centre’s own policy decides whether it is required.',
      'AwsSolutions-COG8': 'The Plus plan, with threat protection, is billed by user: left to the operator.',
    });

    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: this.userPoolClient.userPoolClientId });
    new CfnOutput(this, 'AlarmTopicArn', { value: this.alarms.topicArn });
    for (const [level, topic] of Object.entries(this.alertTopics)) {
      new CfnOutput(this, `AlertTopicArn-${level}`, { value: topic.topicArn });
    }
  }

  /** A table that was restored from a backup. The stack's own stays as it is, retained and read by nobody. */
  #restored({ tableStreamArn }: InfraConfig, own: Table, encryptionKey: Key | undefined): ITable | undefined {
    if (tableStreamArn === undefined) return undefined;
    // Until the other stacks have been deployed they still import these.
    for (const value of [own.tableName, own.tableArn, own.tableStreamArn]) this.exportValue(value);
    return Table.fromTableAttributes(this, 'Restored', {
      tableArn: tableStreamArn.replace(/\/stream\/.*$/, ''),
      tableStreamArn,
      globalIndexes: Object.values(indexes).map(({ name }) => name),
      ...(encryptionKey && { encryptionKey }),
    });
  }

  /** Lets a function look up who is in which group, and what they may see. */
  letListPeople(handler: Handler): void {
    handler.allow(['cognito-idp:ListUsersInGroup'], this.userPool.userPoolArn);
  }

  /** A key that any principal of this account may use, but only through DynamoDB and SNS. */
  #ownKey(removalPolicy: RemovalPolicy): Key {
    const key = new Key(this, 'OwnKey', {
      description: 'Encrypts the table and the alert topics of Earshot',
      enableKeyRotation: true,
      removalPolicy,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:CreateGrant'],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': this.account,
            'kms:ViaService': ['dynamodb', 'sns'].map((service) => `${service}.${this.region}.amazonaws.com`),
          },
        },
      }),
    );
    return key;
  }

  /** Sign-in by Cognito's managed login with an authorization code, or by the page's own form. */
  #login(config: InfraConfig): UserPoolClientOptions {
    if (config.loginPrefix === undefined) return { disableOAuth: true };
    const page = siteUrlOf(config) ?? '';
    return {
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${page}/signed-in`],
        logoutUrls: [`${page}/sign-in`],
      },
    };
  }

  #managedLogin(config: InfraConfig): string | undefined {
    if (config.loginPrefix === undefined) return undefined;
    const domain = this.userPool.addDomain('Login', {
      cognitoDomain: { domainPrefix: config.loginPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    const look = new CfnManagedLoginBranding(this, 'LoginLook', {
      userPoolId: this.userPool.userPoolId,
      clientId: this.userPoolClient.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    look.node.addDependency(domain);
    return `https://${config.loginPrefix}.auth.${this.region}.amazoncognito.com`;
  }
}
