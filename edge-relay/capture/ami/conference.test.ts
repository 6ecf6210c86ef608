import fc from 'fast-check';
import { events, type ScriptedChannel } from './event-script.ts';
import { Followed } from './followed.fake.ts';

const trunks = ['PJSIP/trunk-', 'IAX2/', 'DAHDI/i1/', 'SIP/carrier-', 'Mobile/'];
const channel = (name: string, serial: number, more: Partial<ScriptedChannel> = {}): ScriptedChannel => {
  const uniqueid = `1795399600.${serial}`;
  return { name, uniqueid, linkedid: uniqueid, context: 'rooms', number: `555000${serial}`, ...more };
};
const rooms = [
  [
    'ConfBridge',
    {
      join: (one: ScriptedChannel) =>
        events.bridgeEnter(one, { id: 'room', technology: 'softmix', creator: 'ConfBridge', name: '700' }),
      leave: (one: ScriptedChannel) =>
        events.bridgeLeave(one, { id: 'room', technology: 'softmix', creator: 'ConfBridge', name: '700' }),
    },
  ],
  [
    'MeetMe',
    {
      join: (one: ScriptedChannel) => events.meetmeJoin(one, '700'),
      leave: (one: ScriptedChannel) => events.meetmeLeave(one, '700'),
    },
  ],
] as const;

describe.each(rooms)('a conference of %s', (_what, { join, leave }) => {
  const people = [
    channel('SIP/cc100-000003f1', 30),
    channel('PJSIP/6002-0000000a', 31),
    channel('IAX2/cc103-8543', 32),
    channel('DAHDI/5-1', 33),
    channel('Mobile/dana-5f3a', 34),
  ];

  it('stays one call without known trunks, in whatever order people come and go', () => {
    const comings = fc.shuffledSubarray(people, { minLength: 3 });
    fc.assert(
      fc.property(comings, fc.infiniteStream(fc.nat({ max: 9 })), (coming, choices) => {
        const followed = new Followed();
        const [first, ...others] = coming;
        const inside: ScriptedChannel[] = [];
        const enter = (one?: ScriptedChannel) => {
          if (!one) return;
          followed.feed(events.newchannel(one), join(one));
          inside.push(one);
        };
        enter(first);
        for (const choice of choices) {
          const [leaving] = inside.length > 2 && choice < 3 ? inside.splice(choice % inside.length, 1) : [];
          if (leaving) followed.feed(leave(leaving), events.hangup(leaving));
          else if (others.length === 0) break;
          else enter(others.shift());
        }
        expect(new Set([...followed.legs.values()].map(({ linkedid }) => linkedid)).size).toBe(1);
        expect(followed.untapped).toEqual([]);
        expect(followed.taps).toHaveLength(coming.length);
      }),
    );
  });

  it('keeps its call when one enters who was on an older call, and taps them in it', () => {
    const [one, two, older] = [
      channel('SIP/a-00000001', 20),
      channel('SIP/b-00000002', 21),
      channel('SIP/c-00000003', 5),
    ];
    const partner = { ...channel('SIP/d-00000004', 6), linkedid: older.linkedid };
    const followed = new Followed().feed(events.newchannel(one), join(one), events.newchannel(two), join(two));
    const aside = { id: 'aside' };
    followed.feed(
      ...[older, partner].map((each) => events.newchannel(each)),
      events.dialBegin(older, partner),
      events.bridgeEnter(partner, aside),
      events.bridgeEnter(older, aside),
    );
    expect(followed.legOf(older.name)).toMatchObject({ linkedid: older.linkedid });
    followed.feed(events.bridgeLeave(older, aside), events.hangup(partner), join(older));
    for (const { name } of [one, two, older]) expect(followed.legOf(name)).toMatchObject({ linkedid: one.linkedid });
    expect(followed.tapped.filter((name) => name === one.name || name === two.name)).toHaveLength(2);
  });

  it.each(trunks)('keeps call and caller when the customer on %s leaves a third party to the agent', (trunk) => {
    const agent = channel('SIP/cc100-000003f1', 10);
    const customer = channel(`${trunk}7-8543`, 20, { number: '+442079460123', callerName: 'R Mills' });
    const third = channel(`${trunk}8-8544`, 12, { number: '+15550100' });
    const followed = new Followed({ trunks }).feed(
      ...[events.newchannel(agent), join(agent)],
      ...[events.newchannel(customer), join(customer)],
      ...[events.newchannel(third), join(third)],
      ...[leave(customer), events.hangup(customer)],
      events.newCallerid({ ...third, callerName: 'Bank' }),
    );
    const facts = { linkedid: customer.linkedid, caller: { number: '+442079460123', name: 'R Mills' } };
    for (const { name } of [agent, third]) expect(followed.legOf(name)).toMatchObject(facts);
    expect(followed.untapped).toEqual([]);
    // Another call is another caller's.
    const next = channel(`${trunk}9-8545`, 40, { number: '+15550199' });
    followed.feed(leave(third), events.hangup(third), events.newchannel(next), join(next));
    for (const { name } of [agent, next])
      expect(followed.legOf(name)).toMatchObject({ linkedid: next.linkedid, caller: { number: '+15550199' } });
  });

  it('knows its call again after the connection was lost', () => {
    const [one, two, older] = [
      channel('SIP/a-00000001', 20),
      channel('SIP/b-00000002', 21),
      channel('SIP/c-00000003', 5),
    ];
    const followed = new Followed().feed(events.newchannel(one), join(one), events.newchannel(two), join(two));
    followed.did(followed.tracker.startAnew(() => true));
    followed.feed(join(one), join(two), events.newchannel(older), join(older));
    for (const { name } of [one, two]) expect(followed.legOf(name)).toMatchObject({ linkedid: one.linkedid });
    expect(followed.legOf(older.name)).toMatchObject({ linkedid: one.linkedid });
    expect(followed.untapped).toEqual([]);
  });
});

