import {
  AdminSetUserPasswordCommand,
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminRemoveUserFromGroupCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { createSign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { meSchema } from '#core/contracts/http/me.ts';
import { callDetailSchema } from '#core/contracts/http/calls.ts';
import { relaySourceOf } from '#core/contracts/relay-identity.ts';
import type { RelayEvent } from '#core/contracts/events.ts';
import { ticketSchema } from '#core/contracts/http/tickets.ts';
import { ACCESS_CHANGED, type ServerMessage } from '#core/contracts/live.ts';
import { MESSAGES_INTERVAL_MS, MESSAGES_LIMIT } from '../functions/connect/reply.ts';
import { messagesIn } from '../functions/live-delivery/frame.ts';
import { people } from '../local/people.ts';
import { publish, testRelay } from './bus.ts';
import { eventually } from './eventually.ts';
import { runningSystem } from './system.ts';

const running = runningSystem();
const { config, system } = running;
const cognito = new CognitoIdentityProviderClient({
  endpoint: system.endpointUrl,
  region: config.aws.region,
  credentials: config.aws,
});
afterAll(() => {
  cognito.destroy();
});

const [supervisor] = people;
const { UserPoolId, UserPoolClientId } = system.outputs;

async function tokensOf(person: { email: string; password: string }, clientId = UserPoolClientId) {
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: person.email, PASSWORD: person.password },
    }),
  );
  return { id: AuthenticationResult?.IdToken ?? '', access: AuthenticationResult?.AccessToken ?? '' };
}

async function ask(method: string, path: string, token?: string): Promise<Response> {
  return fetch(`${system.outputs.ApiUrl.replace(/\/$/, '')}${path}`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
}

/** A token with other claims, signed anew with the endpoint's own key: good but for them. */
function resigned(token: string, claims: Record<string, unknown>): string {
  const [head = '', body = ''] = token.split('.');
  const before = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const signed = `${head}.${Buffer.from(JSON.stringify({ ...before, ...claims })).toString('base64url')}`;
  const key = readFileSync(join(config.runFolder, `tmp/state/cognito-pool-keys/${UserPoolId}-id.pem`));
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

/** Every route that the API describes, with made-up ids, each as whoever may use it would. */
async function everyRoute(): Promise<[method: string, path: string][]> {
  const { paths } = (await (await ask('GET', '/openapi.json')).json()) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path.replace(/\{\w+\}/g, 'any')]),
  );
}

describe('every route of the API', () => {
  it('refuses whoever has no token, an old one, one for others, or one that was tampered with', async () => {
    const { id } = await tokensOf(supervisor);
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: 'another',
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      }),
    );
    const foreign = (await tokensOf(supervisor, UserPoolClient?.ClientId)).id;
    const [head, body] = id.split('.');
    const bad = {
      none: undefined,
      expired: resigned(id, { exp: hourAgo }),
      foreign,
      tampered: `${head ?? ''}.${body ?? ''}.${'A'.repeat(342)}`,
      nonsense: 'nonsense',
    };
    // Signed the same way with valid claims, the token is accepted: it is the claims that are refused below.
    expect((await ask('GET', '/me', resigned(id, {}))).status).toBe(200);
    const routes = await everyRoute();
    expect(routes.length).toBeGreaterThanOrEqual(17);
    for (const [method, path] of routes) {
      // A relay signs its requests, and API Gateway answers 403 to unsigned ones.
      const refusal = path.startsWith('/relay-tickets/') ? 403 : 401;
      for (const [kind, token] of Object.entries(bad)) {
        const { status } = await ask(method, path, token);
        expect({ method, path, kind, status }).toEqual({ method, path, kind, status: refusal });
      }
    }
  }, 120_000);

  it('refuses an access token and whoever has no role', async () => {
    const guest = { email: `guest-${Date.now()}@earshot.example`, password: 'Listen-4-us' };
    await newPerson(guest);
    const [{ access }, { id }] = [await tokensOf(supervisor), await tokensOf(guest)];
    for (const [method, path] of await everyRoute()) {
      for (const token of [access, id]) {
        const { status } = await ask(method, path, token);
        expect({ method, path, status }).toEqual({ method, path, status: 403 });
      }
    }
  }, 120_000);

  it('shows a call of another team to nobody, by any door', async () => {
    const callId = await newCall('SAVE');
    const everybody = (await tokensOf(supervisor)).id;
    await eventually(async () => (await ask('GET', `/calls/${callId}`, everybody)).ok, 20_000);

    const sales = { email: `sales-${Date.now()}@earshot.example`, password: 'Listen-4-us' };
    await newPerson(sales, [{ Name: 'custom:campaigns', Value: 'SALES' }]);
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: sales.email, GroupName: 'supervisor' }));
    const { id } = await tokensOf(sales);
    const me = meSchema.parse(await (await ask('GET', '/me', id)).json());
    expect(me).toMatchObject({ role: 'supervisor', restriction: { campaigns: ['SALES'] } });
    for (const path of [`/calls/${callId}`, `/calls/${callId}/export`]) {
      expect((await ask('GET', path, id)).status).toBe(404);
    }
    expect(await (await ask('GET', '/calls', id)).text()).not.toContain(callId);
    const { socket, received } = await openSocket(id);
    socket.send(JSON.stringify({ action: 'subscribe', topic: `call:${callId}` }));
    const answer = await eventually(() => received[0], 20_000);
    expect(answer).toMatchObject({ type: 'error', code: 'not-found' });
    socket.close();
  }, 120_000);
});

