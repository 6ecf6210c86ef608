import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import { type LegDescription, legDescriptionSchema } from './leg-contract.ts';

export interface HealthDependencies {
  /** The relay's release. */
  readonly version: string;
  /** What keeps the relay from doing its work; empty when it is ready. */
  readonly problems: () => string[];
  /** What does not work, though the relay does. */
  readonly impairments?: () => string[];
  readonly metrics: Registry;
  /** @returns the call's id */
  readonly describeLeg: (description: LegDescription) => string;
}

export interface HealthServer {
  readonly port: number;
  close: () => Promise<void>;
}

const MAX_BODY_BYTES = 16_384;

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
  const server: Server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    void answer(request, dependencies).then(
      (result) => {
        write(response, result);
      },
      () => {
        write(response, problem(500, 'the relay could not answer'));
      },
    );
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

async function answer(request: IncomingMessage, dependencies: HealthDependencies): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://relay').pathname;
  const handler = routes[`${request.method ?? ''} ${path}`];
  return handler ? handler(request, dependencies) : problem(404, 'no such page: /healthz /readyz /metrics, POST /legs');
}

function problem(status: number, detail: string): Answer {
  return { status, body: { status, detail }, type: 'application/problem+json' };
}

function write(response: ServerResponse, { status, body, type = 'application/json' }: Answer): void {
  response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
}
