import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import { type HttpAccess, refusalOf } from './http-access.ts';
import { type LegDescription, legDescriptionSchema } from './leg-contract.ts';

export interface HealthDependencies {
  /** The relay's release. */
  readonly version: string;
  /** What keeps the relay from doing its work; empty when it is ready. */
  readonly problems: () => string[];
  /** What does not work, though the relay does. */
  readonly impairments?: () => string[];
  readonly metrics: Registry;
  /** What may be asked, beside where the relay listens. */
  readonly access?: Omit<HttpAccess, 'host'>;
  /** @returns the call's id */
  readonly describeLeg: (description: LegDescription) => string;
}

export interface HealthServer {
  readonly port: number;
  close: () => Promise<void>;
}

const MAX_BODY_BYTES = 16_384;
const MAX_HEADER_BYTES = 8_192;
/** From its first byte on, a request has so long to be whole, however its bytes come. */
const REQUEST_MS = 10_000;
/** A connection that neither sends nor reads for so long is closed. */
const QUIET_MS = 15_000;
/** Whoever opens another one ends the oldest. */
const MAX_CONNECTIONS = 64;

type Handler = (request: IncomingMessage, dependencies: HealthDependencies) => Promise<Answer>;
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
}

const routes: Readonly<Record<string, Handler>> = {
  'GET /healthz': (_request, { version }) =>
    Promise.resolve({ status: 200, body: { status: 'ok', version, contractVersion: CONTRACT_VERSION } }),
  'GET /readyz': (_request, { problems, impairments }) => {
    const found = problems();
    return Promise.resolve({
      status: found.length === 0 ? 200 : 503,
      body: { ready: found.length === 0, problems: [...found, ...(impairments?.() ?? [])] },
    });
  },
  'GET /metrics': async (_request, { metrics }) => ({
    status: 200,
    body: await metrics.metrics(),
    type: metrics.contentType,
  }),
  'POST /legs': async (request, { describeLeg }) => {
    if (Number(request.headers['content-length'] ?? Infinity) > MAX_BODY_BYTES)
      return problem(413, `at most ${MAX_BODY_BYTES} bytes, with a Content-Length`);
    const body: unknown = await json(request).catch(() => undefined);
    if (body === undefined) return problem(400, 'the body is not JSON');
    const description = legDescriptionSchema.safeParse(body);
    if (!description.success) return problem(400, z.prettifyError(description.error));
    return { status: 202, body: { callId: describeLeg(description.data) } };
  },
};

/** The relay's own HTTP server: health, metrics, and `POST /legs`, which describes who is on a leg. */
export async function listenHealth(
  host: string,
  port: number,
  dependencies: HealthDependencies,
): Promise<HealthServer> {
  const access = { ...dependencies.access, host };
  const limits = {
    headersTimeout: REQUEST_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: 500,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  const server: Server = createServer(limits, (request, response) => {
    void answer(request, access, dependencies).then(
      (result) => {
        write(response, result);
      },
      () => {
        write(response, problem(500, 'the relay could not answer'));
      },
    );
  });
  server.timeout = QUIET_MS;
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    const [oldest] = connections;
    if (connections.size > MAX_CONNECTIONS) oldest?.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, access: HttpAccess, dependencies: HealthDependencies): Promise<Answer> {
  const { method = '', url = '/', headers } = request;
  const refusal = refusalOf({ isWriting: method !== 'GET', headers }, access);
  if (refusal) return problem(refusal.status, refusal.detail);
  const route = `${method} ${url.split('?')[0] ?? ''}`;
  const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
  return handler ? handler(request, dependencies) : problem(404, 'no such page: /healthz /readyz /metrics, POST /legs');
}

function problem(status: number, detail: string): Answer {
  return { status, body: { status, detail }, type: 'application/problem+json' };
}

function write(response: ServerResponse, { status, body, type = 'application/json' }: Answer): void {
  response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
}