describe('a three-way call in one bridge', () => {
  const bridge = { id: 'bridge-1' };
  const customer = channel('PJSIP/trunk-00000001', 1, { number: '+442079460123' });
  const agent = channel('PJSIP/6001-00000002', 2, { linkedid: customer.linkedid });
  const consulted = channel('PJSIP/6002-00000003', 3, { linkedid: customer.linkedid });
  const threeWay = [
    ...[customer, agent].map((each) => events.newchannel(each)),
    events.dialBegin(customer, agent),
    events.bridgeEnter(agent, bridge),
    events.bridgeEnter(customer, bridge),
    events.newchannel(consulted),
    events.dialBegin(agent, consulted),
    events.bridgeEnter(consulted, bridge),
  ];

  it.each([[[]], [trunks]])('keeps its caller when the customer leaves, with trunks %j', (known) => {
    const followed = new Followed({ trunks: known }).feed(...threeWay);
    followed.feed(events.bridgeLeave(customer, bridge), events.hangup(customer));
    followed.feed(events.newCallerid({ ...consulted, callerName: 'Desk two' }));
    for (const { name } of [agent, consulted])
      expect(followed.legOf(name)).toMatchObject({
        channel: 'agent',
        linkedid: customer.linkedid,
        caller: { number: '+442079460123' },
      });
  });

  it('forgets the caller once the agent is alone, who may be bridged with another', () => {
    const followed = new Followed({ trunks }).feed(...threeWay.slice(0, 5));
    const next = channel('PJSIP/trunk-00000009', 9, { number: '+15550199', linkedid: customer.linkedid });
    followed.feed(events.bridgeLeave(customer, bridge), events.hangup(customer));
    followed.feed(events.newchannel(next), events.bridgeEnter(next, bridge));
    expect(followed.legOf(agent.name)).toMatchObject({ caller: { number: '+15550199' } });
  });
});
