import { CreateTableCommand, DynamoDBClient, type AttributeDefinition } from '@aws-sdk/client-dynamodb';
import { rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { localFolder, readLocalConfig } from '../../local/config.ts';
import { installEndpoint, startEndpoint } from '../../local/endpoint.ts';
import { findPython } from '../../local/machine.ts';
import { ACTIVE_INDEX, BY_DAY_INDEX } from './items.ts';
import { openTable, type Table } from './table.ts';

const indexes = [
  { name: ACTIVE_INDEX, partition: 'activeShard', projection: 'KEYS_ONLY' },
  { name: BY_DAY_INDEX, partition: 'day', projection: 'ALL' },
] as const;

/** A table, and how clients of other services reach the endpoint that it is on. */
export interface TestTable {
  readonly table: Table;
  readonly client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  readonly stop: () => Promise<void>;
}

/** A table of the deployed shape, empty, on a local AWS endpoint of its own; for tests. */
export async function startTestTable(): Promise<TestTable> {
  const port = await freePort();
  const config = { ...readLocalConfig(), runFolder: `${localFolder}/test-${port}` };
  await installEndpoint(await findPython(), config);
  const { url, service } = await startEndpoint(config, port);
  const settings = { endpoint: url, region: config.aws.region, credentials: config.aws };
  const client = new DynamoDBClient(settings);
  const text = (name: string): AttributeDefinition => ({ AttributeName: name, AttributeType: 'S' });
  await client.send(
    new CreateTableCommand({
      TableName: 'earshot',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        ...['PK', 'SK', ...indexes.map(({ partition }) => partition)].map(text),
        { AttributeName: 'at', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'PK', KeyType: 'HASH' },
        { AttributeName: 'SK', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: indexes.map(({ name, partition, projection }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: projection },
      })),
    }),
  );
  return {
    table: openTable('earshot', client),
    client: settings,
    stop: async () => {
      client.destroy();
      await service.stop();
      rmSync(config.runFolder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
