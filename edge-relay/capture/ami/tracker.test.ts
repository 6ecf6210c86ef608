import fc from 'fast-check';
import { events, message, type ScriptedChannel } from './event-script.ts';
import { Followed, noFilters } from './followed.fake.ts';
import { type RecordedCall, readRecorded } from './recorded/recorded-events.ts';
import { MAX_TAPS_A_CHANNEL, type TrackerOptions } from './tracker.ts';

const replay = (call: RecordedCall, options?: Partial<TrackerOptions>) =>
  new Followed(options).feed(...readRecorded(call).map(({ event }) => event));

const caller: ScriptedChannel = {
  name: 'PJSIP/trunk-00000001',
  uniqueid: '1795399600.1',
  linkedid: '1795399600.1',
  context: 'from-trunk',
  number: '+442079460123',
};
const agent: ScriptedChannel = {
  name: 'PJSIP/6001-00000002',
  uniqueid: '1795399600.2',
  linkedid: '1795399600.1',
  context: 'agents',
  number: '6001',
};
const second: ScriptedChannel = { ...agent, name: 'PJSIP/6002-00000004', uniqueid: '1795399620.4', number: '6002' };
const bridge = { id: 'bridge-1' };
const answered = [
  events.newchannel(caller),
  events.newchannel(agent),
  events.dialBegin(caller, agent),
  events.dialEnd(caller, agent, 'ANSWER'),
  events.bridgeEnter(agent, bridge),
  events.bridgeEnter(caller, bridge),
];

describe('CallTracker on recorded calls', () => {
  it('taps both sides of a direct call', () => {
    const { taps, legOf } = bound(replay('sip-direct'));
    expect(taps).toHaveLength(2);
    const facts = {
      linkedid: '1795399538.0',
      caller: { number: '5551234', name: 'Bob Caller' },
      agent: { id: 'self' },
    };
    expect(legOf('PJSIP/self-00000002')).toMatchObject({ channel: 'agent', ...facts });
    expect(legOf('PJSIP/self-00000000')).toMatchObject({ channel: 'caller', ...facts });
  });

  it('names agent and queue of a queue call whose member is a Local channel', () => {
    const { taps, legOf } = bound(replay('sip-queue'));
    expect(taps).toHaveLength(2);
    const facts = { linkedid: '1795399554.6', queue: 'lab', agent: { id: 'agent', name: 'Alice Agent' } };
    expect(legOf('PJSIP/self-00000006')).toMatchObject({ channel: 'agent', ...facts });
    expect(legOf('PJSIP/self-00000004')).toMatchObject({ channel: 'caller', ...facts, caller: { number: '5551234' } });
  });

  it('follows a blind transfer: the caller’s tap goes on, the new agent is tapped', () => {
    const { tapped, legOf } = bound(replay('sip-blind-transfer'));
    expect(tapped).toEqual(['PJSIP/self-0000000a', 'PJSIP/self-00000008', 'PJSIP/self-0000000c']);
    for (const channelName of tapped) expect(legOf(channelName)).toMatchObject({ linkedid: '1795399570.14' });
    expect(legOf('PJSIP/self-0000000c')).toMatchObject({ channel: 'agent' });
  });

  it('skips the middle of a chain of Local channels', () => {
    const { tapped, legOf } = bound(replay('local-queue'));
    expect([...tapped].sort()).toEqual([
      'Local/agent-1795399741232@lab-00000002;1',
      'Local/caller-1795399741232@lab-00000000;1',
    ]);
    expect(legOf('Local/agent-1795399741232@lab-00000002;1')).toMatchObject({
      channel: 'agent',
      agent: { name: 'Alice Agent' },
      queue: 'lab',
    });
    expect(legOf('Local/caller-1795399741232@lab-00000000;1')).toMatchObject({ channel: 'caller', queue: 'lab' });
  });

  it('gives up a channel whose taps do not come up', () => {
    const followed = new Followed();
    for (const { event } of readRecorded('local-queue-relay-down')) {
      followed.feed(event);
      for (const { uuid } of [...followed.taps]) followed.did(followed.tracker.tapFailed(uuid));
    }
    expect(new Set(followed.tapped).size).toBe(2);
    expect(Math.max(...followed.taps.map(({ attempt }) => attempt))).toBe(MAX_TAPS_A_CHANNEL);
  });

  it('knows nothing more once all have hung up', () => {
    for (const call of ['sip-direct', 'sip-queue', 'sip-blind-transfer', 'local-queue'] as const) {
      const { tracker, taps } = replay(call);
      for (const { uuid } of taps) expect(tracker.isWanted(uuid)).toBe(false);
    }
  });
});

