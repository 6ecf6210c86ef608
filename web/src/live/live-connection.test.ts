import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { WebSocket as Client, WebSocketServer, type WebSocket as Peer } from 'ws';
import type { ClientMessage, ServerMessage } from '#core/contracts/live.ts';
import {
  createLiveConnection,
  timings,
  type ConnectionState,
  type LiveConnectionDependencies,
} from './live-connection.ts';
import { ApiError } from '../session/api-error.ts';

/** A server that speaks the contract, and does to its viewers what networks do. */
class LivePeer {
  readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  readonly heard: ClientMessage[] = [];
  readonly tickets: (string | null)[] = [];
  viewers: Peer[] = [];
  isMute = false;

  constructor() {
    this.server.on('connection', (viewer, request) => {
      this.viewers.push(viewer);
      this.tickets.push(new URL(request.url ?? '', this.url).searchParams.get('ticket'));
      viewer.on('message', (data: Buffer) => {
        this.answer(viewer, JSON.parse(data.toString()) as ClientMessage);
      });
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/live`;
  }

  answer(viewer: Peer, message: ClientMessage): void {
    this.heard.push(message);
    if (this.isMute) return;
    if (message.action === 'ping') viewer.send('{"type":"pong"}');
    if (message.action === 'subscribe') viewer.send(JSON.stringify({ type: 'subscribed', topic: message.topic }));
  }

  async close(): Promise<void> {
    for (const viewer of this.viewers) viewer.terminate();
    this.server.close();
    await once(this.server, 'close');
  }
}

const quick = { ...timings, firstRetryMs: 20, longestRetryMs: 40, openMs: 5000 };

let peer: LivePeer;
let states: ConnectionState['kind'][];
let messages: ServerMessage[];
let misunderstood: number;
let signedOut: number;
let ticketError: Error | undefined;
let isOnline: boolean;
let connection: ReturnType<typeof createLiveConnection>;

function dependencies(): LiveConnectionDependencies {
  return {
    openTicket: () =>
      ticketError
        ? Promise.reject(ticketError)
        : Promise.resolve({ ticket: `t${String(peer.tickets.length)}`, expiresAt: 1, url: peer.url }),
    openSocket: (url) => new Client(url) as unknown as WebSocket,
    now: () => performance.now(),
    random: () => 0.5,
    isOnline: () => isOnline,
    onState: ({ kind }) => states.push(kind),
    onMessage: (message) => messages.push(message),
    onMisunderstood: () => (misunderstood += 1),
    onSignedOut: () => (signedOut += 1),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const subscribed = () => messages.filter(({ type }) => type === 'subscribed').length;

beforeEach(async () => {
  peer = new LivePeer();
  await once(peer.server, 'listening');
  [states, messages, misunderstood, signedOut, ticketError] = [[], [], 0, 0, undefined];
  isOnline = true;
  connection = createLiveConnection(dependencies(), quick);
  connection.subscribe('overview');
  connection.subscribe('call:pbx-1');
});

afterEach(async () => {
  connection.stop();
  await peer.close();
});

test('opens with a ticket and subscribes to its topics', async () => {
  connection.start();
  await until(() => subscribed() === 2);
  expect(states).toEqual(['connecting', 'live']);
  expect(peer.tickets).toEqual(['t0']);
  expect(peer.heard).toEqual([
    { action: 'subscribe', topic: 'overview' },
    { action: 'subscribe', topic: 'call:pbx-1' },
  ]);
});

test('comes back with a new ticket and all topics when it is cut', async () => {
  connection.start();
  await until(() => subscribed() === 2);
  connection.unsubscribe('call:pbx-1');
  connection.subscribe('alerts');
  await until(() => subscribed() === 3);
  peer.viewers[0]?.terminate();
  await until(() => subscribed() === 5);
  expect(states).toEqual(['connecting', 'live', 'reconnecting', 'connecting', 'live']);
  expect(peer.tickets).toEqual(['t0', 't1']);
  expect(peer.heard.slice(-2).map((message) => 'topic' in message && message.topic)).toEqual(['overview', 'alerts']);
});

test('a connection that is closed for its age comes back as well', async () => {
  connection.start();
  await until(() => subscribed() === 2);
  peer.viewers[0]?.close(1001, 'Going away');
  await until(() => subscribed() === 4);
  expect(states.at(-1)).toBe('live');
});

test('asks after silence, and gives up a connection that is dead', async () => {
  connection.stop();
  connection = createLiveConnection(dependencies(), { ...quick, silenceMs: 50, pongMs: 1000 });
  connection.subscribe('overview');
  connection.start();
  await until(() => subscribed() === 1);
  await until(() => messages.some(({ type }) => type === 'pong'));
  expect(states).toEqual(['connecting', 'live']);
  peer.isMute = true;
  await until(() => states.includes('reconnecting'));
  peer.isMute = false;
  await until(() => subscribed() === 2);
});

test('a message out of contract is told, and loses no other', async () => {
  connection.start();
  await until(() => subscribed() === 2);
  const [viewer] = peer.viewers;
  for (const text of ['not json', '{"type":"overview"}', '{"type":"new kind"}']) viewer?.send(text);
  viewer?.send(JSON.stringify({ type: 'overview', pushedAt: 1, calls: [] }));
  await until(() => messages.some(({ type }) => type === 'overview'));
  expect(misunderstood).toBe(3);
});

test('messages are told in the order they came, packed or not', async () => {
  connection.start();
  await until(() => subscribed() === 2);
  const [viewer] = peer.viewers;
  const overview = (pushedAt: number) => JSON.stringify({ type: 'overview', pushedAt, calls: [] });
  const packed = (text: string) =>
    JSON.stringify({ type: 'packed', deflated: deflateRawSync(`[${text}]`).toString('base64') });
  const texts = Array.from({ length: 20 }, (_, at) => (at % 3 === 0 ? packed(overview(at)) : overview(at)));
  for (const text of texts) viewer?.send(text);
  const told = () => messages.flatMap((message) => (message.type === 'overview' ? [message.pushedAt] : []));
  await until(() => told().length === texts.length);
  expect(told()).toEqual(texts.map((_, at) => at));
});

test('goes on trying while there is no ticket, and stops when the session is over', async () => {
  ticketError = new ApiError('network', 'No answer');
  connection.start();
  await until(() => states.filter((kind) => kind === 'reconnecting').length === 3);
  ticketError = new ApiError('signed-out', 'Over');
  await until(() => signedOut === 1);
  expect(peer.tickets).toEqual([]);
});

test('is offline as soon as the network is gone, though its connection says nothing yet', async () => {
  connection.start();
  await until(() => subscribed() === 2);
  peer.isMute = true;
  [isOnline, ticketError] = [false, new ApiError('network', 'No answer')];
  connection.wake();
  expect(states.at(-1)).toBe('offline');
  [isOnline, ticketError, peer.isMute] = [true, undefined, false];
  connection.wake();
  await until(() => subscribed() === 4);
  expect(states.at(-1)).toBe('live');
});

test('waking tries at once, and only once', async () => {
  connection.stop();
  connection = createLiveConnection(dependencies(), { ...quick, firstRetryMs: 3_600_000, longestRetryMs: 3_600_000 });
  connection.subscribe('overview');
  ticketError = new ApiError('network', 'No answer');
  connection.start();
  await until(() => states.includes('reconnecting'));
  ticketError = undefined;
  connection.wake();
  connection.wake();
  await until(() => subscribed() === 1);
  expect(peer.tickets).toHaveLength(1);
});
