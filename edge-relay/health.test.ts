import { Registry } from 'prom-client';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import type { LegDescription } from './leg-contract.ts';
import { type HealthServer, listenHealth } from './health.ts';

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
    fetch(`http://127.0.0.1:${server.port}${path}`, body === undefined ? {} : { method: 'POST', body });

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

  it('knows no other page', async () => {
    expect((await ask('/admin')).status).toBe(404);
    expect((await ask('/healthz', '{}')).status).toBe(404);
  });
});
