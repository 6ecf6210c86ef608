import type { LegDescription } from '../../leg-contract.ts';
import { events, type ScriptedChannel } from './event-script.ts';
import type { AmiMessage } from './protocol.ts';
import { CallTracker } from './tracker.ts';

/** What Asterisk reports on a ViciDial host, where each agent sits in a conference and calls come to it and go. */
const room = '8600051';
const conference = { id: 'f3a1', technology: 'softmix', creator: 'ConfBridge', name: room };
const inConfBridge = {
  join: (channel: ScriptedChannel) => events.bridgeEnter(channel, conference),
  leave: (channel: ScriptedChannel) => events.bridgeLeave(channel, conference),
};
const inMeetMe = {
  join: (channel: ScriptedChannel) => events.meetmeJoin(channel, room),
  leave: (channel: ScriptedChannel) => events.meetmeLeave(channel, room),
};
const rooms = [
  ['ConfBridge', inConfBridge],
  ['MeetMe', inMeetMe],
] as const;

const channel = (name: string, count: number, more: Partial<ScriptedChannel> = {}): ScriptedChannel => ({
  name,
  uniqueid: `1795399600.${count}`,
  linkedid: `1795399600.${count}`,
  context: 'default',
  number: '<unknown>',
  exten: room,
  ...more,
});
const agent = channel('SIP/cc100-00000001', 1, { callerName: 'ACagcW1795399600cc100' });
const code = 'Y1231359450000884213';
const caller = channel('SIP/carrier-00000002', 2, { context: 'trunkinbound', number: '2079460123', callerName: code });
const recorder = [
  channel('Local/58600051@default-00000003;1', 3, { exten: '8309' }),
  channel('Local/58600051@default-00000003;2', 4, { exten: '58600051', linkedid: '1795399600.3' }),
] as const;
const dialled = { number: '<unknown>', callerName: 'V1231359450000884214' };
const [local1, local2, trunk] = [
  channel('Local/912125551234@default-00000005;1', 5, dialled),
  channel('Local/912125551234@default-00000005;2', 6, { ...dialled, linkedid: '1795399600.5' }),
  channel('SIP/carrier-00000006', 7, { number: '2125551234', linkedid: '1795399600.5' }),
];
const pair = { id: 'two' };

/** What the tracker asked for, and what is known of each tap at the end. */
function follow(...messages: AmiMessage[]) {
  let count = 0;
  const tracker = new CallTracker({
    filters: { channels: [], contexts: [], queues: [] },
    trunks: ['SIP/carrier-'],
    yieldsToOthers: false,
    now: () => 1_795_399_600_000,
    newUuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  });
  const tapped: string[] = [];
  const untapped: string[] = [];
  const legs = new Map<string, LegDescription>();
  const names = new Map<string, string>();
  const feed = (...messages: AmiMessage[]) => {
    for (const action of messages.flatMap((event) => tracker.event(event))) {
      if (action.kind === 'untap') {
        untapped.push(names.get(action.uuid) ?? '');
        continue;
      }
      if (action.kind === 'tap') {
        tapped.push(action.asteriskChannel);
        names.set(action.description.uuid, action.asteriskChannel);
      }
      legs.set(names.get(action.description.uuid) ?? '', action.description);
    }
  };
  feed(...messages);
  return { tapped, untapped, feed, legOf: ({ name }: ScriptedChannel) => legs.get(name) };
}

