import { auditPageSchema } from '#core/contracts/http/audit.ts';
import { admin, problemOf, setUpApi } from './app.fake.ts';

const { ask, commands, relay } = setUpApi();

describe('a question about a trunk', () => {
  const answer = async (body: unknown) => ask('/relays/berlin-1/trunks', { method: 'PUT', as: admin, body });
  afterEach(() => {
    commands.splice(0);
    relay.delivery = 'sent';
  });

  it('is answered by an admin, for the relay and for the audit', async () => {
    expect((await answer({ prefix: 'PJSIP/mytrunk-', leadsOutside: true })).status).toBe(202);
    const command = { type: 'trunk', prefix: 'PJSIP/mytrunk-', leadsOutside: true };
    expect(commands).toEqual([{ relayId: 'berlin-1', command }]);
    const { rows } = auditPageSchema.parse(await (await ask('/audit?kind=settings', { as: admin })).json());
    expect(rows.map(({ what }) => what)).toContain('Relay berlin-1: channels PJSIP/mytrunk- lead outside.');
  });

  it.each([
    ['gone', 'offline'],
    ['failed', 'Try again'],
  ] as const)('is not answered where the relay did not receive it: %s', async (delivery, detail) => {
    relay.delivery = delivery;
    const problem = await problemOf(await answer({ prefix: 'PJSIP/mytrunk-', leadsOutside: true }));
    expect(problem).toMatchObject({ status: 409, detail: expect.stringContaining(detail) as string });
  });

  it.each(['', 'mytrunk', 'PJSIP/', 'PJSIP/a b', 'PJSIP/a,SIP/b', `SIP/${'x'.repeat(80)}`])(
    'is not answered for channels that begin with "%s"',
    async (prefix) => {
      const problem = await problemOf(await answer({ prefix, leadsOutside: true }));
      expect(problem).toMatchObject({ status: 400, field: 'prefix' });
      expect(commands).toEqual([]);
    },
  );
});
