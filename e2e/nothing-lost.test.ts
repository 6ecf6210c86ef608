import { DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { RelayEvent } from '#core/contracts/events.ts';
import { silentSteps } from '../local/progress.ts';
import { startRelay, type LocalRelay } from '../local/system.ts';
import { eventually } from './eventually.ts';
import { readTestConfig } from './config.ts';
import { runningSystem } from './system.ts';

const CALLS = 5;
const KILLS = 3;
/** The audio runs so many times as fast as it would be spoken. */
const SPEED = 5;
const SILENCE = Buffer.concat([Buffer.from('100140', 'hex'), Buffer.alloc(320)]);

const { config: running, system } = runningSystem();
jest.setTimeout(400_000);

/** Stands between relay and endpoint, and does with requests to EventBridge what networks do. */
class FaultyWay {
  /** Every utterance that was sent at least once, and what it said. */
  readonly sent = new Map<string, string>();
  readonly lastSeqs = new Map<string, number>();
  isAway = false;
  requests = 0;
  faults = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((incoming, outgoing) => {
      void (async () => {
        const body = await buffer(incoming);
        const fault = this.#faultFor(incoming, body);
        if (fault === 'lost-before') {
          incoming.socket.destroy();
          return;
        }
        const onward = request(
          new URL(incoming.url ?? '/', system.endpointUrl),
          { method: incoming.method, headers: incoming.headers },
          (answer) => {
            // The request arrives, its response is lost.
            if (fault === 'lost-after') answer.resume().once('end', () => incoming.socket.destroy());
            else answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers));
          },
        );
        onward.once('error', () => incoming.socket.destroy());
        onward.end(body);
      })();
    });
  }

  static async start(): Promise<FaultyWay> {
    const way = new FaultyWay();
    await new Promise<void>((resolve) => way.#server.listen(0, '127.0.0.1', resolve));
    return way;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #faultFor({ headers }: IncomingMessage, body: Buffer): 'lost-before' | 'lost-after' | undefined {
    if (headers['x-amz-target'] !== 'AWSEvents.PutEvents') return undefined;
    this.requests++;
    const { Entries } = JSON.parse(body.toString()) as { Entries: { Detail: string }[] };
    for (const { Detail } of Entries) this.#note(JSON.parse(Detail) as RelayEvent);
    if (this.isAway) return 'lost-before';
    const dice = Math.random();
    if (dice < 0.3) this.faults++;
    return dice < 0.15 ? 'lost-before' : dice < 0.3 ? 'lost-after' : undefined;
  }

  #note(event: RelayEvent): void {
    if (event.type === 'CallEnded') this.lastSeqs.set(event.callId, event.lastSeq);
    if (event.type !== 'UtteranceTranscribed') return;
    const key = `${event.callId} ${String(event.seq)}`;
    // One number is one utterance, however often it is sent and whoever sends it.
    expect([key, this.sent.get(key) ?? event.text]).toEqual([key, event.text]);
    this.sent.set(key, event.text);
  }
}

