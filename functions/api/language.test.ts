import { exampleHead } from '#core/call/example-call.ts';
import { auditPageSchema } from '#core/contracts/http/audit.ts';
import { admin, problemOf, setUpApi, supervisor } from './app.fake.ts';

const { ask, commands, relay } = setUpApi();

describe('the language of a call', () => {
  const correct = async (callId: string, as: unknown = supervisor, body: unknown = { tag: 'de-at' }) =>
    ask(`/calls/${callId}/language`, { method: 'PUT', as, body });
  afterEach(() => {
    commands.splice(0);
    relay.delivery = 'sent';
  });

  it('is corrected by its relay, and the audit says by whom', async () => {
    expect((await correct('live-1')).status).toBe(202);
    const command = { type: 'language', callId: 'live-1', tag: 'de-AT' };
    expect(commands).toEqual([{ relayId: exampleHead.relayId, command }]);
    const { rows } = auditPageSchema.parse(await (await ask('/audit?kind=language', { as: admin })).json());
    expect(rows).toMatchObject([
      { callId: 'live-1', by: { sub: 'u-1' }, what: 'Set the language of a call to de-AT.' },
    ]);
  });

  it.each([
    ['a call that is over', 'sales-1', 'sent', 409, 'over'],
    ['a call whose relay is offline', 'live-1', 'gone', 409, 'offline'],
    ['a call whose relay did not receive it', 'live-1', 'failed', 409, 'Try again'],
    ['a call that is not there', 'nowhere', 'sent', 404, 'No such call'],
  ] as const)('stays as it is of %s', async (_what, callId, delivery, status, detail) => {
    relay.delivery = delivery;
    const problem = await problemOf(await correct(callId));
    expect(problem).toMatchObject({ status });
    expect(problem.detail).toContain(detail);
  });

  it('is a language tag, and nobody’s to change who may not see the call', async () => {
    expect((await correct('live-1', supervisor, { tag: 'klingonisch' })).status).toBe(400);
    const other = { ...supervisor, sub: 'u-9', 'custom:campaigns': 'SAVE' };
    expect(await problemOf(await correct('live-1', other))).toMatchObject({ status: 404 });
    expect(commands).toEqual([]);
  });
});
