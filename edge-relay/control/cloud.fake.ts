import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type RelayCommand, type RelayMessage, relayMessageSchema } from '#core/contracts/control.ts';
import type { CloudVersion } from '#core/contracts/version.ts';
import { type WebSocket, WebSocketServer } from 'ws';

export const FAKE_CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret' };
export const FAKE_REGION = 'eu-central-1';

/** One relay's connection, and what came over it. */
export interface RelayConnection {
  readonly relayId: string;
  readonly messages: RelayMessage[];
  readonly socket: WebSocket;
}

/** The cloud's side of the control channel on loopback: tickets for signed requests, and the WebSocket they open once. */
export interface FakeCloud {
  /** What EARSHOT_CONTROL_URL is set to. */
  readonly url: string;
  /** Open connections, the oldest first. */
  readonly connections: RelayConnection[];
  /** Everything that was ever said, in order. */
  readonly messages: RelayMessage[];
  ticketRequests: number;
  /** Requests whose signature is not the one that their bytes have. */
  badSignatures: number;
  /** The status that ticket requests are refused with. */
  refusal: number | undefined;
  /** The version that it states with a ticket. */
  cloud: CloudVersion | undefined;
  /** So many tickets open nothing. */
  refusedUpgrades: number;
  answersPings: boolean;
  /** Says something to the relay, on its newest connection unless told otherwise. */
  send: (command: RelayCommand, connection?: RelayConnection) => void;
  close: () => Promise<void>;
}

export async function startFakeCloud(): Promise<FakeCloud> {
  const tickets = new Map<string, string>();
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      fake.ticketRequests++;
      if (!isSigned(request, body)) fake.badSignatures++;
      const [, relayId] = /^\/prod\/relay-tickets\/([\w.-]+)$/.exec(request.url ?? '') ?? [];
      const isAsked = request.method === 'POST' && relayId !== undefined;
      const status = fake.refusal ?? (isAsked ? (isSigned(request, body) ? 200 : 403) : 404);
      if (status !== 200) {
        response.writeHead(status).end('{"message":"Forbidden"}');
        return;
      }
      const ticket = randomUUID();
      tickets.set(ticket, relayId ?? '');
      const url = `ws://127.0.0.1:${port}/live`;
      response.writeHead(200).end(JSON.stringify({ ticket, url, expiresAt: Date.now() + 30_000, cloud: fake.cloud }));
    })();
  });
  server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://fake');
    const ticket = searchParams.get('ticket') ?? '';
    const relayId = tickets.get(ticket);
    tickets.delete(ticket);
    if (pathname !== '/live' || relayId === undefined || fake.refusedUpgrades-- > 0) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      serve({ relayId, messages: [], socket: webSocket });
    });
  });

  function serve(connection: RelayConnection): void {
    const { socket, messages } = connection;
    fake.connections.push(connection);
    socket.on('close', () => fake.connections.splice(fake.connections.indexOf(connection), 1));
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) throw new Error('API Gateway routes text');
      const message = relayMessageSchema.parse(JSON.parse(data.toString()));
      messages.push(message);
      fake.messages.push(message);
      if (message.action === 'ping' && fake.answersPings) fake.send({ type: 'pong' }, connection);
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeCloud = {
    url: `http://127.0.0.1:${port}/prod/`,
    connections: [],
    messages: [],
    ticketRequests: 0,
    badSignatures: 0,
    refusal: undefined,
    cloud: undefined,
    refusedUpgrades: 0,
    answersPings: true,
    send: (command, connection = fake.connections.at(-1)) => {
      connection?.socket.send(JSON.stringify(command));
    },
    close: () => {
      for (const { socket } of fake.connections) socket.terminate();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
  return fake;
}

const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** Signs the request anew from what came over the wire. @see AWS Signature Version 4, the canonical request */
function isSigned({ method = '', url = '', headers }: IncomingMessage, body: string): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  const [, credential = '', signedHeaders = '', signature = ''] = given ?? [];
  const [accessKeyId = '', date = '', region = '', service = ''] = credential.split('/');
  const names = signedHeaders.split(';');
  const time = String(headers['x-amz-date']);
  const path = new URL(url, 'http://fake').pathname.split('/').map(encodeURIComponent).join('/');
  const canonicalHeaders = names.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  const canonical = [method, path, '', canonicalHeaders, signedHeaders, sha256(body)].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${FAKE_CREDENTIALS.secretAccessKey}`,
  );
  const right = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  return (
    accessKeyId === FAKE_CREDENTIALS.accessKeyId &&
    region === FAKE_REGION &&
    service === 'execute-api' &&
    names.includes('host') &&
    time.startsWith(date) &&
    signature === right
  );
}
