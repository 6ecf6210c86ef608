import {
  AdminSetUserPasswordCommand,
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { meSchema } from '#core/api.ts';
import { serverMessageSchema, ticketSchema, type ServerMessage } from '#core/views.ts';
import { people } from '../local/people.ts';
import { runningSystem } from './system.ts';

const { config, system } = runningSystem();
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

const everyRoute: [method: string, path: string][] = [
  ['GET', '/me'],
  ['POST', '/tickets'],
  ['GET', '/calls'],
  ['GET', '/calls/any'],
  ['GET', '/calls/search'],
  ['GET', '/calls/export'],
  ['GET', '/calls/any/export'],
  ['GET', '/alerts'],
  ['PATCH', '/calls/any/alerts/any%231'],
  ['GET', '/rules'],
  ['GET', '/rules/any/versions'],
  ['PUT', '/rules/any'],
  ['DELETE', '/rules/any?version=1'],
  ['POST', '/rules/backtest'],
  ['GET', '/agents'],
  ['GET', '/agents/any'],
  ['GET', '/system'],
];

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
    // The same way of signing gives a token that is taken: it is the claims that are refused.
    expect((await ask('GET', '/me', resigned(id, {}))).status).toBe(200);
    for (const [method, path] of everyRoute) {
      for (const [kind, token] of Object.entries(bad)) {
        const { status } = await ask(method, path, token);
        expect({ method, path, kind, status }).toEqual({ method, path, kind, status: 401 });
      }
    }
  }, 120_000);

  it('refuses an access token and whoever has no role', async () => {
    const guest = { email: `guest-${Date.now()}@earshot.example`, password: 'Listen-4-us' };
    await newPerson(guest);
    const [{ access }, { id }] = [await tokensOf(supervisor), await tokensOf(guest)];
    for (const [method, path] of everyRoute) {
      for (const token of [access, id]) expect((await ask(method, path, token)).status).toBe(403);
    }
  }, 120_000);

  it('knows from the token which calls someone may see', async () => {
    const sales = { email: `sales-${Date.now()}@earshot.example`, password: 'Listen-4-us' };
    await newPerson(sales, [{ Name: 'custom:campaigns', Value: 'SALES' }]);
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: sales.email, GroupName: 'supervisor' }));
    const me = meSchema.parse(await (await ask('GET', '/me', (await tokensOf(sales)).id)).json());
    expect(me).toMatchObject({ role: 'supervisor', restriction: { campaigns: ['SALES'] } });
  });
});

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
    const { ticket, url } = ticketSchema.parse(
      await (await ask('POST', '/tickets', (await tokensOf(supervisor)).id)).json(),
    );
    const socket = new WebSocket(`${url}?ticket=${ticket}`);
    const received: ServerMessage[] = [];
    socket.on('message', (data) => {
      received.push(serverMessageSchema.parse(JSON.parse((data as Buffer).toString())));
    });
    const closed = new Promise<void>((resolve) =>
      socket.once('close', () => {
        resolve();
      }),
    );
    await new Promise<void>((resolve) =>
      socket.once('open', () => {
        resolve();
      }),
    );
    socket.send('{');
    socket.send(JSON.stringify({ action: 'subscribe', topic: `call:${'x'.repeat(5000)}` }));
    for (let message = 0; message < 200; message++) socket.send('{"action":"ping"}');
    await closed;
    const codes = received.flatMap((message) => (message.type === 'error' ? [message.code] : []));
    expect(codes.sort()).toEqual(['malformed', 'too-large', 'too-many']);
    expect(received.filter(({ type }) => type === 'pong').length).toBeLessThanOrEqual(100);
  }, 60_000);
});
