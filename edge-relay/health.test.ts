import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Registry } from 'prom-client';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import type { LegDescription } from './leg-contract.ts';
import { type HealthServer, listenHealth } from './health.ts';
import { until } from './until.ts';

const UUID = '6F9619FF-8B86-4011-B42D-00CF4FC964FF';

describe('health server', () => {
  let server: HealthServer;
  let problems: string[];
  let impairments: string[];
  let described: LegDescription[];
  beforeEach(async () => {
    problems = [];
    impairments = [];
    described = [];
    server = await listenHealth('127.0.0.1', 0, {
      version: '1.2.3',
      problems: () => problems,
      impairments: () => impairments,
      metrics: new Registry(),
      describeLeg: (description) => {
        described.push(description);
        return 'berlin-1.2';
      },
    });
  });
  afterEach(() => server.close());

  const ask = (path: string, body?: string) =>
    fetch(
      `http://127.0.0.1:${server.port}${path}`,
      body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body },
    );

  it('lives, and says in which version', async () => {
    const response = await ask('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', version: '1.2.3', contractVersion: CONTRACT_VERSION });
  });

  it('is ready until something keeps it from its work, and says what', async () => {
    expect((await ask('/readyz')).status).toBe(200);
    problems.push('EventBridge cannot be reached');
    const response = await ask('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, problems });
  });

  it('is ready without what its work does not need, and says that it is not there', async () => {
    impairments.push('The control channel is down');
    const response = await ask('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ready: true, problems: impairments });
  });

  it('gives metrics as Prometheus reads them', async () => {
    const response = await ask('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
  });

  it('takes a leg and answers with its call', async () => {
    const response = await ask(
      '/legs',
      JSON.stringify({ uuid: UUID, channel: 'caller', linkedid: '1.2', agent: { id: '6001' } }),
    );
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ callId: 'berlin-1.2' });
    expect(described).toEqual([
      { uuid: UUID.toLowerCase(), channel: 'caller', linkedid: '1.2', agent: { id: '6001' } },
    ]);
  });

  it('cleans the names of a leg', async () => {
    const leg = { uuid: UUID, agent: { id: '6001', name: "Sean O\\'Hara" }, caller: { name: '\u202eanna\u0000' } };
    expect((await ask('/legs', JSON.stringify({ ...leg, queue: 'sa\u200bve', campaign: 'a\ud800' }))).status).toBe(202);
    expect(described).toMatchObject([
      { agent: { id: '6001', name: "Sean O'Hara" }, caller: { name: 'anna' }, queue: 'save', campaign: 'a' },
    ]);
  });

  it.each([
    ['no JSON', '{', 'not JSON'],
    ['a leg without UUID', '{}', 'uuid'],
    ['a channel there is not', `{"uuid":"${UUID}","channel":"both"}`, 'channel'],
    ['a linkedid that cannot be a key', `{"uuid":"${UUID}","linkedid":"1#2"}`, 'linkedid'],
    ['a page of text', JSON.stringify({ uuid: 'x'.repeat(20_000) }), 'at most'],
  ])('refuses %s, naming it', async (_what, body, named) => {
    const response = await ask('/legs', body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.text()).toContain(named);
    expect(described).toEqual([]);
  });

  const routes = ['GET /healthz', 'GET /readyz', 'GET /metrics', 'POST /legs', 'GET /none'];
  it.each(routes)('answers %s to no page of a browser, under no name but its own', async (route) => {
    for (const headers of [{ origin: 'https://evil.example' }, { host: 'evil.example' }]) {
      const [method, path] = route.split(' ');
      const asked = request({ port: server.port, host: '127.0.0.1', method, path, headers });
      asked.end(method === 'POST' ? JSON.stringify({ uuid: UUID }) : undefined);
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe('origin' in headers ? 403 : 421);
      expect(await text(response)).toContain('"detail"');
    }
    expect(described).toEqual([]);
  });

  it('takes no description as text, which any page may send', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/legs`, {
      method: 'POST',
      body: JSON.stringify({ uuid: UUID }),
    });
    expect(response.status).toBe(415);
    expect(described).toEqual([]);
  });

  it.each(['//', '/constructor', '/healthz/../legs', '/%'])(
    'answers %s as any page that is not there',
    async (path) => {
      const asked = request({ port: server.port, host: '127.0.0.1', path }).end();
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      response.resume();
      expect(response.statusCode).toBe(404);
    },
  );

  it('answers whoever asks, although others hold connections open and send nothing whole', async () => {
    const hogs = Array.from({ length: 200 }, (_, n) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.resume();
      socket.write('POST /legs HTTP/1.1\r\nContent-Length: 100\r\n'.slice(0, 1 + n) + (n > 150 ? '\r\n{' : ''));
      return socket;
    });
    await until(() => hogs.filter(({ destroyed }) => destroyed).length >= 136);
    expect((await ask('/healthz')).status).toBe(200);
    for (const hog of hogs) hog.destroy();
  });

  it('gives a request 10 s to be whole, however its bytes come', async () => {
    const slow = connect(server.port, '127.0.0.1');
    slow.on('error', () => undefined);
    const startedAt = performance.now();
    slow.write('GET /healthz HTTP/1.1\r\n');
    const trickle = setInterval(() => slow.write('x'), 500);
    slow.resume();
    await until(() => slow.destroyed, { timeoutMs: 20_000 });
    clearInterval(trickle);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  }, 25_000);

  it('knows no other page', async () => {
    expect((await ask('/admin')).status).toBe(404);
    expect((await ask('/healthz', '{}')).status).toBe(404);
  });
});
