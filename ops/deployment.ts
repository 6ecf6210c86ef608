import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Command } from 'commander';
import { personSchema, type Person } from '#core/people.ts';
import { openTable, type Table } from '../functions/adapters/table.ts';
import { UserError } from '../local/user-error.ts';
import { cloudFormationEndpoint } from './config.ts';
import type { Terminal } from './confirm.ts';
import { stackOutputs } from './stack-outputs.ts';

/** Which deployment a command works on: options of every command. */
export interface DeploymentOptions {
  readonly stage: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/** What a command prints: text for a person, or one JSON document for a program. */
export interface OutputOptions {
  readonly json: boolean;
}

/** What every command depends on. */
export interface Dependencies {
  readonly print: (text: string) => void;
  readonly terminal: Terminal;
  /** Where the options of deployments are kept; by default the project's `cdk.json`. */
  readonly cdkFile?: string;
  /** Of AWS; without them, the clients look for them in the environment and the profile. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Adds the options that every command has. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--stage <name>', 'the deployment', 'prod')
    .option('--region <region>', 'its AWS region, else that of the environment or the profile')
    .option('--endpoint <url>', 'an AWS endpoint other than AWS’s own')
    .option('--json', 'print JSON', false);
}

/** A deployed Earshot: what its stacks name, looked up when it is first needed. */
export class Deployment {
  readonly stage: string;
  readonly #endpoint: string | undefined;
  readonly #settings: Partial<Pick<DeploymentOptions, 'region' | 'endpoint'> & Pick<Dependencies, 'credentials'>>;
  readonly #outputs = new Map<string, Promise<Record<string, string>>>();

  constructor({ stage, region, endpoint }: DeploymentOptions, { credentials }: Dependencies) {
    this.stage = stage;
    this.#endpoint = endpoint;
    this.#settings = {
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && { credentials }),
    };
  }

  get sqs(): SQSClient {
    return new SQSClient(this.#settings);
  }

  get eventBridge(): EventBridgeClient {
    return new EventBridgeClient(this.#settings);
  }

  get cognito(): CognitoIdentityProviderClient {
    return new CognitoIdentityProviderClient(this.#settings);
  }

  /** @param name of the table, where the stack is not to be asked */
  async table(name?: string): Promise<Table> {
    return openTable(name ?? (await this.#output('Data', 'TableName')), new DynamoDBClient(this.#settings));
  }

  /** Who runs the command, by the credentials of AWS: nobody can choose the name under which they act. */
  async operator(): Promise<Person> {
    const sts = new STSClient(this.#settings);
    try {
      const { Arn = '' } = await sts.send(new GetCallerIdentityCommand());
      return personSchema.parse({ sub: Arn.slice(-128), name: Arn.slice(Arn.indexOf('/') + 1).slice(-256) });
    } finally {
      sts.destroy();
    }
  }

  async userPoolId(): Promise<string> {
    return this.#output('Data', 'UserPoolId');
  }

  async busName(): Promise<string> {
    return this.#output('Pipeline', 'BusName');
  }

  async apiUrl(): Promise<string> {
    return this.#output('Doors', 'ApiUrl');
  }

  async region(): Promise<string> {
    return this.#output('Pipeline', 'Region');
  }

  /** What the names of its queues begin with. */
  get queuePrefix(): string {
    return `${this.#stackName('Pipeline')}-`;
  }

  #stackName(part: string): string {
    return `Earshot-${this.stage}-${part}`;
  }

  async #output(part: string, name: string): Promise<string> {
    const stackName = this.#stackName(part);
    const { config } = new DynamoDBClient(this.#settings);
    const outputs =
      this.#outputs.get(stackName) ?? stackOutputs(stackName, config, this.#endpoint ?? cloudFormationEndpoint());
    this.#outputs.set(stackName, outputs);
    const value = (await outputs)[name];
    if (value === undefined) {
      throw new UserError(`The stack ${stackName} has no output ${name}. Deploy it anew: npm run deploy`);
    }
    return value;
  }
}