describe.each(rooms)('CallTracker on a ViciDial host with %s', (_what, { join, leave }) => {
  const waiting = [events.newchannel(agent), join(agent)];
  const answered = [...waiting, events.newchannel(caller), join(caller)];

  it('taps nobody while the agent waits, and then both sides of a call that comes in', () => {
    const followed = follow(...waiting);
    expect(followed.tapped).toEqual([]);
    followed.feed(events.newchannel(caller), join(caller));
    expect([...followed.tapped].sort()).toEqual([caller.name, agent.name].sort());
    const facts = { linkedid: caller.linkedid, agent: { id: 'cc100' }, caller: { number: '2079460123' } };
    expect(followed.legOf(agent)).toMatchObject({ channel: 'agent', ...facts });
    expect(followed.legOf(caller)).toMatchObject({ channel: 'caller', ...facts });
  });

  it('knows the call as the dialler does, and does not show its code as a name', () => {
    const { legOf } = follow(...answered);
    expect(legOf(agent)?.diallerKeys).toMatchObject({
      uniqueids: expect.arrayContaining([caller.uniqueid]) as string[],
      asteriskChannels: expect.arrayContaining([caller.name, agent.name]) as string[],
      callerNames: expect.arrayContaining([code]) as string[],
    });
    expect(legOf(caller)?.caller).toEqual({ number: '2079460123' });
  });

  it('takes neither the recorder nor who watches for one of the parties', () => {
    const watcher = channel('SIP/boss-00000009', 9, { exten: '68600051' });
    const followed = follow(...answered, ...recorder.map((half) => events.newchannel(half)), join(recorder[1]));
    followed.feed(events.newchannel(watcher), join(watcher));
    expect(followed.tapped).toHaveLength(2);
    expect(followed.legOf(caller)).toMatchObject({ agent: { id: 'cc100' } });
    followed.feed(leave(watcher), leave(recorder[1]), ...recorder.map((half) => events.hangup(half)));
    expect(followed.untapped).toEqual([]);
  });

  it('taps whom the dialler called on their trunk, behind the Local channel that joins the conference', () => {
    const followed = follow(
      ...waiting,
      ...[local1, local2, trunk].map((each) => events.newchannel(each)),
      events.dialBegin(local2, trunk),
      events.bridgeEnter(trunk, pair),
      events.bridgeEnter(local2, pair),
    );
    expect(followed.tapped).toEqual([]);
    followed.feed(join(local1));
    expect([...followed.tapped].sort()).toEqual([trunk.name, agent.name].sort());
    expect(followed.legOf(trunk)).toMatchObject({
      channel: 'caller',
      linkedid: '1795399600.5',
      agent: { id: 'cc100' },
      diallerKeys: {
        uniqueids: expect.arrayContaining(['1795399600.5', '1795399600.6', '1795399600.7']) as string[],
        callerNames: expect.arrayContaining([dialled.callerName]) as string[],
      },
    });
  });

  it('ends the agent’s leg with the call, and begins the next call under the next caller’s id', () => {
    const followed = follow(...answered, leave(caller), events.hangup(caller));
    expect(followed.untapped).toEqual([agent.name]);
    const next = { ...caller, name: 'SIP/carrier-0000000a', uniqueid: '1795399700.10', linkedid: '1795399700.10' };
    followed.feed(events.newchannel(next), join(next));
    expect(followed.legOf(agent)).toMatchObject({ linkedid: next.linkedid });
    expect(followed.tapped).toHaveLength(4);
  });

  it('follows a caller from one agent’s conference to another’s', () => {
    const second = channel('SIP/cc101-0000000b', 11);
    const elsewhere = { id: 'b7d2', technology: 'softmix', creator: 'ConfBridge', name: '8600052' };
    const followed = follow(...answered, events.newchannel(second), events.bridgeEnter(second, elsewhere));
    followed.feed(leave(caller), events.bridgeEnter(caller, elsewhere));
    expect(followed.untapped).toEqual([agent.name]);
    const facts = { linkedid: caller.linkedid, agent: { id: 'cc101' } };
    expect(followed.legOf(second)).toMatchObject({ channel: 'agent', ...facts });
    expect(followed.legOf(caller)).toMatchObject({ channel: 'caller', ...facts });
    expect(followed.tapped.filter((name) => name === caller.name)).toHaveLength(1);
  });
});