describe('CallTracker', () => {
  it('taps nothing while a call rings, is not answered or hung up', () => {
    const rings = answered.slice(0, 3);
    const ends = [events.dialEnd(caller, agent, 'NOANSWER'), events.hangup(agent), events.hangup(caller)];
    expect(new Followed().feed(...rings, ...ends).taps).toEqual([]);
    expect(new Followed().feed(...rings, events.hangup(caller), events.hangup(agent)).taps).toEqual([]);
  });

  it('keeps the taps of a call on hold', () => {
    const followed = new Followed().feed(...answered, events.hold(agent), events.unhold(agent));
    expect(followed.tapped).toEqual([agent.name, caller.name]);
  });

  it('keeps the tap of a caller who is parked, and taps nobody who only waits', () => {
    const parked = { id: 'park', technology: 'holding_bridge' };
    const alone = new Followed().feed(events.newchannel(caller), events.bridgeEnter(caller, parked));
    expect(alone.taps).toEqual([]);
    const followed = new Followed().feed(...answered, events.bridgeLeave(caller, bridge));
    followed.feed(events.hangup(agent), events.bridgeEnter(caller, parked));
    expect(followed.taps).toHaveLength(2);
  });

  it('keeps two calls at once apart', () => {
    const other = (channel: ScriptedChannel, count: number): ScriptedChannel => ({
      ...channel,
      name: channel.name.replace('-0', '-f'),
      uniqueid: `1795399600.${count}`,
      linkedid: '1795399600.11',
    });
    const [caller2, agent2] = [other(caller, 11), other(agent, 12)];
    const bridge2 = { id: 'bridge-2' };
    const answered2 = [
      events.newchannel(caller2),
      events.newchannel(agent2),
      events.dialBegin(caller2, agent2),
      events.bridgeEnter(agent2, bridge2),
      events.bridgeEnter(caller2, bridge2),
    ];
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (turns) => {
        const followed = new Followed();
        const [first, other] = [[...answered], [...answered2]];
        for (const turn of turns) {
          const next = (turn ? first : other).shift() ?? (turn ? other : first).shift();
          if (!next) break;
          followed.feed(next);
        }
        expect(followed.taps).toHaveLength(4);
        for (const { name, linkedid } of [caller, agent, caller2, agent2])
          expect(followed.legOf(name)).toMatchObject({ linkedid });
      }),
      { numRuns: 50 },
    );
  });

  it('follows an attended transfer: the new agent joins the caller’s call', () => {
    const consult = { ...agent, name: 'PJSIP/6001-00000003', uniqueid: '1795399620.3', linkedid: '1795399620.3' };
    const consulted = { ...second, linkedid: consult.linkedid };
    const followed = new Followed().feed(
      ...answered,
      events.hold(agent),
      events.newchannel(consult),
      events.newchannel(consulted),
      events.dialBegin(consult, consulted),
      events.bridgeEnter(consulted, { id: 'bridge-2' }),
      events.bridgeEnter(consult, { id: 'bridge-2' }),
    );
    expect(followed.legOf(consulted.name)).toMatchObject({ channel: 'agent', linkedid: consult.linkedid });
    followed.feed(
      events.bridgeLeave(consult, { id: 'bridge-2' }),
      events.bridgeLeave(agent, bridge),
      events.bridgeEnter({ ...consulted, linkedid: caller.linkedid }, bridge),
      events.hangup(consult),
      events.hangup(agent),
    );
    expect(followed.tapped).toEqual([agent, caller, consulted, consult, consulted].map(({ name }) => name));
    expect(followed.untapped).toEqual([followed.taps[2]?.uuid]);
    for (const name of [caller.name, consulted.name])
      expect(followed.legOf(name)).toMatchObject({ linkedid: caller.linkedid, agent: { id: '6002' } });
  });

  it('says who the agent is when a queue reports it after the bridge', () => {
    const member = { queue: 'save', memberName: 'Dana Wills', memberInterface: 'PJSIP/6001' };
    const followed = new Followed().feed(...answered, events.agentConnect(caller, agent, member));
    for (const { name } of [caller, agent])
      expect(followed.legOf(name)).toMatchObject({ queue: 'save', agent: { id: '6001', name: 'Dana Wills' } });
  });

  it('cleans the names that Asterisk hands on', () => {
    const given = { ...caller, number: '+44\u200b2079460123', callerName: "Sean O\\'Hara\u202e" };
    const member = { queue: 'sa\u2066ve', memberName: 'D\\"Bo\\" Wills\u0007', memberInterface: 'PJSIP/6001' };
    const followed = new Followed({ filters: { ...noFilters, queues: ['save'] } }).feed(
      events.queueJoin(given, member.queue),
      events.newchannel(agent),
      events.agentConnect(given, agent, member),
      events.bridgeEnter(agent, bridge),
      events.bridgeEnter(given, bridge),
    );
    expect(followed.legOf(caller.name)).toMatchObject({
      caller: { number: '+442079460123', name: "Sean O'Hara" },
      agent: { id: '6001', name: 'D"Bo" Wills' },
      queue: 'save',
    });
  });

  it('takes who is on a trunk for the caller, whoever called', () => {
    const trunks = ['PJSIP/trunk-'];
    const outbound = [
      events.newchannel(agent),
      events.newchannel(caller),
      events.dialBegin(agent, caller),
      events.bridgeEnter(caller, bridge),
      events.bridgeEnter(agent, bridge),
    ];
    const followed = new Followed({ trunks }).feed(...outbound);
    expect(followed.legOf(caller.name)).toMatchObject({ channel: 'caller', caller: { number: '+442079460123' } });
    expect(followed.legOf(agent.name)).toMatchObject({ channel: 'agent', agent: { id: '6001' } });
  });

  describe('in a conference where agents wait', () => {
    const room = { id: 'room', technology: 'softmix', creator: 'ConfBridge' };
    const waiting = { ...agent, linkedid: agent.uniqueid };
    const next = { ...caller, name: 'PJSIP/trunk-00000009', uniqueid: '1795399700.9', linkedid: '1795399700.9' };

    it('taps an agent for each call anew, with the caller’s id', () => {
      const followed = new Followed({ trunks: ['PJSIP/trunk-'] });
      followed.feed(events.newchannel(waiting), events.bridgeEnter(waiting, room));
      expect(followed.taps).toEqual([]);
      followed.feed(events.newchannel(caller), events.bridgeEnter(caller, room));
      expect(followed.legOf(agent.name)).toMatchObject({ channel: 'agent', linkedid: caller.linkedid });
      expect(followed.legOf(caller.name)).toMatchObject({ channel: 'caller', agent: { id: '6001' } });
      followed.feed(events.bridgeLeave(caller, room), events.hangup(caller));
      expect(followed.untapped).toEqual([followed.taps.find((tap) => tap.asteriskChannel === agent.name)?.uuid]);
      followed.feed(events.newchannel(next), events.bridgeEnter(next, room));
      expect(followed.legOf(agent.name)).toMatchObject({ linkedid: next.linkedid });
      expect(followed.taps).toHaveLength(4);
    });

    it('does not guess who is who without knowing the trunks', () => {
      const followed = new Followed().feed(events.bridgeEnter(waiting, room), events.bridgeEnter(caller, room));
      expect(followed.legOf(caller.name)).toMatchObject({ channel: 'mixed' });
    });
  });

  it.each([
    ['channels', { ...noFilters, channels: ['PJSIP/6'] }, [agent.name]],
    ['a context', { ...noFilters, contexts: ['from-trunk'] }, [agent.name, caller.name]],
    ['another context', { ...noFilters, contexts: ['elsewhere'] }, []],
    ['a queue', { ...noFilters, queues: ['save'] }, []],
  ])('taps only what passes a filter of %s', (_what, filters, expected) => {
    expect(new Followed({ filters }).feed(...answered).tapped).toEqual(expected);
  });

  it('lets the calls of a queue through', () => {
    const filters = { ...noFilters, queues: ['save'] };
    expect(new Followed({ filters }).feed(events.queueJoin(caller, 'save'), ...answered).taps).toHaveLength(2);
  });

  const spyer = (uuid: string | undefined) => `AudioSocket/10.0.0.9:9093-${uuid ?? ''}`;
  const foreign = spyer('6f9619ff-8b86-4011-b42d-00cf4fc964ff');

  describe('beside another relay', () => {
    const standby = () => new Followed({ yieldsToOthers: true });

    it('taps nothing that the other has tapped, until that tap ends', () => {
      const followed = standby().feed(events.newchannel(caller), events.chanSpyStart(foreign, caller), ...answered);
      expect(followed.tapped).toEqual([agent.name]);
      followed.feed(events.chanSpyStop(foreign, caller));
      expect(followed.tapped).toEqual([agent.name, caller.name]);
    });

    it('gives up a tap that the other was faster with, and keeps one that it was not', () => {
      const followed = standby().feed(...answered, events.chanSpyStart(foreign, agent));
      const [agentTap, callerTap] = followed.taps;
      expect(followed.untapped).toEqual([agentTap?.uuid]);
      followed.feed(events.chanSpyStart(spyer(callerTap?.uuid), caller), events.chanSpyStart(foreign, caller));
      expect(followed.untapped).toHaveLength(1);
      expect(followed.tracker.isWanted(callerTap?.uuid ?? '')).toBe(true);
    });

    it('does not mind the other unless it stands by', () => {
      const followed = new Followed().feed(...answered, events.chanSpyStart(foreign, agent));
      followed.feed(events.chanSpyStop(foreign, agent));
      expect(followed.taps).toHaveLength(2);
      expect(followed.untapped).toEqual([]);
    });
  });

  it('places a tap anew that ended while its channel speaks', () => {
    const followed = new Followed().feed(...answered);
    followed.feed(events.chanSpyStop(spyer(followed.taps[0]?.uuid), agent));
    expect(followed.taps[2]).toMatchObject({ asteriskChannel: agent.name, attempt: 2 });
    expect(followed.tracker.isWanted(followed.taps[0]?.uuid ?? '')).toBe(false);
    expect(followed.tracker.isWanted(followed.taps[2]?.uuid ?? '')).toBe(true);
  });

  it('takes over the tap that a dialplan placed', () => {
    const uuid = '6f9619ff-8b86-4011-b42d-00cf4fc964aa';
    const tapped = message({
      Event: 'UserEvent',
      UserEvent: 'CallTap',
      uuid,
      leg: 'agent',
      linkedid: agent.linkedid,
      channel: agent.name,
      agent: 'Dana Wills',
      queue: 'save',
    });
    const followed = new Followed().feed(...answered.slice(0, 4), tapped, ...answered.slice(4));
    expect(followed.tapped).toEqual([caller.name]);
    expect(followed.legs.get(uuid)).toMatchObject({
      channel: 'agent',
      linkedid: agent.linkedid,
      agent: { id: '6001', name: 'Dana Wills' },
      queue: 'save',
      caller: { number: '+442079460123' },
    });
  });

  describe('after its connection was lost', () => {
    const bridged = [events.bridgeEnter(agent, bridge), events.bridgeEnter(caller, bridge)];

    it('keeps the taps that still send audio, and places those anew that are not', () => {
      const followed = new Followed().feed(...answered);
      const [agentTap] = followed.taps;
      followed.did(followed.tracker.startAnew((uuid) => uuid === agentTap?.uuid));
      followed.feed(...bridged);
      expect(followed.tapped).toEqual([agent.name, caller.name, caller.name]);
      expect(followed.untapped).toEqual([followed.taps[1]?.uuid]);
    });

    it('taps what began meanwhile, and knows who was called by whom', () => {
      const followed = new Followed();
      followed.did(followed.tracker.startAnew(() => true));
      followed.feed(...bridged);
      expect(followed.legOf(agent.name)).toMatchObject({ channel: 'agent', linkedid: caller.linkedid });
      expect(followed.legOf(caller.name)).toMatchObject({ channel: 'caller' });
    });

    it.each(['that of the queue', 'that of the member'])(
      'knows who is who over a Local channel, whichever bridge is reported first: %s',
      (first) => {
        const half = (number: 1 | 2) => ({
          ...agent,
          name: `Local/6001@from-queue-00000003;${number}`,
          uniqueid: `1795399700.2${number}`,
        });
        const ofQueue = [events.bridgeEnter(caller, bridge), events.bridgeEnter(half(1), bridge)];
        const ofMember = [
          events.bridgeEnter(agent, { id: 'bridge-9' }),
          events.bridgeEnter(half(2), { id: 'bridge-9' }),
        ];
        const followed = new Followed();
        followed.did(followed.tracker.startAnew(() => true));
        const messages = first === 'that of the queue' ? [...ofQueue, ...ofMember] : [...ofMember, ...ofQueue];
        followed.did(followed.tracker.bridged(messages));
        expect([...followed.tapped].sort()).toEqual([agent.name, caller.name].sort());
        expect(followed.legOf(agent.name)).toMatchObject({ channel: 'agent', linkedid: caller.linkedid });
        expect(followed.legOf(caller.name)).toMatchObject({ channel: 'caller' });
      },
    );

    it('keeps the tap of a caller who was between two bridges', () => {
      const followed = new Followed().feed(...answered, events.bridgeLeave(caller, bridge));
      followed.did(followed.tracker.startAnew(() => true));
      followed.feed(events.bridgeEnter(caller, { id: 'bridge-2' }));
      expect(followed.taps).toHaveLength(2);
    });
  });

  it('says by which name a tapped channel goes now, also after a transfer', () => {
    const followed = new Followed().feed(...answered);
    const uuidOf = (name: string) => followed.taps.find((tap) => tap.asteriskChannel === name)?.uuid ?? '';
    const uuid = uuidOf(agent.name);
    expect(followed.tracker.channelOf(uuid)).toBe(agent.name);
    followed.feed(message({ Event: 'Rename', Uniqueid: agent.uniqueid, Newname: 'PJSIP/6001-0000000f' }));
    expect(followed.tracker.channelOf(uuid)).toBe('PJSIP/6001-0000000f');
    followed.feed(events.hangup(agent));
    expect(followed.tracker.channelOf(uuid)).toBeUndefined();
  });

  describe('leaves out who listens to a call of others', () => {
    const chain = (localOne: ScriptedChannel) => {
      const localTwo = { ...localOne, name: 'Local/6100@internal-00000009;2', uniqueid: `${localOne.uniqueid};2` };
      const telephone: ScriptedChannel = {
        name: 'PJSIP/6100-0000000b',
        uniqueid: '1795399700.9',
        linkedid: localOne.linkedid,
        context: 'internal',
        number: '6100',
      };
      return { localTwo, telephone };
    };
    const localOne: ScriptedChannel = {
      name: 'Local/6100@internal-00000009;1',
      uniqueid: 'earshot-6f9619ff-8b86-4011-b42d-00cf4fc964ff',
      linkedid: 'earshot-6f9619ff-8b86-4011-b42d-00cf4fc964ff',
      context: 'internal',
      number: '6001',
      callerName: 'Listen: Dana Wills',
    };

    it('whom the relay itself has called, over a Local channel too', () => {
      const { localTwo, telephone } = chain(localOne);
      const followed = new Followed().feed(
        ...answered,
        events.newchannel(localOne),
        events.newchannel(localTwo),
        events.dialBegin(localTwo, telephone),
        events.bridgeEnter(telephone, { id: 'bridge-2' }),
        events.bridgeEnter(localTwo, { id: 'bridge-2' }),
      );
      expect(followed.tapped).toEqual([agent.name, caller.name]);
      followed.did(followed.tracker.startAnew(() => true));
      followed.feed(events.bridgeEnter(telephone, { id: 'bridge-2' }));
      expect(followed.tapped).toEqual([agent.name, caller.name]);
    });

    it('whom ViciDial has called to monitor a session', () => {
      const monitor = { ...localOne, uniqueid: '1795399700.7', linkedid: '1795399700.7' };
      const first = { ...monitor, callerName: 'VC Blind Monitor' };
      const { localTwo, telephone } = chain(first);
      const conference = { id: 'conference-8600051', creator: 'ConfBridge' };
      const followed = new Followed({ trunks: ['PJSIP/trunk-'] }).feed(
        events.newchannel(agent),
        events.bridgeEnter(agent, conference),
        events.newchannel(caller),
        events.bridgeEnter(caller, conference),
        events.newchannel(first),
        events.newchannel(localTwo),
        events.dialBegin(first, telephone),
        events.bridgeEnter(telephone, { id: 'bridge-3' }),
        events.bridgeEnter(first, { id: 'bridge-3' }),
        events.bridgeEnter(localTwo, conference),
      );
      expect([...followed.tapped].sort()).toEqual([agent.name, caller.name]);
      // Nor do they make it unclear who the agent is.
      followed.feed(events.newCallerid({ ...caller, callerName: 'R Mills' }));
      expect(followed.legOf(caller.name)).toMatchObject({ agent: { id: '6001' }, caller: { name: 'R Mills' } });
    });
  });

  it('survives any order of events and never taps a channel twice at once', () => {
    const all = [
      ...answered,
      ...['sip-queue', 'local-queue'].flatMap((call) => readRecorded(call as RecordedCall).map(({ event }) => event)),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (shuffled) => {
        const followed = new Followed();
        const open = new Map<string, string>();
        for (const event of shuffled) {
          followed.feed(event);
          if (event.get('Event') === 'Hangup') open.delete(event.get('Channel') ?? '');
          for (const { uuid, asteriskChannel } of followed.taps.splice(0)) {
            expect(open.has(asteriskChannel)).toBe(false);
            open.set(asteriskChannel, uuid);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** For destructuring. */
function bound(followed: Followed) {
  return { taps: followed.taps, tapped: followed.tapped, legOf: (name: string) => followed.legOf(name) };
}
