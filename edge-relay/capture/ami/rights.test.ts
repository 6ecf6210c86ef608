import { ManualClock } from '../../clock.fake.ts';
import { AmiError } from './client.ts';
import { message } from './event-script.ts';
import type { AmiHeaders } from './protocol.ts';
import { ManagerRights } from './rights.ts';
import { until } from '../../until.ts';

const UUID = '10000000-0000-4000-8000-000000000000';

describe('ManagerRights', () => {
  let clock: ManualClock;
  let sent: AmiHeaders[];
  let allowed: string[];
  /** What the console answers; undefined where it refuses. */
  let output: string | undefined;

  beforeEach(() => {
    clock = new ManualClock();
    sent = [];
    allowed = ['Originate', 'Ping'];
    output = undefined;
  });

  const rightsOf = (isPlacing = true) =>
    new ManagerRights(
      { user: 'earshot', relayAddress: '10.0.0.5:9093', isPlacing },
      {
        clock,
        newUuid: () => UUID,
        client: {
          send: (action) => {
            sent.push(action);
            if (action['Action'] === 'ListCommands')
              return Promise.resolve(new Map(allowed.map((name) => [name, '(Priv: <none>)'])));
            if (action['Action'] === 'Command')
              return output === undefined
                ? Promise.reject(new AmiError('Permission denied'))
                : Promise.resolve(new Map([['Output', output]]));
            return Promise.resolve(new Map([['Response', 'Success']]));
          },
        },
      },
    );
  const isProbing = () => sent.some((action) => action['Action'] === 'Originate');
  const event = (name: string, eventClass: string, more: Record<string, string> = {}) =>
    message({ Event: name, Privilege: `${eventClass},all`, ...more });
  const hangup = event('Hangup', 'call', { Channel: `AudioSocket/10.0.0.5:9093-${UUID}` });
  const found = (rights: ManagerRights) => rights.findings().map((finding) => finding.found);

  /** What comes of the channel that Asterisk opens; `clock` goes on where it has no end. */
  async function proven(rights: ManagerRights, ...messages: readonly ReturnType<typeof event>[]) {
    const proof = rights.prove();
    await until(isProbing);
    // The clock's timer is set a turn after the answer.
    await Promise.resolve();
    for (const one of messages) rights.see(one);
    clock.advance(5_000);
    await proof;
    return rights;
  }

  it('is content when an event of each class came', async () => {
    const rights = rightsOf();
    const proof = rights.prove();
    await until(isProbing);
    rights.isProbe(UUID);
    rights.see(event('UserEvent', 'user', { UserEvent: 'EarshotProof', uuid: UUID }));
    rights.see(hangup);
    await proof;
    expect(found(rights)).toEqual([]);
    expect([...rights.proven].sort()).toEqual(['call', 'originate', 'user']);
  });

  it('names the right without which no event of a channel came that the relay saw itself', async () => {
    const rights = rightsOf();
    const proof = rights.prove();
    await until(isProbing);
    expect(rights.isProbe(UUID)).toBe(true);
    expect(rights.isProbe('20000000-0000-4000-8000-000000000000')).toBe(false);
    await Promise.resolve();
    clock.advance(5_000);
    await proof;
    expect(found(rights)).toEqual([
      expect.stringContaining('lacks read = call: it receives no events of calls, so none is transcribed'),
      expect.stringContaining('lacks read = user'),
    ]);
    expect(rights.findings().map(({ isGrave }) => isGrave)).toEqual([true, false]);
    rights.tapCameUp();
    expect(found(rights)).toEqual([expect.stringContaining('lacks read = user')]);
  });

  it('distinguishes a relay that cannot be reached from events that do not come', async () => {
    const failed = event('OriginateResponse', 'call', { ActionID: UUID, Response: 'Failure' });
    expect(found(await proven(rightsOf(), failed))).toEqual([expect.stringContaining('cannot open taps')]);
    sent = [];
    expect(found(await proven(rightsOf()))).toEqual([expect.stringContaining('reports nothing')]);
  });

  it('still knows a proof whose connection comes late', async () => {
    const rights = await proven(rightsOf(), event('UserEvent', 'user'), hangup);
    expect(rights.isProbe(UUID)).toBe(true);
  });

  it('misses the right to the events of queues when queues have served calls and none came', () => {
    const rights = rightsOf();
    rights.queuesServed(7);
    rights.queuesServed(7);
    expect(found(rights)).toEqual([]);
    rights.queuesServed(8);
    expect(found(rights)).toEqual([expect.stringContaining('lacks read = agent: of calls in queues')]);
    rights.see(event('QueueCallerJoin', 'agent'));
    rights.queuesServed(9);
    expect(found(rights)).toEqual([]);
  });

  it('does not take queues that count anew for calls', () => {
    const rights = rightsOf();
    rights.queuesServed(7);
    rights.queuesServed(0);
    expect(found(rights)).toEqual([]);
  });

  it.each([
    ['call,agent,user', []],
    ['all', []],
    ['call,user', ['agent']],
    ['<none>', ['call', 'agent', 'user']],
  ])('reads the rights where the user may ask the console: %s', async (granted, missing) => {
    allowed = ['Command'];
    output = `     username: earshot\n       secret: <Set>\n    read perm: ${granted}\n   write perm: command`;
    const rights = rightsOf();
    await rights.prove();
    for (const right of ['call', 'agent', 'user'])
      expect([right, found(rights).some((text) => text.includes(`read = ${right}`))]).toEqual([
        right,
        missing.includes(right),
      ]);
  });

  it('takes what the dialplan reports for more than the taps, where the dialplan places them', async () => {
    allowed = ['Command'];
    output = 'read perm: agent';
    const rights = rightsOf(false);
    await rights.prove();
    expect(rights.findings().map(({ found: text, isGrave }) => [/= (\w+):/.exec(text)?.[1], isGrave])).toEqual([
      ['originate', false],
      ['call', false],
      ['user', true],
    ]);
  });
});