it('sends a restricted supervisor nothing of a call that moved to another team', async () => {
  const sales = { email: `moving-${Date.now()}@earshot.example`, password: 'Listen-4-us' };
  await newPerson(sales, [{ Name: 'custom:campaigns', Value: 'SALES' }]);
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: sales.email, GroupName: 'supervisor' }));
  const { id } = await tokensOf(sales);
  const callId = await newCall('SALES');
  await eventually(async () => (await ask('GET', `/calls/${callId}`, id)).ok, 20_000);
  const { socket, received } = await openSocket(id);
  for (const topic of ['overview', `call:${callId}`]) socket.send(JSON.stringify({ action: 'subscribe', topic }));
  await eventually(() => received.filter(({ type }) => type === 'subscribed').length === 2, 20_000);

  const now = Date.now();
  const head = { version: 1 as const, ...testRelay, callId, callStartedAt: now };
  await publish(running, { type: 'CallDescribed', ...head, describedAt: now + 1, metadata: { campaign: 'SAVE' } });
  await eventually(async () => (await ask('GET', `/calls/${callId}`, id)).status === 404, 20_000);
  const said = { channel: 'caller', startMs: 0, endMs: 900, text: 'my secret', engine: 'script', spokenAt: now };
  await publish(running, {
    type: 'UtteranceTranscribed',
    ...head,
    ...said,
    seq: 1,
    transcribedAt: now,
    publishedAt: now,
  });
  await eventually(() => received.filter(({ type }) => type === 'moved').length >= 2, 20_000);
  expect(received.filter(({ type }) => type === 'moved')).toContainEqual(
    expect.objectContaining({ callIds: [callId] }),
  );
  expect(JSON.stringify(received)).not.toContain('my secret');
  socket.close();
}, 120_000);

it('takes a role away within a minute, on the API and on an open WebSocket', async () => {
  const leaver = { email: `leaver-${Date.now()}@earshot.example`, password: 'Listen-4-us' };
  await newPerson(leaver);
  const membership = { UserPoolId, Username: leaver.email, GroupName: 'supervisor' };
  await cognito.send(new AdminAddUserToGroupCommand(membership));
  const { id } = await tokensOf(leaver);
  const { socket, received } = await openSocket(id);
  socket.send(JSON.stringify({ action: 'subscribe', topic: 'overview' }));
  await eventually(() => received.some(({ type }) => type === 'subscribed'), 20_000);
  await cognito.send(new AdminRemoveUserFromGroupCommand(membership));
  const removedAt = Date.now();
  await eventually(async () => (await ask('GET', '/calls', id)).status === 403, 60_000);
  // Delivery is where a connection is checked: something changes every few seconds.
  await eventually(async () => {
    await newCall('SALES');
    return received.some((message) => message.type === 'error' && message.code === ACCESS_CHANGED);
  }, 60_000);
  expect(Date.now() - removedAt).toBeLessThan(60_000);
  await eventually(() => socket.readyState === WebSocket.CLOSED, 10_000);
}, 180_000);

it('folds nothing that another relay says of a call', async () => {
  const callId = await newCall('SALES');
  const token = (await tokensOf(supervisor)).id;
  const stateOf = async () => callDetailSchema.parse(await (await ask('GET', `/calls/${callId}`, token)).json());
  // The call is listed from its start on: what it is compared with is its state once all of newCall was stored.
  const before = await eventually(async () => {
    const found = await stateOf().catch(() => undefined);
    return found?.call.metadata.campaign === 'SALES' && found.call.endedAt !== undefined ? found : undefined;
  }, 20_000);
  const now = Date.now();
  const bus = new EventBridgeClient({
    endpoint: system.endpointUrl,
    region: config.aws.region,
    credentials: config.aws,
  });
  const head = { version: 1, callId, pbx: 'e2e', callStartedAt: now };
  const intruder = { relayId: 'e2e-2', pbx: 'e2e' };
  const entry = (source: string, event: { type: string }) => ({
    EventBusName: system.outputs.BusName,
    Source: source,
    DetailType: event.type,
    Detail: JSON.stringify(event),
  });
  const ended = { type: 'CallDescribed', ...head, describedAt: now + 5, metadata: { campaign: 'STOLEN' } };
  await bus.send(
    new PutEventsCommand({
      Entries: [
        // As itself, as the call's relay, and under the source that relays had before they were bound.
        entry(relaySourceOf(intruder), { ...ended, ...intruder }),
        entry(relaySourceOf(intruder), { ...ended, ...testRelay }),
        entry('earshot.relay', { ...ended, ...testRelay }),
      ],
    }),
  );
  bus.destroy();
  // What the call's own relay says afterwards is folded, and by then the others were handled.
  await publish(running, {
    type: 'CallDescribed',
    ...head,
    ...testRelay,
    describedAt: now + 9,
    metadata: { queue: 'q' },
  });
  const after = await eventually(async () => {
    const found = await stateOf();
    return found.call.metadata.queue === 'q' ? found : undefined;
  }, 20_000);
  expect(after.call.metadata).toEqual({ ...before.call.metadata, queue: 'q' });
}, 120_000);

