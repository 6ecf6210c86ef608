import { CreateTableCommand, DynamoDBClient, type AttributeDefinition } from '@aws-sdk/client-dynamodb';
import { rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { localFolder, readLocalConfig } from '../../local/config.ts';
import { installEndpoint, startEndpoint } from '../../local/endpoint.ts';
import { findPython } from '../../local/machine.ts';
import { indexes, INDEX_SORT_KEY, PARTITION_KEY, SORT_KEY } from '#core/table-layout.ts';
import { openTable, type Table } from './table.ts';

/** A table, and the settings with which clients of other services reach its endpoint. */
export interface TestTable {
  readonly table: Table;
  readonly client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  readonly stop: () => Promise<void>;
}

/** An empty table with the deployed layout, on a local AWS endpoint of its own. */
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
        ...[PARTITION_KEY, SORT_KEY, ...Object.values(indexes).map(({ partition }) => partition)].map(text),
        { AttributeName: INDEX_SORT_KEY, AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: SORT_KEY, KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: Object.values(indexes).map(({ name, partition, projection }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: INDEX_SORT_KEY, KeyType: 'RANGE' },
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
