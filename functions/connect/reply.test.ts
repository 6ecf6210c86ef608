import { exampleCall } from '#core/call/example-call.ts';
import type { Access } from '#core/people.ts';
import { ACCESS_CHANGED } from '#core/contracts/live.ts';
import type { Me } from '#core/contracts/http/me.ts';
import { replyTo, MESSAGES_LIMIT, type ReplyDependencies } from './reply.ts';

const me: Me = { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' };
const sales = { ...exampleCall, metadata: { campaign: 'SALES' } };

interface Stage {
  readonly messages?: number;
  readonly sender?: Me;
  readonly canWatch?: boolean;
  /** What the user pool says now; by default what the sender had when they connected. */
  readonly access?: Access | undefined;
}

function stage(setUp: Stage) {
  const { messages = 1, sender = me, canWatch = true } = setUp;
  const watched: string[] = [];
  const dependencies: ReplyDependencies = {
    viewers: {
      countMessage: (id) => Promise.resolve(id === 'known' ? { me: sender, asOf: 0, messages } : undefined),
      subscribe: (_, topic) => {
        if (canWatch) watched.push(topic);
        return Promise.resolve(canWatch);
      },
      unsubscribe: () => Promise.resolve(),
    },
    people: {
      newest: (_, known) => Promise.resolve('access' in setUp ? { access: setUp.access, asOf: 1 } : known),
    },
    calls: { load: (callId) => Promise.resolve(callId === sales.callId ? sales : undefined) },
  };
  return { watched, send: async (frame: unknown, id = 'known') => replyTo(id, JSON.stringify(frame), dependencies) };
}

const watch = (topic: string) => ({ action: 'subscribe', topic });
const error = (code: string) => expect.objectContaining({ type: 'error', code }) as unknown;

describe('replyTo', () => {
  it('subscribes, unsubscribes and replies to pings', async () => {
    const { send, watched } = stage({});
    expect(await send(watch('overview'))).toEqual({
      message: { type: 'subscribed', topic: 'overview' },
      closes: false,
    });
    expect(await send({ action: 'unsubscribe', topic: 'overview' })).toMatchObject({
      message: { type: 'unsubscribed' },
    });
    expect(await send({ action: 'ping' })).toMatchObject({ message: { type: 'pong' } });
    expect(watched).toEqual(['overview']);
  });

  it('replies to an invalid message with an error, and leaves the connection open', async () => {
    expect(await stage({}).send('shout')).toEqual({ message: error('malformed'), closes: false });
    expect(await stage({}).send(watch('x'.repeat(5000)))).toEqual({ message: error('too-large'), closes: false });
    expect(await stage({ canWatch: false }).send(watch('overview'))).toMatchObject({
      message: error('too-many-topics'),
    });
    expect(await stage({}).send(watch('overview'), 'unknown')).toMatchObject({ message: error('not-connected') });
  });

  it('closes a flooding connection, with one error', async () => {
    expect(await stage({ messages: MESSAGES_LIMIT }).send({ action: 'ping' })).toMatchObject({ closes: false });
    expect(await stage({ messages: MESSAGES_LIMIT + 1 }).send({ action: 'ping' })).toEqual({
      message: error('too-many'),
      closes: true,
    });
    expect(await stage({ messages: MESSAGES_LIMIT + 2 }).send({ action: 'ping' })).toBeUndefined();
  });

  it.each([
    [{ campaigns: ['SALES'] }, sales.callId, true],
    [{ campaigns: ['SAVE'] }, sales.callId, false],
    [{ campaigns: ['SALES'] }, 'unknown', false],
  ])('with the restriction %j, subscription to the call %s is allowed: %s', async (restriction, callId, expected) => {
    const { send, watched } = stage({ sender: { ...me, restriction } });
    const reply = await send(watch(`call:${callId}`));
    expect(reply?.message.type).toBe(expected ? 'subscribed' : 'error');
    expect(reply?.opened).toBe(expected ? callId : undefined);
    expect(watched).toHaveLength(expected ? 1 : 0);
  });

  it.each([
    [undefined],
    [{ role: 'admin' as const }],
    [{ role: 'supervisor' as const, restriction: { teams: ['x'] } }],
  ])('closes the connection of somebody whose access is now %j, instead of subscribing', async (access) => {
    const { send, watched } = stage({ access });
    for (const topic of ['overview', 'alerts', `call:${sales.callId}`]) {
      expect(await send(watch(topic))).toEqual({ message: error(ACCESS_CHANGED), closes: true });
    }
    expect(watched).toEqual([]);
  });
});
