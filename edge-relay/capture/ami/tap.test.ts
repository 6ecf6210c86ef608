import { pino } from 'pino';
import { addressList, LOOPBACK } from '../../audiosocket/address-list.ts';
import { AudioSocketServer } from '../../audiosocket/server.ts';
import type { LegDescription } from '../../leg-contract.ts';
import { ManualClock } from '../../clock.fake.ts';
import { SimulatedAsterisk } from '../../sim/asterisk.ts';
import { queueCall } from '../../sim/queue-call.ts';
import { type RecordedCall, readRecorded } from './recorded/recorded-events.ts';
import { events } from './event-script.ts';
import { AmiTap, type AmiTapOptions } from './tap.ts';
import { until } from '../../until.ts';

const login = { user: 'earshot', secret: 'a-secret' };
const call = {
  linkedid: '1795399200.16',
  queue: 'save',
  agent: { id: '6001', name: 'Dana Wills' },
  caller: { number: '+442079460123', name: 'R Mills' },
};

describe('AmiTap', () => {
  let clock: ManualClock;
  let asterisk: SimulatedAsterisk;
  let audioSocket: AudioSocketServer;
  let legs: Map<string, { bytes: number }>;
  let described: Map<string, LegDescription>;
  let undescribed: string[];
  let logged: string;
  let synchronized: number;
  const taps: AmiTap[] = [];

  const openLeg = ({ uuid }: { uuid: string }) => {
    if (taps.some((tap) => tap.isAbandoned(uuid))) return undefined;
    if (!described.has(uuid)) undescribed.push(uuid);
    const leg = { bytes: 0 };
    legs.set(uuid, leg);
    return {
      audio: (audio: Buffer) => void (leg.bytes += audio.length),
      end: () => legs.delete(uuid),
    };
  };

  function startTap(options: Partial<AmiTapOptions> = {}): AmiTap {
    const tap = new AmiTap(
      {
        host: '127.0.0.1',
        port: asterisk.port,
        ...login,
        relayAddress: `127.0.0.1:${audioSocket.port}`,
        isPlacing: true,
        standbyMs: 0,
        filters: { channels: [], contexts: [], queues: [] },
        trunks: [],
        trunkAnswers: [],
        ...options,
      },
      {
        clock,
        log: pino({}, { write: (line: string) => void (logged += line) }),
        describe: (description) => described.set(description.uuid, description),
        isHeard: (uuid) => legs.has(uuid),
        closeLeg: (uuid) => {
          audioSocket.closeLeg(uuid);
        },
        onSynchronized: () => synchronized++,
      },
    );
    taps.push(tap);
    tap.start();
    return tap;
  }

  const originated = () => asterisk.actions.filter((action) => action.get('Application') === 'ChanSpy');
  const tapped = () => originated().map((action) => action.get('Data')?.replace(/,uqEol$/, ''));

  beforeEach(async () => {
    clock = new ManualClock();
    legs = new Map();
    described = new Map();
    undescribed = [];
    logged = '';
    synchronized = 0;
    asterisk = await SimulatedAsterisk.listen(login);
    audioSocket = await AudioSocketServer.listen(
      {
        host: '127.0.0.1',
        port: 0,
        idleMs: 60_000,
        maxConnections: 100,
        allowed: addressList(LOOPBACK),
      },
      { openLeg, clock, log: pino({ level: 'silent' }) },
    );
  });
  afterEach(async () => {
    await Promise.all(taps.splice(0).map((tap) => tap.stop()));
    await asterisk.close();
    await audioSocket.stop();
  });

  async function answeredCall() {
    const running = queueCall(asterisk, call);
    running.ring();
    running.answer();
    await until(() => legs.size === 2);
    return running;
  }

  it('knows who waits in the queues from the start, soon after somebody joins, and not while Asterisk is away', async () => {
    const queue = { name: 'save', completed: 0, abandoned: 3 };
    asterisk.queues = [{ ...queue, waiting: [{ uniqueid: '1.1', seconds: 40 }] }];
    const tap = startTap();
    await until(() => tap.waiting() !== undefined);
    const longestSince = clock.now() - 40_000;
    expect(tap.waiting()).toEqual([{ queue: 'save', calls: 1, longestSince, abandoned: 0 }]);

    const waiting = ['1.1', '1.2'].map((uniqueid) => ({ uniqueid, seconds: 0 }));
    asterisk.queues = [{ ...queue, abandoned: 4, waiting }];
    const joins = { name: 'SIP/in-00000002', uniqueid: '1.2', linkedid: '1.2', context: 'queues', number: '2' };
    asterisk.emit(events.queueJoin(joins, 'save'));
    await until(() => {
      clock.advance(500);
      return tap.waiting()?.[0]?.calls === 2;
    });
    expect(tap.waiting()).toEqual([{ queue: 'save', calls: 2, longestSince, abandoned: 1 }]);

    asterisk.dropSessions();
    await until(() => !tap.client.isConnected);
    expect(tap.waiting()).toBeUndefined();
  });

  it('has both sides of a queue call sent here, described before their audio', async () => {
    startTap();
    await until(() => synchronized === 1);
    const running = await answeredCall();
    const [first] = originated();
    const uuid = first?.get('ActionID') ?? '';
    expect(Object.fromEntries(first ?? [])).toEqual({
      Action: 'Originate',
      ActionID: uuid,
      Channel: `AudioSocket/127.0.0.1:${audioSocket.port}/${uuid}/c(slin)`,
      Application: 'ChanSpy',
      Data: `${running.agentChannel},uqEol`,
      Async: 'true',
    });
    await until(() => [...legs.values()].every(({ bytes }) => bytes > 0));
    expect(undescribed).toEqual([]);
    const facts = { linkedid: call.linkedid, queue: 'save', agent: call.agent, caller: call.caller };
    expect([...described.values()].map(({ channel }) => channel).sort()).toEqual(['agent', 'caller']);
    for (const leg of described.values()) expect(leg).toMatchObject(facts);
    running.hangUp();
    await until(() => legs.size === 0);
    expect(originated()).toHaveLength(2);
  });

  it.each<[RecordedCall, number]>([
    ['sip-direct', 2],
    ['sip-queue', 2],
    ['sip-blind-transfer', 3],
    ['local-queue', 2],
  ])('places the right taps on the recorded call %s', async (recorded, expected) => {
    startTap();
    await until(() => synchronized === 1);
    const isHangup = (atMs: number) => atMs > 12_000;
    const all = readRecorded(recorded);
    asterisk.emit(...all.filter(({ atMs }) => !isHangup(atMs)).map(({ event }) => event));
    await until(() => legs.size === 2 && originated().length === expected);
    asterisk.emit(...all.filter(({ atMs }) => isHangup(atMs)).map(({ event }) => event));
    await until(() => legs.size === 0);
    expect(originated()).toHaveLength(expected);
    expect(new Set(tapped()).size).toBe(expected);
  });

  it('leaves an Asterisk alone that cannot reach it, says so, and taps when it can', async () => {
    startTap();
    await until(() => synchronized === 1);
    asterisk.isRelayUnreachable = true;
    asterisk.emit(
      ...readRecorded('local-queue-relay-down')
        .filter(({ atMs }) => atMs < 12_000)
        .map(({ event }) => event),
    );
    await until(() => logged.includes('Asterisk could not open a tap'));
    expect(originated()).toHaveLength(1);
    expect(logged).toContain(`127.0.0.1:${audioSocket.port}`);
    asterisk.isRelayUnreachable = false;
    clock.advance(2_000);
    await until(() => legs.size === 2);
    expect(originated()).toHaveLength(3);
    expect(undescribed).toEqual([]);
  });

  it('taps nothing twice after its connection was lost in the middle of a call', async () => {
    const tap = startTap();
    await until(() => synchronized === 1);
    const running = await answeredCall();
    asterisk.dropSessions();
    await until(() => !tap.client.isConnected);
    clock.advance(500);
    await until(() => synchronized === 2);
    expect(originated()).toHaveLength(2);
    running.hangUp();
    await until(() => legs.size === 0);
    expect(originated()).toHaveLength(2);
  });

  it('taps what began while its connection was lost, and what another relay left', async () => {
    const running = queueCall(asterisk, call);
    running.ring();
    running.answer();
    startTap();
    await until(() => legs.size === 2);
    expect(new Set(tapped())).toEqual(new Set([running.agentChannel, running.callerChannel]));
    for (const { linkedid } of described.values()) expect(linkedid).toBe(call.linkedid);
  });

  it('taps a channel anew whose tap broke off', async () => {
    startTap();
    await until(() => synchronized === 1);
    const running = await answeredCall();
    audioSocket.closeLeg(originated()[0]?.get('ActionID') ?? '');
    await until(() => originated().length === 2 && legs.size === 1);
    await until(() => asterisk.taps.length === 1);
    // The relay may learn only now that the tap is gone; from then on it waits 250 ms.
    await until(
      () => {
        clock.advance(250);
        return legs.size === 2;
      },
      { intervalMs: 50 },
    );
    expect(tapped()).toEqual([running.agentChannel, running.callerChannel, running.agentChannel]);
  });

  it('stands by for another relay, and takes over when that one goes', async () => {
    const other = startTap();
    const standby = startTap({ standbyMs: 1_500 });
    await until(() => synchronized === 2);
    await answeredCall();
    clock.advance(1_500);
    await until(() => other.counts.placed === 2);
    expect(standby.counts.placed).toBe(0);
    await other.stop();
    for (const { uuid } of [...asterisk.taps]) audioSocket.closeLeg(uuid);
    await until(() => asterisk.taps.length === 0 && legs.size === 0);
    await until(() => {
      if (standby.counts.placed === 2) return true;
      clock.advance(500);
      return false;
    });
    await until(() => legs.size === 2);
    expect(standby.counts.placed).toBe(2);
  });

  it('only reports who is on the line where the dialplan places the taps', async () => {
    startTap({ isPlacing: false });
    await until(() => synchronized === 1);
    const uuid = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
    const running = queueCall(asterisk, call);
    running.ring();
    const headers = { uuid, leg: 'agent', linkedid: call.linkedid, channel: running.agentChannel, agent: 'Dana Wills' };
    asterisk.emit(new Map(Object.entries({ Event: 'UserEvent', UserEvent: 'CallTap', ...headers })));
    asterisk.emit(new Map(Object.entries({ Event: 'UserEvent', UserEvent: 'CallTap', ...headers, uuid: 'no-uuid' })));
    running.answer();
    await until(() => described.has(uuid) && logged.includes('odd tap event'));
    expect(described.get(uuid)).toMatchObject({ channel: 'agent', linkedid: call.linkedid, agent: call.agent });
    expect(originated()).toEqual([]);
  });

  it('says what to do when its login is refused, and tries again', async () => {
    const tap = startTap({ secret: 'wrong' });
    await until(() => logged.includes('manager.conf'));
    expect(tap.client.isConnected).toBe(false);
    logged = '';
    await until(() => {
      clock.advance(500);
      return logged.includes('manager.conf');
    });
    expect(logged).not.toContain('wrong"');
  });

  it('writes no names and numbers of a call into its log', async () => {
    startTap();
    await until(() => synchronized === 1);
    asterisk.isRelayUnreachable = true;
    const running = queueCall(asterisk, call);
    running.ring();
    running.answer();
    await until(() => logged.includes('Asterisk could not open a tap'));
    for (const secret of ['442079460123', 'Mills', 'Dana']) expect(logged).not.toContain(secret);
  });
});