/** A call that has just begun. */
async function newCall(campaign: string): Promise<string> {
  const callId = `e2e-doors-${Date.now()}`;
  const now = Date.now();
  const head = { version: 1 as const, ...testRelay, callId, callStartedAt: now };
  const events: RelayEvent[] = [
    { type: 'CallStarted', ...head, engine: 'script' },
    { type: 'CallDescribed', ...head, describedAt: now, metadata: { campaign } },
    { type: 'CallEnded', ...head, endedAt: now + 1000, lastSeq: 0, reason: 'hangup' },
  ];
  await publish(running, ...events);
  return callId;
}

/** A WebSocket opened with a ticket of its own, and what came on it. */
async function openSocket(token: string): Promise<{ socket: WebSocket; received: ServerMessage[] }> {
  const { ticket, url } = ticketSchema.parse(await (await ask('POST', '/tickets', token)).json());
  const socket = new WebSocket(`${url}?ticket=${ticket}`);
  const received: ServerMessage[] = [];
  socket.on('message', (data) => {
    received.push(...messagesIn((data as Buffer).toString()));
  });
  await once(socket, 'open');
  return { socket, received };
}

async function newPerson(
  { email, password }: { email: string; password: string },
  attributes: { Name: string; Value: string }[] = [],
) {
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }, ...attributes],
    }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: password, Permanent: true }),
  );
}

describe('the WebSocket', () => {
  it('answers what is malformed or too large, and cuts off who floods', async () => {
    const { socket, received } = await openSocket((await tokensOf(supervisor)).id);
    const closed = once(socket, 'close');
    socket.send('{');
    socket.send(JSON.stringify({ action: 'subscribe', topic: `call:${'x'.repeat(5000)}` }));
    const interval = () => Math.floor(Date.now() / MESSAGES_INTERVAL_MS);
    const first = interval();
    for (let message = 0; message < 300; message++) socket.send('{"action":"ping"}');
    await closed;
    const codes = received.flatMap((message) => (message.type === 'error' ? [message.code] : []));
    expect(codes.sort()).toEqual(['malformed', 'too-large', 'too-many']);
    // A slow machine answers them over several intervals.
    const allowed = MESSAGES_LIMIT * (interval() - first + 1);
    expect(received.filter(({ type }) => type === 'pong').length).toBeLessThanOrEqual(allowed);
  }, 120_000);

  it('opens once for a ticket, and for nothing else', async () => {
    const { ticket, url } = ticketSchema.parse(
      await (await ask('POST', '/tickets', (await tokensOf(supervisor)).id)).json(),
    );
    const statusOf = async (address: string) => {
      const socket = new WebSocket(address);
      const refused = new Promise<number>((resolve) => {
        socket.once('unexpected-response', (request, response) => {
          request.destroy();
          resolve(response.statusCode ?? 0);
        });
      });
      const opened = new Promise<number>((resolve) => {
        socket.once('open', () => {
          resolve(101);
        });
      });
      socket.on('error', () => undefined);
      const status = await Promise.race([refused, opened]);
      socket.close();
      return status;
    };
    expect(await statusOf(`${url}?ticket=${ticket}`)).toBe(101);
    // What is too long to be a key of the table is refused like any other.
    const long = [129, 2_042, 4_000].map((length) => `?ticket=${'x'.repeat(length)}`);
    for (const other of [`?ticket=${ticket}`, '?ticket=made-up', '?ticket=', '', ...long]) {
      expect([401, 403]).toContain(await statusOf(`${url}${other}`));
    }
    // Thrown away with the first try: many who try one at once are let in once.
    const again = ticketSchema.parse(await (await ask('POST', '/tickets', (await tokensOf(supervisor)).id)).json());
    const race = Array.from({ length: 5 }, async () => statusOf(`${url}?ticket=${again.ticket}`));
    expect((await Promise.all(race)).filter((status) => status === 101)).toHaveLength(1);
  }, 60_000);
});
