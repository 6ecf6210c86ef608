import { exampleCall } from '#core/call/example-call.ts';
import type { CallState } from '#core/call/state.ts';
import type { Restriction } from '#core/people.ts';
import { peopleWith, viewerOf } from '../live-delivery/viewers.fake.ts';
import type { Monitor } from '#core/monitor.ts';
import type { RelayMessage } from '#core/contracts/control.ts';
import type { Delivery } from '../adapters/web-socket.ts';
import { receiveFromRelay, RELAY_MESSAGES_LIMIT, watchCall, type RelayMessageDependencies } from './relay.ts';

const { callId, relayId } = exampleCall;
const requestId = '00000000-0000-4000-8000-000000000001';
const sender = { relayId, connectionId: 'relay' };
const now = 1_000_000;

interface Stage {
  /** Connections that are subscribed to calls, by call. */
  readonly open?: Record<string, string[]>;
  readonly deliveries?: Record<string, Delivery>;
  readonly restrictions?: Record<string, Restriction>;
  readonly stored?: Record<string, CallState>;
  readonly messages?: number;
  /** Runs while a message to the relay is being sent. */
  readonly meanwhile?: (open: Record<string, string[]>) => void;
}

const own = { [callId]: exampleCall };

function stage({ open = {}, deliveries = {}, restrictions = {}, stored = own, messages = 1, meanwhile }: Stage = {}) {
  const unsubscribed: [connectionId: string, topic: string][] = [];
  const sent: [connectionId: string, message: unknown][] = [];
  const reads: string[] = [];
  const settled: unknown[] = [];
  const closed: string[] = [];
  const dependencies: RelayMessageDependencies = {
    viewers: {
      of: (topic) => {
        reads.push(topic);
        return Promise.resolve(
          (open[topic.slice('call:'.length)] ?? []).map((connectionId) =>
            viewerOf(connectionId, restrictions[connectionId]),
          ),
        );
      },
      unsubscribe: (connectionId, topic) => {
        unsubscribed.push([connectionId, topic]);
        return Promise.resolve();
      },
      disconnect: (connectionId) => {
        for (const [id, viewers] of Object.entries(open)) open[id] = viewers.filter((one) => one !== connectionId);
        return Promise.resolve();
      },
    },
    relayConnections: {
      of: (id) => Promise.resolve(id === relayId ? 'relay' : undefined),
      disconnect: () => Promise.resolve(),
      countMessage: () => Promise.resolve(messages),
    },
    monitors: {
      settle: (request, outcome, at) => {
        settled.push({ ...request, outcome, at });
        return Promise.resolve({ mode: 'listen' } as Monitor);
      },
    },
    people: peopleWith(),
    calls: {
      load: (id) => Promise.resolve(stored[id]),
      states: (ids) => Promise.resolve(ids.flatMap((id) => stored[id] ?? [])),
    },
    webSocket: {
      post: (connectionId, message) => {
        sent.push([connectionId, JSON.parse(message)]);
        if (connectionId === 'relay') meanwhile?.(open);
        return Promise.resolve(deliveries[connectionId] ?? 'sent');
      },
      close: (connectionId) => {
        closed.push(connectionId);
        return Promise.resolve();
      },
    },
    now: () => now,
  };
  const send = async (message: RelayMessage | string) =>
    receiveFromRelay(sender, typeof message === 'string' ? message : JSON.stringify(message), dependencies);
  return { send, dependencies, sent, reads, settled, closed, open, unsubscribed };
}

const partial = { action: 'partial', callId, channel: 'caller', startMs: 500, text: 'i want to', heardAt: 7 } as const;
const { action: _, ...words } = partial;

describe('a partial', () => {
  it('goes to every subscriber of the call, by one read of the table', async () => {
    const { send, sent, reads } = stage({ open: { [callId]: ['ada', 'bob'] } });
    await send(partial);
    const message = { type: 'partial', pushedAt: now, ...words };
    expect(sent).toEqual([
      ['ada', message],
      ['bob', message],
    ]);
    expect(reads).toEqual([`call:${callId}`]);
  });

  it('removes viewers that are gone, and has the relay stop when nobody is left', async () => {
    const { send, sent, open } = stage({
      open: { [callId]: ['ada', 'bob'] },
      deliveries: { ada: 'gone', bob: 'gone' },
    });
    await send(partial);
    expect(open[callId]).toEqual([]);
    expect(sent.at(-1)).toEqual(['relay', { type: 'unwatch', callId }]);
  });

  it('is requested again for a viewer who opened the call while the relay was sent to stop', async () => {
    const { send, sent } = stage({ meanwhile: (open) => (open[callId] = ['ada']) });
    await send(partial);
    expect(sent).toEqual([
      ['relay', { type: 'unwatch', callId }],
      ['relay', { type: 'watch', callId }],
    ]);
  });

  it('does not count towards the limit: its route is throttled', async () => {
    const { send, sent, closed } = stage({ open: { [callId]: ['ada'] }, messages: RELAY_MESSAGES_LIMIT + 1 });
    await send(partial);
    expect(sent).toHaveLength(1);
    expect(closed).toEqual([]);
  });
});

