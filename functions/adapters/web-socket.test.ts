import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketApi } from './web-socket.ts';

const received: { method: string | undefined; url: string | undefined; body: string }[] = [];
const answers: Record<string, (response: ServerResponse) => void> = {
  open: (response) => response.end(),
  gone: (response) => response.writeHead(410, { 'x-amzn-errortype': 'GoneException' }).end('{}'),
  full: (response) => response.writeHead(429, { 'x-amzn-errortype': 'LimitExceededException' }).end('{}'),
  silent: () => undefined,
};

let server: Server;
let api: WebSocketApi;
beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  api = new WebSocketApi(`http://127.0.0.1:${port}/live`, 300, {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  received.push({ method: request.method, url: request.url, body: Buffer.concat(chunks).toString() });
  answers[request.url?.split('/').at(-1) ?? '']?.(response);
}

describe('WebSocketApi', () => {
  it('posts a message to a connection under the stage’s address', async () => {
    expect(await api.post('open', '{"type":"pong"}')).toBe('sent');
    expect(received.at(-1)).toEqual({ method: 'POST', url: '/live/@connections/open', body: '{"type":"pong"}' });
  });

  it('distinguishes a closed connection from one that accepts no messages', async () => {
    expect(await api.post('gone', '{}')).toBe('gone');
    expect(await api.post('full', '{}')).toBe('failed');
  });

  it('gives up on one that does not respond in time', async () => {
    expect(await api.post('silent', '{}')).toBe('failed');
  });

  it('closes a connection, which may be closed already', async () => {
    await api.close('open');
    expect(received.at(-1)).toMatchObject({ method: 'DELETE', url: '/live/@connections/open' });
    await api.close('gone');
  });
});
