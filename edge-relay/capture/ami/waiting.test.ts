import fc from 'fast-check';
import { events, message, type ScriptedChannel } from './event-script.ts';
import { Followed } from './followed.fake.ts';
import type { QueueState } from './queues.ts';
import { MAX_QUEUES, WaitingCallers } from './waiting.ts';

const HOUR_MS = 3_600_000;
const at = 1_795_399_600_000;
const queue = (name: string, more: Partial<QueueState> = {}): QueueState => ({
  ...{ name, waiting: [], completed: 0, abandoned: 0 },
  ...more,
});
const caller = (uniqueid: string, waitedMs: number) => ({ uniqueid, waitedMs });

describe('those who wait in queues', () => {
  it('are counted, with how long the first of them waits, however Asterisk rounds it', () => {
    const queues = new WaitingCallers();
    queues.read([queue('save', { waiting: [caller('1.1', 60_000), caller('1.2', 4_000)] })], at);
    expect(queues.all(at)).toEqual([{ queue: 'save', calls: 2, longestSince: at - 60_000, abandoned: 0 }]);
    queues.read([queue('save', { waiting: [caller('1.1', 64_000)] }), queue('idle')], at + 5_000);
    expect(queues.all(at + 5_000)).toEqual([
      { queue: 'save', calls: 1, longestSince: at - 60_000, abandoned: 0 },
      { queue: 'idle', calls: 0, abandoned: 0 },
    ]);
  });

  it('are forgotten with their queue, and when it cannot be read', () => {
    const queues = new WaitingCallers();
    queues.read([queue('save', { waiting: [caller('1.1', 0)] })], at);
    queues.forgetWaiting();
    expect(queues.all(at)).toEqual([{ queue: 'save', calls: 0, abandoned: 0 }]);
    queues.read([], at);
    expect(queues.all(at)).toEqual([]);
  });

  it('have given up in the last hour, not before, nor before the relay counts, also when Asterisk counts anew', () => {
    const queues = new WaitingCallers();
    const abandonedAt = (abandoned: number, now: number) => {
      queues.read([queue('save', { abandoned })], now);
      return queues.all(now)[0]?.abandoned;
    };
    expect(abandonedAt(40, at)).toBe(0);
    expect(abandonedAt(42, at + 1)).toBe(2);
    expect(abandonedAt(1, at + 2)).toBe(3);
    expect(abandonedAt(1, at + HOUR_MS)).toBe(3);
    expect(abandonedAt(2, at + HOUR_MS + 2)).toBe(1);
  });

  it('are reported of so many queues, those first in which somebody waits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 200 }), (lengths) => {
        const queues = new WaitingCallers();
        const states = lengths.map((length, i) =>
          queue(`q${i}`, { waiting: Array.from({ length }, (_, n) => caller(`${i}.${n}`, 1_000 * n)) }),
        );
        queues.read(states, at);
        const shown = queues.all(at).map(({ calls }) => calls);
        expect(shown).toEqual(lengths.toSorted((a, b) => b - a).slice(0, MAX_QUEUES));
      }),
    );
  });
});

describe('a call’s time in queues', () => {
  const channel = (name: string, serial: number): ScriptedChannel => ({
    ...{ name, uniqueid: `1795399600.${serial}`, linkedid: '1795399600.1', context: 'queues', number: `${serial}` },
  });
  const [customer, agent, second] = [
    channel('SIP/in-00000001', 1),
    channel('SIP/6001-00000002', 2),
    channel('SIP/6002-3', 3),
  ];
  const member = { queue: 'save', memberName: 'Dana', memberInterface: 'SIP/6001' };
  const bridge = { id: 'b' };
  const answered = [
    events.newchannel(agent),
    events.agentCalled(customer, agent, member),
    events.queueLeave(customer, 'save'),
    events.agentConnect(customer, agent, member),
    events.bridgeEnter(agent, bridge),
    events.bridgeEnter(customer, bridge),
  ];

  it('is known when an agent takes it', () => {
    const followed = new Followed().feed(events.newchannel(customer), events.queueJoin(customer, 'save'));
    followed.nowMs += 83_000;
    followed.feed(...answered);
    followed.nowMs += 5_000;
    followed.did(followed.tracker.timePassed());
    for (const { name } of [customer, agent]) expect(followed.legOf(name)).toMatchObject({ queueMs: 83_000 });
  });

  it('is what Asterisk says where nobody saw the caller join', () => {
    const connected = message({ ...Object.fromEntries(events.agentConnect(customer, agent, member)), HoldTime: '17' });
    const followed = new Followed().feed(events.newchannel(agent), connected, ...answered.slice(-2));
    expect(followed.legOf(customer.name)).toMatchObject({ queueMs: 17_000 });
  });

  it('grows while a caller whom an agent has sent back waits for the next one', () => {
    const followed = new Followed().feed(events.newchannel(customer), events.queueJoin(customer, 'save'));
    followed.nowMs += 10_000;
    followed.feed(...answered, events.bridgeLeave(customer, bridge), events.hangup(agent));
    followed.feed(events.queueJoin(customer, 'billing'));
    const waited = [5_000, 5_000].map((ms) => {
      followed.nowMs += ms;
      followed.did(followed.tracker.timePassed());
      return followed.legOf(customer.name)?.['queueMs'];
    });
    expect(waited).toEqual([15_000, 20_000]);
    followed.feed(events.queueLeave(customer, 'billing'), events.newchannel(second));
    followed.nowMs += 60_000;
    followed.did(followed.tracker.timePassed());
    expect(followed.legOf(customer.name)).toMatchObject({ queueMs: 20_000 });
  });
});
