import { exampleCall } from '#core/call/example-call.ts';
import type { Me } from '#core/contracts/http/me.ts';
import { answerTo, MESSAGES_LIMIT, type AnswerDependencies } from './answer.ts';

const me: Me = { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' };
const sales = { ...exampleCall, metadata: { campaign: 'SALES' } };

function stage({ messages = 1, sender = me, canWatch = true }: { messages?: number; sender?: Me; canWatch?: boolean }) {
  const watched: string[] = [];
  const dependencies: AnswerDependencies = {
    viewers: {
      countMessage: (id) => Promise.resolve(id === 'known' ? { me: sender, messages } : undefined),
      subscribe: (_, topic) => {
        if (canWatch) watched.push(topic);
        return Promise.resolve(canWatch);
      },
      unsubscribe: () => Promise.resolve(),
    },
    calls: { load: (callId) => Promise.resolve(callId === sales.callId ? sales : undefined) },
  };
  return { watched, say: async (frame: unknown, id = 'known') => answerTo(id, JSON.stringify(frame), dependencies) };
}

const watch = (topic: string) => ({ action: 'subscribe', topic });
const error = (code: string) => expect.objectContaining({ type: 'error', code }) as unknown;

describe('answerTo', () => {
  it('subscribes, unsubscribes and answers pings', async () => {
    const { say, watched } = stage({});
    expect(await say(watch('overview'))).toEqual({ message: { type: 'subscribed', topic: 'overview' }, closes: false });
    expect(await say({ action: 'unsubscribe', topic: 'overview' })).toMatchObject({
      message: { type: 'unsubscribed' },
    });
    expect(await say({ action: 'ping' })).toMatchObject({ message: { type: 'pong' } });
    expect(watched).toEqual(['overview']);
  });

  it('answers what it does not understand, and leaves the connection open', async () => {
    expect(await stage({}).say('shout')).toEqual({ message: error('malformed'), closes: false });
    expect(await stage({}).say(watch('x'.repeat(5000)))).toEqual({ message: error('too-large'), closes: false });
    expect(await stage({ canWatch: false }).say(watch('overview'))).toMatchObject({
      message: error('too-many-topics'),
    });
    expect(await stage({}).say(watch('overview'), 'unknown')).toMatchObject({ message: error('not-connected') });
  });

  it('cuts off who floods, saying so once', async () => {
    expect(await stage({ messages: MESSAGES_LIMIT }).say({ action: 'ping' })).toMatchObject({ closes: false });
    expect(await stage({ messages: MESSAGES_LIMIT + 1 }).say({ action: 'ping' })).toEqual({
      message: error('too-many'),
      closes: true,
    });
    expect(await stage({ messages: MESSAGES_LIMIT + 2 }).say({ action: 'ping' })).toBeUndefined();
  });

  it.each([
    [{ campaigns: ['SALES'] }, sales.callId, true],
    [{ campaigns: ['SAVE'] }, sales.callId, false],
    [{ campaigns: ['SALES'] }, 'unknown', false],
  ])('lets who is restricted to %j watch the call %s: %s', async (restriction, callId, expected) => {
    const { say, watched } = stage({ sender: { ...me, restriction } });
    const answer = await say(watch(`call:${callId}`));
    expect(answer?.message.type).toBe(expected ? 'subscribed' : 'error');
    expect(answer?.opened).toBe(expected ? callId : undefined);
    expect(watched).toHaveLength(expected ? 1 : 0);
  });
});
