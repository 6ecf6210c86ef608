import { exampleCall } from '#core/call/example-call.ts';
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
  readonly messages?: number;
  /** Runs while a message to the relay is being sent. */
  readonly meanwhile?: (open: Record<string, string[]>) => void;
}

function stage({ open = {}, deliveries = {}, messages = 1, meanwhile }: Stage = {}) {
  const sent: [connectionId: string, message: unknown][] = [];
  const reads: string[] = [];
  const settled: unknown[] = [];
  const closed: string[] = [];
  const dependencies: RelayMessageDependencies = {
    viewers: {
      of: (topic) => {
        reads.push(topic);
        return Promise.resolve((open[topic.slice('call:'.length)] ?? []).map((connectionId) => ({ connectionId })));
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
    calls: { load: (id) => Promise.resolve(id === callId ? exampleCall : undefined) },
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
  return { send, dependencies, sent, reads, settled, closed, open };
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

  it('removes viewers that are gone, and tells the relay to stop when nobody is left', async () => {
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
    const { send, sent } = stage({ open: { a: ['ada'], c: ['bob', 'ada'] } });
    await send({ action: 'live', callIds: ['a', 'b', 'c'] });
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
