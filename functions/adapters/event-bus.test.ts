import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callEndedSchema } from '#core/call/events.ts';
import { EventBus, PublishError } from './event-bus.ts';

interface Entry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
}

const ended = callEndedSchema.parse(
  JSON.parse(readFileSync(`${__dirname}/../../core/contracts/golden/CallEnded.v1.json`, 'utf8')),
);
const batches: Entry[][] = [];
let refuse = false;
let server: Server;
let bus: EventBus;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { Entries } = JSON.parse(Buffer.concat(chunks).toString()) as { Entries: Entry[] };
      batches.push(Entries);
      const results = Entries.map((_, index) =>
        refuse && index === 0 ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' } : { EventId: 'e' },
      );
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ FailedEntryCount: refuse ? 1 : 0, Entries: results }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  bus = new EventBus(
    'earshot',
    new EventBridgeClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
  );
});
beforeEach(() => {
  batches.length = 0;
  refuse = false;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('EventBus', () => {
  it('publishes events with the source of the cloud, ten at a time', async () => {
    await bus.publish(Array.from({ length: 23 }, () => ended));
    expect(batches.map((entries) => entries.length)).toEqual([10, 10, 3]);
    expect(batches[0]?.[0]).toEqual({
      EventBusName: 'earshot',
      Source: 'earshot.core',
      DetailType: 'CallEnded',
      Detail: JSON.stringify(ended),
    });
  });

  it('publishes no more at once than a request may hold', async () => {
    const large = { ...ended, pbx: 'é'.repeat(50 * 1024) };
    await bus.publish([large, large, ended, large]);
    expect(batches.map((entries) => entries.length)).toEqual([3, 1]);
  });

  it('fails when EventBridge refuses one of them', async () => {
    refuse = true;
    await expect(bus.publish([ended, ended])).rejects.toThrow(
      new PublishError('EventBridge refused 1 events: ThrottlingException'),
    );
  });
});
