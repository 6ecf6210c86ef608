import { createHash } from 'node:crypto';
import { listen, type LoopbackAnswer, type Loopback } from './loopback.fake.ts';
import { createManagedLogin } from './managed-login.ts';

let server: Loopback;
let answer: LoopbackAnswer;

beforeEach(async () => {
  server = await listen((asked) => answer(asked));
});
afterEach(() => server.close());

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => {
      items.clear();
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

function login(storage = memory()) {
  return createManagedLogin(
    { cognitoUrl: 'https://cognito.example', userPoolId: 'pool', userPoolClientId: 'page' },
    { loginUrl: 'https://login.example', siteUrl: 'https://site.example' },
    storage,
    (url, request) => fetch((url as string).replace('https://login.example', server.url), request),
  );
}

/** What Cognito sends a person back with. */
function back(left: string, fields: Record<string, string>): URL {
  const state = new URL(left).searchParams.get('state') ?? '';
  return new URL(`https://site.example/signed-in?${new URLSearchParams({ state, ...fields }).toString()}`);
}

/** An ID token as Cognito issues it to this page, but for its signature, which the API checks. */
function idToken(claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const times = { auth_time: now, iat: now, exp: now + 3600 };
  const payload = {
    iss: 'https://cognito.example/pool',
    aud: 'page',
    sub: 'u-1',
    token_use: 'id',
    ...times,
    ...claims,
  };
  const parts = [{ kid: 'k', alg: 'RS256' }, payload].map((part) => JSON.stringify(part));
  return [...parts, 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

const tokens = {
  id_token: idToken(),
  access_token: 'access',
  refresh_token: 'again',
  expires_in: 3600,
  token_type: 'Bearer',
};

test('the code is exchanged with the secret behind the challenge, and the way goes on where it began', async () => {
  const entrance = login();
  const left = new URL(await entrance.begin('/calls/a'));
  expect(left.pathname).toBe('/oauth2/authorize');
  expect(left.searchParams.get('redirect_uri')).toBe('https://site.example/signed-in');
  answer = () => ({ status: 200, body: tokens });

  await expect(entrance.finish(back(left.href, { code: 'c1' }))).resolves.toEqual({
    signIn: { kind: 'signed-in', idToken: tokens.id_token, refreshToken: 'again', expiresInMs: 3_600_000 },
    next: '/calls/a',
  });
  const asked = new URLSearchParams(server.asked[0]?.body);
  const challenge = createHash('sha256')
    .update(asked.get('code_verifier') ?? '')
    .digest('base64url');
  expect(challenge).toBe(left.searchParams.get('code_challenge'));
  expect(Object.fromEntries(asked)).toMatchObject({ grant_type: 'authorization_code', code: 'c1', client_id: 'page' });
});

test('an answer to a sign-in that this tab did not begin is refused, and no code is sent', async () => {
  const entrance = login();
  await entrance.begin('/');
  const foreign = new URL('https://site.example/signed-in?code=c1&state=other');
  await expect(entrance.finish(foreign)).rejects.toMatchObject({ code: 'invalid_state' });
  expect(server.asked).toEqual([]);
});

test('one sign-in is finished once', async () => {
  const entrance = login();
  const left = await entrance.begin('/');
  answer = () => ({ status: 200, body: tokens });
  await entrance.finish(back(left, { code: 'c1' }));
  await expect(entrance.finish(back(left, { code: 'c1' }))).rejects.toMatchObject({ code: 'invalid_state' });
});

test('what Cognito refuses is told', async () => {
  const entrance = login();
  const left = await entrance.begin('/');
  const refused = back(left, { error: 'access_denied', error_description: 'Not in this pool' });
  await expect(entrance.finish(refused)).rejects.toMatchObject({ code: 'access_denied', message: 'Not in this pool' });
});

test('a renewed session keeps its refresh token; a dead one is a refusal, an outage is not', async () => {
  const { refresh_token: _, ...renewed } = { ...tokens, id_token: idToken({ jti: 'new' }) };
  answer = () => ({ status: 200, body: renewed });
  await expect(login().refresh('again')).resolves.toMatchObject({ idToken: renewed.id_token, refreshToken: 'again' });
  answer = () => ({ status: 400, body: { error: 'invalid_grant' } });
  await expect(login().refresh('again')).rejects.toMatchObject({ name: 'CognitoError', code: 'invalid_grant' });
  answer = () => ({ status: 503, body: {} });
  await expect(login().refresh('again')).rejects.toMatchObject({ kind: 'failed' });
});

test.each([
  ['another pool', { iss: 'https://cognito.example/other' }],
  ['another page', { aud: 'other' }],
])('a token that was issued by or for %s is not taken', async (_, claims) => {
  const entrance = login();
  const left = await entrance.begin('/');
  answer = () => ({ status: 200, body: { ...tokens, id_token: idToken(claims) } });
  await expect(entrance.finish(back(left, { code: 'c1' }))).rejects.toMatchObject({ kind: 'misunderstood' });
});

test('a desk’s clock that is an hour ahead keeps nobody out', async () => {
  const entrance = login();
  const left = await entrance.begin('/');
  const past = Math.floor(Date.now() / 1000) - 7200;
  answer = () => ({ status: 200, body: { ...tokens, id_token: idToken({ iat: past, exp: past + 3600 }) } });
  await expect(entrance.finish(back(left, { code: 'c1' }))).resolves.toMatchObject({ next: '/' });
});

test('a refusal that has no reason is a refusal all the same', async () => {
  answer = () => ({ status: 403, body: '<html>' });
  await expect(login().refresh('again')).rejects.toMatchObject({ name: 'CognitoError', code: 'invalid_request' });
});

test('a revoked token is sent to be revoked', async () => {
  answer = () => ({ status: 200, body: '' });
  await login().revoke('again');
  expect(server.asked).toMatchObject([{ path: '/oauth2/revoke', body: 'token=again&client_id=page' }]);
});

test('signing out ends Cognito’s session too', () => {
  const address = new URL(login().signOutUrl());
  expect(address.pathname).toBe('/logout');
  expect(address.searchParams.get('logout_uri')).toBe('https://site.example/sign-in');
});