describe('a relay', () => {
  it('that connects is sent which of its calls to watch', async () => {
    const { send, sent } = stage({
      open: { a: ['ada'], c: ['bob', 'ada'], foreign: ['ada'] },
      stored: {
        a: { ...exampleCall, callId: 'a' },
        b: { ...exampleCall, callId: 'b' },
        c: { ...exampleCall, callId: 'c' },
        foreign: { ...exampleCall, callId: 'foreign', relayId: 'rome-1' },
      },
    });
    await send({ action: 'live', callIds: ['a', 'b', 'c', 'foreign', 'unknown'] });
    expect(sent).toEqual([
      ['relay', { type: 'watch', callId: 'a' }],
      ['relay', { type: 'watch', callId: 'c' }],
    ]);
  });

  it('gets a pong for a ping, and has its outcomes stored', async () => {
    const { send, sent, settled } = stage();
    await send({ action: 'ping' });
    await send({ action: 'outcome', requestId, callId, outcome: 'busy' });
    expect(sent).toEqual([['relay', { type: 'pong' }]]);
    expect(settled).toEqual([{ callId, requestId, outcome: 'busy', at: now }]);
  });

  it('may not subscribe; invalid messages are ignored', async () => {
    const { send, sent, reads } = stage({ open: { [callId]: ['ada'] } });
    await send(JSON.stringify({ action: 'subscribe', topic: `call:${callId}` }));
    await send('{');
    expect([sent, reads]).toEqual([[], []]);
  });

  it('that floods is disconnected', async () => {
    const { send, sent, closed } = stage({ messages: RELAY_MESSAGES_LIMIT + 1 });
    await send({ action: 'ping' });
    expect([sent, closed]).toEqual([[], ['relay']]);
  });
});

describe('a call of another relay', () => {
  const foreign = { [callId]: { ...exampleCall, relayId: 'rome-1' } };

  it('gets no partials: its viewers receive nothing, and the sender is sent to stop', async () => {
    const { send, sent, reads } = stage({ open: { [callId]: ['ada'] }, stored: foreign });
    await send(partial);
    expect(sent).toEqual([['relay', { type: 'unwatch', callId }]]);
    expect(reads).toEqual([]);
  });

  it('has no outcome settled', async () => {
    for (const stored of [foreign, {}]) {
      const { send, settled } = stage({ stored });
      await send({ action: 'outcome', requestId, callId, outcome: 'answered' });
      expect(settled).toEqual([]);
    }
  });
});

describe('a call that moved to another team', () => {
  it('sends no partials to those who may not see it any more', async () => {
    const { send, sent, unsubscribed } = stage({
      open: { [callId]: ['ada', 'bob'] },
      restrictions: { bob: { campaigns: ['SALES'] } },
      stored: { [callId]: { ...exampleCall, metadata: { campaign: 'SAVE' } } },
    });
    await send(partial);
    expect(sent).toEqual([
      ['ada', { type: 'partial', pushedAt: now, ...words }],
      ['bob', { type: 'moved', pushedAt: now, callIds: [callId] }],
    ]);
    expect(unsubscribed).toEqual([['bob', `call:${callId}`]]);
  });
});

describe('a call that somebody opens', () => {
  it('is watched by its relay while it lives', async () => {
    const { dependencies, sent } = stage();
    await watchCall(callId, dependencies);
    expect(sent).toEqual([['relay', { type: 'watch', callId }]]);
  });

  it('is not requested of a relay when it is over, unknown, or its relay is not connected', async () => {
    const { dependencies, sent } = stage();
    const load = (call: typeof exampleCall | undefined) => ({
      ...dependencies,
      calls: { load: () => Promise.resolve(call) },
    });
    await watchCall(callId, load({ ...exampleCall, status: 'ended' }));
    await watchCall(callId, load(undefined));
    await watchCall(callId, load({ ...exampleCall, relayId: 'another' }));
    expect(sent).toEqual([]);
  });
});
