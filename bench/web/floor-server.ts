import { serveStatic } from '@hono/node-server/serve-static';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { clientMessageSchema, type ServerMessage } from '#core/contracts/live.ts';
import { summaryOf } from '#core/call/summary.ts';
import type { SiteConfig } from '#core/contracts/site.ts';
import type { TalkingCall } from './talking-call.ts';

/** The page, and behind it a floor of simulated calls that speaks the real contract over HTTP and WebSocket. */
export interface FloorServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Summaries in one message: about what fits into API Gateway's frame. */
const SUMMARIES_PER_MESSAGE = 30;
const OVERVIEW_EVERY_MS = 500;

/** Each call speaks once every `everyMs`; overviews go out twice a second, words at once. */
export async function serveFloor(pageFolder: string, calls: TalkingCall[], everyMs: number): Promise<FloorServer> {
  const app = new Hono();
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const config: SiteConfig = {
    apiUrl: `${url}/api`,
    region: 'bench',
    userPoolId: 'bench',
    userPoolClientId: 'bench',
    cognitoUrl: `${url}/cognito`,
  };
  app.get('/config.json', (c) => c.json(config));
  app.get('/api/me', (c) => c.json({ person: { sub: 'bench', name: 'Bench' }, role: 'supervisor' }));
  app.get('/api/calls', (c) => c.json({ calls: calls.map(({ state }) => summaryOf(state)), relays: [] }));
  app.get('/api/calls/:callId', (c) => {
    const call = calls.find(({ state }) => state.callId === c.req.param('callId'));
    if (!call) return c.json({ title: 'No such call' }, 404);
    return c.json({ call: summaryOf(call.state), utterances: call.utterances, alerts: call.alerts });
  });
  app.get('/api/alerts', (c) => c.json({ alerts: [] }));
  app.post('/api/tickets', (c) =>
    c.json({ ticket: 'bench', expiresAt: Date.now() + 30_000, url: url.replace('http', 'ws') }, 201),
  );
  app.use('*', serveStatic({ root: relative(process.cwd(), pageFolder) }));
  app.get('*', (c) => c.html(readFileSync(join(pageFolder, 'index.html'), 'utf8')));

  const viewers = new Map<WebSocket, Set<string>>();
  const sockets = new WebSocketServer({ server: server as never });
  sockets.on('connection', (socket) => {
    viewers.set(socket, new Set());
    socket.on('close', () => viewers.delete(socket));
    socket.on('message', (data) => {
      const message = clientMessageSchema.parse(JSON.parse((data as Buffer).toString()));
      if (message.action === 'subscribe') viewers.get(socket)?.add(message.topic);
      const answer = message.action === 'ping' ? { type: 'pong' } : { type: `${message.action}d`, ...message };
      socket.send(JSON.stringify(answer));
    });
  });

  function push(topic: string, message: ServerMessage): void {
    const text = JSON.stringify(message);
    for (const [socket, topics] of viewers) if (topics.has(topic)) socket.send(text);
  }

  const changed = new Set<TalkingCall>();
  function speak(call: TalkingCall): void {
    const { utterance, alerts } = call.speak(Date.now());
    changed.add(call);
    const pushedAt = Date.now();
    push(`call:${call.state.callId}`, {
      type: 'call',
      pushedAt,
      callId: call.state.callId,
      utterances: [utterance],
      alerts,
    });
    if (alerts.length > 0) push('alerts', { type: 'alerts', pushedAt, alerts });
  }

  // Spread over the second, as calls are.
  let next = 0;
  const speaking = setInterval(
    () => {
      const call = calls[next++ % calls.length];
      if (call) speak(call);
    },
    Math.max(1, everyMs / calls.length),
  );
  const overviews = setInterval(() => {
    const summaries = [...changed].map(({ state }) => summaryOf(state));
    changed.clear();
    for (let from = 0; from < summaries.length; from += SUMMARIES_PER_MESSAGE)
      push('overview', {
        type: 'overview',
        pushedAt: Date.now(),
        calls: summaries.slice(from, from + SUMMARIES_PER_MESSAGE),
      });
  }, OVERVIEW_EVERY_MS);

  return {
    url,
    stop: async () => {
      clearInterval(speaking);
      clearInterval(overviews);
      for (const socket of viewers.keys()) socket.terminate();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
