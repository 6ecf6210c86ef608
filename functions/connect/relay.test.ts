import { exampleCall } from '#core/call/example-call.ts';
import type { Monitor } from '#core/monitor.ts';
import type { RelayMessage } from '#core/contracts/control.ts';
import type { Delivery } from '../adapters/web-socket.ts';
import { receiveFromRelay, RELAY_MESSAGES_LIMIT, watchCall, type RelayMessageDependencies } from './relay.ts';

const { callId, relayId } = exampleCall;
const requestId = '00000000-0000-4000-8000-000000000001';
const speaker = { relayId, connectionId: 'relay' };
const now = 1_000_000;

interface Stage {
  /** Connections that have calls open, by call. */
  readonly open?: Record<string, string[]>;
  readonly deliveries?: Record<string, Delivery>;
  readonly messages?: number;
  /** Runs while a message is under way. */
  readonly meanwhile?: (open: Record<string, string[]>) => void;
}

function stage({ open = {}, deliveries = {}, messages = 1, meanwhile }: Stage = {}) {
  const told: [connectionId: string, message: unknown][] = [];
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
        told.push([connectionId, JSON.parse(message)]);
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
  const say = async (message: RelayMessage | string) =>
    receiveFromRelay(speaker, typeof message === 'string' ? message : JSON.stringify(message), dependencies);
  return { say, dependencies, told, reads, settled, closed, open };
}

const partial = { action: 'partial', callId, channel: 'caller', startMs: 500, text: 'i want to', heardAt: 7 } as const;
const { action: _, ...words } = partial;

describe('words that may still change', () => {
  it('go to everybody who has the call open, by one read of the table', async () => {
    const { say, told, reads } = stage({ open: { [callId]: ['ada', 'bob'] } });
    await say(partial);
    const message = { type: 'partial', pushedAt: now, ...words };
    expect(told).toEqual([
      ['ada', message],
      ['bob', message],
    ]);
    expect(reads).toEqual([`call:${callId}`]);
  });

  it('forget who is gone, and are sent no more when nobody is left', async () => {
    const { say, told, open } = stage({
      open: { [callId]: ['ada', 'bob'] },
      deliveries: { ada: 'gone', bob: 'gone' },
    });
    await say(partial);
    expect(open[callId]).toEqual([]);
    expect(told.at(-1)).toEqual(['relay', { type: 'unwatch', callId }]);
  });

  it('are wanted again by who opened the call while they were called off', async () => {
    const { say, told } = stage({ meanwhile: (open) => (open[callId] = ['ada']) });
    await say(partial);
    expect(told).toEqual([
      ['relay', { type: 'unwatch', callId }],
      ['relay', { type: 'watch', callId }],
    ]);
  });

  it('are not counted: their route is throttled', async () => {
    const { say, told, closed } = stage({ open: { [callId]: ['ada'] }, messages: RELAY_MESSAGES_LIMIT + 1 });
    await say(partial);
    expect(told).toHaveLength(1);
    expect(closed).toEqual([]);
  });
});

describe('a relay', () => {
  it('that connects is told which of its calls are open', async () => {
    const { say, told } = stage({ open: { a: ['ada'], c: ['bob', 'ada'] } });
    await say({ action: 'live', callIds: ['a', 'b', 'c'] });
    expect(told).toEqual([
      ['relay', { type: 'watch', callId: 'a' }],
      ['relay', { type: 'watch', callId: 'c' }],
    ]);
  });

  it('is answered a ping, and has its outcomes kept', async () => {
    const { say, told, settled } = stage();
    await say({ action: 'ping' });
    await say({ action: 'outcome', requestId, callId, outcome: 'busy' });
    expect(told).toEqual([['relay', { type: 'pong' }]]);
    expect(settled).toEqual([{ callId, requestId, outcome: 'busy', at: now }]);
  });

  it('may not subscribe, nor say what is not understood', async () => {
    const { say, told, reads } = stage({ open: { [callId]: ['ada'] } });
    await say(JSON.stringify({ action: 'subscribe', topic: `call:${callId}` }));
    await say('{');
    expect([told, reads]).toEqual([[], []]);
  });

  it('that floods is cut off', async () => {
    const { say, told, closed } = stage({ messages: RELAY_MESSAGES_LIMIT + 1 });
    await say({ action: 'ping' });
    expect([told, closed]).toEqual([[], ['relay']]);
  });
});

describe('a call that somebody opens', () => {
  it('is watched by its relay while it lives', async () => {
    const { dependencies, told } = stage();
    await watchCall(callId, dependencies);
    expect(told).toEqual([['relay', { type: 'watch', callId }]]);
  });

  it('is asked of no relay when it is over, unknown, or its relay is not there', async () => {
    const { dependencies, told } = stage();
    const load = (call: typeof exampleCall | undefined) => ({
      ...dependencies,
      calls: { load: () => Promise.resolve(call) },
    });
    await watchCall(callId, load({ ...exampleCall, status: 'ended' }));
    await watchCall(callId, load(undefined));
    await watchCall(callId, load({ ...exampleCall, relayId: 'another' }));
    expect(told).toEqual([]);
  });
});
