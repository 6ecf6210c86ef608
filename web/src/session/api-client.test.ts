import { exampleAlert, exampleCall, said as saidOf } from '#core/call/example-call.ts';
import { summaryOf } from '#core/call/summary.ts';
import { createApiClient } from './api-client.ts';
import { listen, type LoopbackAnswer, type Loopback } from './loopback.fake.ts';

let server: Loopback;
let answer: LoopbackAnswer;
const tokens: boolean[] = [];

function client() {
  return createApiClient(
    `${server.url}/`,
    ({ renew }) => {
      tokens.push(renew);
      return Promise.resolve(renew ? 'new' : 'old');
    },
    fetch,
  );
}

beforeEach(async () => {
  tokens.length = 0;
  server = await listen((asked) => answer(asked));
});

afterEach(() => server.close());

test('asks with the token and reads the answer by its schema', async () => {
  answer = () => ({ status: 200, body: { calls: [], relays: [], more: 'ignored' } });
  await expect(client().activeCalls()).resolves.toEqual({ calls: [], relays: [] });
  expect(server.asked).toMatchObject([{ method: 'GET', path: '/calls', headers: { authorization: 'Bearer old' } }]);
});

test('fetches all pages of a call, and puts its utterances in order', async () => {
  const said = (seq: number) => saidOf({ seq });
  const first = {
    call: summaryOf(exampleCall),
    utterances: [said(2)],
    alerts: [exampleAlert],
    monitors: [],
    cursor: 'b',
  };
  const last = {
    call: summaryOf({ ...exampleCall, version: 9 }),
    utterances: [said(1), said(3)],
    alerts: [],
    monitors: [],
  };
  answer = ({ path }) => ({ status: 200, body: path.includes('cursor=b') ? last : first });
  const call = await client().call('pbx-9');
  expect(server.asked.map(({ path }) => path)).toEqual(['/calls/pbx-9', '/calls/pbx-9?cursor=b']);
  expect(call.utterances.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect([call.call.version, call.alerts.length, 'cursor' in call]).toEqual([9, 1, false]);
});

test('fetches all pages of the live calls', async () => {
  const page = { calls: [summaryOf(exampleCall)], relays: [] };
  answer = ({ path }) => ({ status: 200, body: path.includes('cursor') ? page : { ...page, cursor: 'b' } });
  expect((await client().activeCalls()).calls).toHaveLength(2);
});

test('renews a refused token once, and no more', async () => {
  answer = ({ headers }) =>
    headers.authorization === 'Bearer new'
      ? { status: 200, body: { ticket: 't', expiresAt: 1, url: 'wss://live.example/' } }
      : { status: 401, body: { title: 'Unauthorized' } };
  await expect(client().ticket()).resolves.toMatchObject({ ticket: 't' });
  answer = () => ({ status: 401, body: { title: 'Unauthorized' } });
  await expect(client().ticket()).rejects.toMatchObject({ kind: 'signed-out' });
  expect(tokens).toEqual([false, true, false, true]);
});

test.each([
  [
    404,
    { title: 'Not found', detail: 'No such call is stored.' },
    { kind: 'refused', status: 404, message: 'No such call is stored.', retryable: false },
  ],
  [429, { title: 'Slow down' }, { kind: 'refused', retryable: true }],
  [502, '<html>', { kind: 'failed', message: 'The server answered 502', retryable: true }],
  [200, '{"call"', { kind: 'misunderstood', retryable: false }],
  [200, { call: {} }, { kind: 'misunderstood', status: 200 }],
])('answer %d %j', async (status, body, error) => {
  answer = () => ({ status, body });
  await expect(client().call('pbx-9')).rejects.toMatchObject(error);
});

test('no answer at all is a network error', async () => {
  const gone = client();
  await server.close();
  await expect(gone.activeCalls()).rejects.toMatchObject({ kind: 'network', retryable: true });
  server = await listen((asked) => answer(asked));
});
