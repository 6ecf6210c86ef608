import { exampleHead } from '#core/call/example-call.ts';
import { auditPageSchema } from '#core/contracts/http/audit.ts';
import { admin, problemOf, setUpApi, supervisor } from './app.fake.ts';

const { ask, commands, relay } = setUpApi();

describe('the sides of a call', () => {
  const swap = async (callId: string, as: unknown = supervisor, body: unknown = { isSwapped: true }) =>
    ask(`/calls/${callId}/sides`, { method: 'PUT', as, body });
  afterEach(() => {
    commands.splice(0);
    relay.delivery = 'sent';
  });

  it('are swapped by the relay of the call, and the audit says by whom', async () => {
    expect((await swap('live-1')).status).toBe(202);
    const command = { type: 'sides', callId: 'live-1', isSwapped: true };
    expect(commands).toEqual([{ relayId: exampleHead.relayId, command }]);
    // They are not swapped yet: nothing is new.
    expect((await swap('live-1', supervisor, { isSwapped: false })).status).toBe(202);
    const { rows } = auditPageSchema.parse(await (await ask('/audit?kind=sides', { as: admin })).json());
    expect(rows).toMatchObject([{ callId: 'live-1', by: { sub: 'u-1' }, what: 'Swapped the sides of a call.' }]);
  });

  it.each([
    ['a call that is over', 'sales-1', 'sent', 409, 'over'],
    ['a call whose relay is offline', 'live-1', 'gone', 409, 'offline'],
    ['a call whose relay did not receive it', 'live-1', 'failed', 409, 'Try again'],
    ['a call that is not there', 'nowhere', 'sent', 404, 'No such call'],
  ] as const)('stay as they are of %s', async (_what, callId, delivery, status, detail) => {
    relay.delivery = delivery;
    const problem = await problemOf(await swap(callId));
    expect(problem).toMatchObject({ status });
    expect(problem.detail).toContain(detail);
  });

  it('are nobody’s who may not see the call', async () => {
    const other = { ...supervisor, sub: 'u-9', 'custom:campaigns': 'SAVE' };
    expect(await problemOf(await swap('live-1', other))).toMatchObject({ status: 404 });
    expect(commands).toEqual([]);
  });
});
