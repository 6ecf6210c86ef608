import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test's server was asked. */
export interface LoopbackRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on the loopback interface that answers as a test wants, for tests of the adapters here. */
export interface Loopback {
  readonly url: string;
  readonly asked: LoopbackRequest[];
  close(): Promise<void>;
}

export type LoopbackAnswer = (asked: LoopbackRequest) => { readonly status: number; readonly body: unknown };

export async function listen(answer: LoopbackAnswer): Promise<Loopback> {
  const asked: LoopbackRequest[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const question = { method, path, headers, body: Buffer.concat(chunks).toString() };
      asked.push(question);
      const { status, body } = answer(question);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
