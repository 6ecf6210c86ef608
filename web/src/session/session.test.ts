import { createCognito } from './cognito.ts';
import { listen, type LoopbackAnswer, type Loopback } from './loopback.fake.ts';
import { createSession } from './session.ts';

const HOUR_MS = 3_600_000;

/** The part of a browser's storage that a session uses. */
function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    length: 0,
    key: () => null,
    clear: () => {
      items.clear();
    },
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

function idToken(claims: object): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
}

let server: Loopback;
let answer: LoopbackAnswer;
let now = 0;
let storage: Storage;

const cognito = () => createCognito({ cognitoUrl: server.url, userPoolClientId: 'client' }, fetch);
const session = () => createSession(cognito(), storage, () => now);
const granted = (tokens: object) => ({ status: 200, body: { AuthenticationResult: { ExpiresIn: 3600, ...tokens } } });
const operations = () => server.asked.map(({ headers }) => String(headers['x-amz-target']).split('.')[1]);

beforeEach(async () => {
  now = 0;
  storage = memoryStorage();
  server = await listen((asked) => answer(asked));
});

afterEach(() => server.close());

async function signedIn() {
  answer = () => granted({ IdToken: idToken({ name: 'Zoë R.', 'cognito:groups': ['admins'] }), RefreshToken: 'r1' });
  const started = session();
  const signIn = await cognito().signIn('reader', 'secret');
  if (signIn.kind !== 'signed-in') throw new Error('Not signed in');
  started.start(signIn);
  return started;
}

test('signs in by password and knows who it is', async () => {
  const started = await signedIn();
  expect(started.person()).toEqual({ name: 'Zoë R.', groups: ['admins'] });
  expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
    ClientId: 'client',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'reader', PASSWORD: 'secret' },
  });
});

test('a first password is exchanged for the person’s own', async () => {
  answer = () => ({ status: 200, body: { ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 's1' } });
  const pending = await cognito().signIn('reader', 'first');
  if (pending.kind !== 'new-password') throw new Error('No challenge');
  answer = () => granted({ IdToken: idToken({}), RefreshToken: 'r1' });
  await expect(cognito().setNewPassword(pending, 'own')).resolves.toMatchObject({ kind: 'signed-in' });
  expect(JSON.parse(server.asked[1]?.body ?? '')).toMatchObject({
    Session: 's1',
    ChallengeResponses: { USERNAME: 'reader', NEW_PASSWORD: 'own' },
  });
});

test.each([
  [{ status: 400, body: { __type: 'aws#NotAuthorizedException', message: 'No' } }, { code: 'NotAuthorizedException' }],
  [{ status: 200, body: { ChallengeName: 'SMS_MFA', Session: 's' } }, { code: 'SMS_MFA' }],
  [{ status: 503, body: 'down' }, { kind: 'failed' }],
  [{ status: 200, body: {} }, { kind: 'misunderstood' }],
])('a sign-in answered by %j fails', async (given, error) => {
  answer = () => given;
  await expect(cognito().signIn('reader', 'secret')).rejects.toMatchObject(error);
});

test('a reload finds the session again, and a damaged one is none', async () => {
  await signedIn();
  expect(session().person()?.name).toBe('Zoë R.');
  storage.setItem('earshot.session', '{"idToken":1');
  expect(session().person()).toBeUndefined();
});

test('renews a token that is about to end, once for all who ask', async () => {
  const started = await signedIn();
  const old = await started.idToken({ renew: false });
  now = HOUR_MS - 30_000;
  answer = () => granted({ IdToken: idToken({ name: 'next' }) });
  const [first, second] = await Promise.all([started.idToken({ renew: false }), started.idToken({ renew: false })]);
  expect(first).not.toBe(old);
  expect(second).toBe(first);
  expect(operations()).toEqual(['InitiateAuth', 'InitiateAuth']);
  // The refresh token that came first stays in force.
  now += HOUR_MS;
  await started.idToken({ renew: false });
  expect(JSON.parse(server.asked[2]?.body ?? '')).toMatchObject({ AuthParameters: { REFRESH_TOKEN: 'r1' } });
});

test('a refused renewal ends the session; a failed one does not', async () => {
  const started = await signedIn();
  answer = () => ({ status: 503, body: '' });
  await expect(started.idToken({ renew: true })).rejects.toMatchObject({ kind: 'failed' });
  expect(started.person()).toBeDefined();
  answer = () => ({ status: 400, body: { __type: 'NotAuthorizedException' } });
  await expect(started.idToken({ renew: true })).rejects.toMatchObject({ kind: 'signed-out' });
  expect(started.person()).toBeUndefined();
  expect(storage.getItem('earshot.session')).toBeNull();
});

test('signing out revokes, and forgets even when that fails', async () => {
  const started = await signedIn();
  answer = () => ({ status: 500, body: '' });
  await started.end();
  expect(operations().at(-1)).toBe('RevokeToken');
  expect(started.person()).toBeUndefined();
});
