import { ListUserPoolsCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { SchedulerClient, ListScheduleGroupsCommand } from '@aws-sdk/client-scheduler';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deploy, destroy } from '../local/deploy.ts';
import { installEndpoint, startEndpoint, type Endpoint } from '../local/endpoint.ts';
import type { LocalConfig } from '../local/config.ts';
import { findPython } from '../local/machine.ts';
import { readTestConfig } from './config.ts';

let config: LocalConfig;
let endpoint: Endpoint;
beforeAll(async () => {
  config = await readTestConfig('deployment');
  rmSync(config.runFolder, { recursive: true, force: true });
  mkdirSync(join(config.runFolder, 'logs'), { recursive: true });
  await installEndpoint(await findPython(), config);
  endpoint = await startEndpoint(config, config.endpointPort);
}, 180_000);
afterAll(async () => endpoint.service.stop());

/** What the account holds, but for what belongs to the account and to the CDK itself. */
async function inventory(): Promise<string[]> {
  const settings = { endpoint: endpoint.url, region: config.aws.region, credentials: config.aws };
  const [tables, buses, rules, queues, topics, pools, groups] = await Promise.all([
    new DynamoDBClient(settings).send(new ListTablesCommand()),
    new EventBridgeClient(settings).send(new ListEventBusesCommand()),
    new EventBridgeClient(settings).send(new ListRulesCommand()),
    new SQSClient(settings).send(new ListQueuesCommand()),
    new SNSClient(settings).send(new ListTopicsCommand()),
    new CognitoIdentityProviderClient(settings).send(new ListUserPoolsCommand({ MaxResults: 60 })),
    new SchedulerClient(settings).send(new ListScheduleGroupsCommand()),
  ]);
  const named = [
    ...(tables.TableNames ?? []),
    ...(buses.EventBuses ?? []).map(({ Name }) => Name),
    ...(rules.Rules ?? []).map(({ Name }) => Name),
    ...(queues.QueueUrls ?? []),
    ...(topics.Topics ?? []).map(({ TopicArn }) => TopicArn),
    ...(pools.UserPools ?? []).map(({ Name }) => Name),
    ...(groups.ScheduleGroups ?? []).map(({ Name }) => Name),
  ];
  return named.filter((name) => name !== undefined && name !== 'default').sort() as string[];
}

describe('a deployment', () => {
  it('can be repeated, and leaves nothing when it is destroyed', async () => {
    expect(await inventory()).toEqual([]);
    const first = await deploy(config, endpoint.url);
    const standing = await inventory();
    expect(standing.length).toBeGreaterThan(10);

    expect(await deploy(config, endpoint.url)).toEqual(first);
    expect(await inventory()).toEqual(standing);

    await destroy(config, endpoint.url);
    expect(await inventory()).toEqual([]);
  }, 300_000);
});