/** Two legs a call; after a restart they come back under new UUIDs, as taps do. */
async function startTalking({ audioSocket, httpUrl }: LocalRelay, run: number): Promise<{ hangUp: () => void }> {
  const [host = '', port = ''] = audioSocket.split(':');
  const sockets = await Promise.all(
    Array.from({ length: 2 * CALLS }, async (_, leg) => {
      const uuid = `00000000-0000-4000-8000-${String(run * 1_000 + leg).padStart(12, '0')}`;
      const channel = leg % 2 === 0 ? 'agent' : 'caller';
      const linkedid = `${String(Math.floor(startedAt / 1_000))}.${String(Math.floor(leg / 2))}`;
      const described = await fetch(`${httpUrl}/legs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uuid, linkedid, channel }),
      });
      expect(described.status).toBe(202);
      const socket: Socket = connect(Number(port), host);
      socket.on('error', () => undefined).resume();
      await once(socket, 'connect');
      socket.write(Buffer.concat([Buffer.from('010010', 'hex'), Buffer.from(uuid.replaceAll('-', ''), 'hex')]));
      return socket;
    }),
  );
  const talking = setInterval(() => {
    for (const socket of sockets) if (socket.writable) for (let i = 0; i < SPEED; i++) socket.write(SILENCE);
  }, 20);
  return {
    hangUp: () => {
      clearInterval(talking);
      for (const socket of sockets) socket.end();
    },
  };
}

const startedAt = Date.now();
const upTo = (most: number) => Math.ceil(Math.random() * most);

/** Waits until a count has grown by so many. */
async function grownBy(count: () => number, more: number): Promise<void> {
  const before = count();
  await eventually(() => count() >= before + more, 60_000);
}

describe('what is said while the way to the cloud fails and the relay is killed', () => {
  const relays: LocalRelay[] = [];
  const talks: { hangUp: () => void }[] = [];
  let way: FaultyWay;
  const database = new DynamoDBClient({
    endpoint: system.endpointUrl,
    region: running.aws.region,
    credentials: running.aws,
  });

  beforeAll(async () => {
    way = await FaultyWay.start();
  });
  afterAll(async () => {
    for (const talk of talks) talk.hangUp();
    for (const relay of relays) await relay.service.stop();
    await way.close();
    database.destroy();
  });

  async function rows(callId: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const query = {
      TableName: system.outputs.TableName,
      KeyConditionExpression: 'PK = :call AND begins_with(SK, :utterance)',
      ExpressionAttributeValues: { ':call': { S: `CALL#${callId}` }, ':utterance': { S: 'UTT#' } },
    };
    for await (const { Items = [] } of paginateQuery({ client: database }, query))
      for (const item of Items) {
        const { SK, text } = unmarshall(item) as { SK: string; text: string };
        found.set(`${callId} ${String(Number(SK.slice(4)))}`, text);
      }
    return found;
  }

  it('is in the table, each utterance once', async () => {
    const config = await readTestConfig('nothing-lost');
    const script = join(config.runFolder, 'script.json');
    // What a run before left in the spool is not this one's.
    rmSync(config.runFolder, { recursive: true, force: true });
    mkdirSync(config.runFolder, { recursive: true });
    const lines = (who: string) =>
      Array.from({ length: 400 }, (_, i) => ({
        startMs: i * 2_000,
        endMs: i * 2_000 + 900,
        text: `${who} says ${String(i)}`,
      }));
    writeFileSync(script, JSON.stringify({ agent: lines('agent'), caller: lines('caller') }));
    const start = async () => {
      const options = { engine: 'script', step: silentSteps, relaySettings: { EARSHOT_SCRIPT_FILE: script } };
      const relay = await startRelay(config, options, { ...system, endpointUrl: way.url });
      relays.push(relay);
      return relay;
    };
    for (let run = 0; run < KILLS; run++) {
      const relay = await start();
      const calls = await startTalking(relay, run);
      talks.push(calls);
      await grownBy(() => way.requests, upTo(8));
      way.isAway = run === 1;
      await grownBy(() => way.requests, upTo(5));
      relay.service.process.kill('SIGKILL');
      await relay.service.ended;
      calls.hangUp();
    }
    const last = await start();
    way.isAway = false;
    const calls = await startTalking(last, KILLS);
    talks.push(calls);
    await grownBy(() => way.sent.size, 20 * CALLS + 1);
    calls.hangUp();
    await eventually(() => way.lastSeqs.size === CALLS, 60_000);

    const published = [...way.lastSeqs.values()].reduce((sum, lastSeq) => sum + lastSeq, 0);
    const stored = await eventually(async () => {
      const found = await Promise.all([...way.lastSeqs.keys()].map(rows));
      const all = new Map(found.flatMap((each) => [...each]));
      return all.size >= published ? all : undefined;
    }, 120_000);
    process.stdout.write(
      `${String(KILLS)} kills, ${String(way.faults)} faults: ${String(stored.size)} of ${String(published)} utterances are in the table\n`,
    );
    expect(published).toBeGreaterThan(20 * CALLS);
    expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(way.sent));
    for (const [callId, lastSeq] of way.lastSeqs)
      for (let seq = 1; seq <= lastSeq; seq++) expect(stored.has(`${callId} ${String(seq)}`)).toBe(true);
  });
});
