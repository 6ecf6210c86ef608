import { exampleCall, said } from '#core/call/example-call.ts';
import { activeCallsSchema, callDetailSchema, problemSchema, summaryOf, ticketSchema } from '#core/views.ts';
import type { Person } from '../adapters/viewers.ts';
import { createApp, type Peers } from './app.ts';

const { callId } = exampleCall;
const issued: { ticket: string; person: Person; expiresAt: number }[] = [];
const errors: unknown[] = [];
const peers: Peers = {
  calls: {
    active: () => Promise.resolve([exampleCall]),
    detail: (id) => {
      if (id === 'broken') return Promise.reject(new Error('the secret of the table'));
      return Promise.resolve(
        id === callId ? { state: exampleCall, utterances: [said({ seq: 1 })], alerts: [] } : undefined,
      );
    },
  },
  relays: { all: () => Promise.resolve([]) },
  viewers: {
    issueTicket: (ticket, person, expiresAt) => {
      issued.push({ ticket, person, expiresAt });
      return Promise.resolve();
    },
  },
  webSocketUrl: 'wss://live.example/live',
  now: () => 1000,
  newTicket: () => 'unguessable',
  onError: (error) => errors.push(error),
};
const app = createApp(peers);

function ask(path: string, claims: unknown = { sub: 'u1', 'cognito:groups': '[supervisor]' }, method = 'GET') {
  return app.request(path, { method }, { event: { requestContext: { authorizer: { jwt: { claims } } } } });
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
}

describe('the HTTP API', () => {
  it('lists live calls', async () => {
    const response = await ask('/calls');
    expect(activeCallsSchema.parse(await response.json())).toEqual({ calls: [summaryOf(exampleCall)], relays: [] });
  });

  it('shows one call', async () => {
    const response = await ask(`/calls/${callId}`);
    expect(callDetailSchema.parse(await response.json()).utterances).toEqual([said({ seq: 1 })]);
  });

  it('names the field of a bad input', async () => {
    const response = await ask('/calls/a%20b');
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ status: 400, field: 'callId' });
  });

  it('says that a call or an address is not there', async () => {
    expect(await problemOf(await ask('/calls/other'))).toMatchObject({ status: 404, field: 'callId' });
    expect(await problemOf(await ask('/nothing'))).toMatchObject({ status: 404 });
    expect(await problemOf(await ask('/calls', undefined, 'DELETE'))).toMatchObject({ status: 404 });
  });

  it('tells nothing of its own errors, and reports them', async () => {
    const problem = await problemOf(await ask('/calls/broken'));
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(errors).toEqual([new Error('the secret of the table')]);
  });

  it.each([
    ['a supervisor', { sub: 'u', 'cognito:groups': '[supervisor other]' }, 200],
    ['an admin', { sub: 'u', 'cognito:groups': '[admin]' }, 200],
    ['groups as a list', { sub: 'u', 'cognito:groups': ['supervisor'] }, 200],
    ['another group', { sub: 'u', 'cognito:groups': '[supervisors]' }, 403],
    ['no group', { sub: 'u' }, 403],
    ['no claims', null, 403],
  ])('answers %s', async (_, claims, status) => {
    expect((await ask('/calls', claims)).status).toBe(status);
  });

  it('issues a ticket for 30 s to who asks', async () => {
    const response = await ask('/tickets', undefined, 'POST');
    expect(response.status).toBe(201);
    expect(ticketSchema.parse(await response.json())).toEqual({
      ticket: 'unguessable',
      expiresAt: 31_000,
      url: 'wss://live.example/live',
    });
    expect(issued).toEqual([
      { ticket: 'unguessable', person: { sub: 'u1', groups: ['supervisor'] }, expiresAt: 31_000 },
    ]);
  });

  it('describes itself to anyone', async () => {
    const response = await app.request('/openapi.json', {}, { event: {} });
    expect(await response.json()).toMatchObject({
      openapi: '3.1.0',
      paths: { '/calls': {}, '/calls/{callId}': {}, '/tickets': {} },
    });
  });
});
