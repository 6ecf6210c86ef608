import { usualNoticeLimits } from '#core/notice-limit.ts';
import { exampleHead } from '#core/call/example-call.ts';
import { callDetailSchema } from '#core/contracts/http/calls.ts';
import { monitorSchema } from '#core/monitor.ts';
import { now, problemOf, setUpApi, supervisor } from './app.fake.ts';

const { ask, commands, relay, stores } = setUpApi();

describe('a request to join a call', () => {
  const requestMonitor = async (callId: string, as: unknown, body: unknown = { mode: 'whisper' }) =>
    ask(`/calls/${callId}/monitors`, { method: 'POST', as, body });
  const withTelephone = { ...supervisor, 'custom:extension': '6007' };
  const monitorOf = async (response: Response) => {
    expect(response.status).toBe(202);
    return monitorSchema.parse(await response.json());
  };
  afterEach(() => {
    commands.splice(0);
    relay.delivery = 'sent';
  });

  it('rings the person’s telephone through the relay of the call, once for repeated requests', async () => {
    const requested = await monitorOf(await requestMonitor('live-1', withTelephone));
    expect(requested).toMatchObject({
      callId: 'live-1',
      mode: 'whisper',
      extension: '6007',
      by: { sub: 'u-1', name: 'ada@earshot.example' },
      requestedAt: now,
      outcome: 'requested',
    });
    const { requestId } = requested;
    const command = { type: 'monitor', requestId, callId: 'live-1', mode: 'whisper', extension: '6007' };
    expect(commands).toEqual([{ relayId: exampleHead.relayId, command }]);
    expect(await monitorOf(await requestMonitor('live-1', withTelephone))).toEqual(requested);
    expect(commands).toHaveLength(1);
    expect((await monitorOf(await requestMonitor('live-1', withTelephone, { mode: 'listen' }))).mode).toBe('listen');
    const another = { ...withTelephone, sub: 'u-3' };
    expect((await monitorOf(await requestMonitor('live-1', another))).requestId).not.toBe(requestId);
    const detail = callDetailSchema.parse(await (await ask('/calls/live-1')).json());
    expect(detail.monitors.map(({ mode }) => mode).sort()).toEqual(['listen', 'whisper', 'whisper']);
  });

  it('has its outcome at once if the relay is not connected, and may be repeated then', async () => {
    relay.delivery = 'gone';
    const person = { ...withTelephone, sub: 'u-4' };
    const refused = await monitorOf(await requestMonitor('live-1', person));
    expect(refused).toMatchObject({ outcome: 'relay-offline', outcomeAt: now });
    relay.delivery = 'failed';
    const again = await monitorOf(await requestMonitor('live-1', person));
    expect(again).toMatchObject({ outcome: 'requested' });
    expect(again.requestId).not.toBe(refused.requestId);
  });

  it('rings the telephone that an admin entered for the person’s verified address', async () => {
    const extensions = [{ email: 'ada@earshot.example', extension: '6005' }];
    await stores().settings.put(
      { extensions, ring: {}, notices: usualNoticeLimits, version: 0 },
      { sub: 'u-2', name: 'Eve' },
      now,
    );
    const verified = { ...supervisor, sub: 'u-5', email_verified: 'true' };
    expect(await monitorOf(await requestMonitor('live-1', verified))).toMatchObject({ extension: '6005' });
    const unverified = { ...supervisor, sub: 'u-6', email_verified: 'false' };
    expect(await problemOf(await requestMonitor('live-1', unverified))).toMatchObject({ status: 409 });
    const unknown = { ...verified, email: 'bob@earshot.example' };
    const { status, detail } = await problemOf(await requestMonitor('live-1', unknown));
    expect([status, detail]).toEqual([409, expect.stringContaining('bob@earshot.example under Settings')]);
    expect(commands).toHaveLength(1);
  });

  it('is rejected for a call that is over, of another team, or not stored', async () => {
    expect(await problemOf(await requestMonitor('sales-1', withTelephone))).toMatchObject({ status: 409 });
    const ofSave = { ...withTelephone, 'custom:campaigns': 'SAVE' };
    expect(await problemOf(await requestMonitor('live-1', ofSave))).toMatchObject({ status: 404 });
    expect(await problemOf(await requestMonitor('other', withTelephone))).toMatchObject({ status: 404 });
    expect(await problemOf(await requestMonitor('live-1', withTelephone, { mode: 'shout' }))).toMatchObject({
      status: 400,
      field: 'mode',
    });
    expect(commands).toEqual([]);
  });
});
