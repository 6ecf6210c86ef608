import type { Delivery } from '../adapters/web-socket.ts';
import type { Topic } from '#core/contracts/live.ts';
import { deliver, type DeliveryDependencies, type TopicFrames } from './deliver.ts';

const topicFrames = (topic: Topic, ...messages: string[]): TopicFrames => ({
  topic,
  framesFor: () => Promise.resolve(messages),
});

/** Viewers by topic, and the delivery result of each. */
function stage(topics: Record<string, string[]>, results: Record<string, () => Promise<Delivery>> = {}) {
  const sent: string[] = [];
  const closed: string[] = [];
  const forgotten: string[] = [];
  const dependencies: DeliveryDependencies = {
    viewers: {
      of: (topic) => Promise.resolve((topics[topic] ?? []).map((connectionId) => ({ connectionId }))),
      disconnect: (viewer, topic) => {
        forgotten.push(`${viewer} of ${String(topic)}`);
        return Promise.resolve();
      },
    },
    webSocket: {
      post: async (viewer, message) => {
        const delivery = await (results[viewer]?.() ?? Promise.resolve<Delivery>('sent'));
        if (delivery === 'sent') sent.push(`${viewer}: ${message}`);
        return delivery;
      },
      close: (viewer) => {
        closed.push(viewer);
        return Promise.resolve();
      },
    },
  };
  return { dependencies, sent, closed, forgotten };
}

describe('deliver', () => {
  it('sends every message to every viewer of its topic', async () => {
    const { dependencies, sent } = stage({ overview: ['a', 'b'], alerts: ['b'] });
    const deliveries = await deliver([topicFrames('overview', '1', '2'), topicFrames('alerts', '3')], dependencies);
    expect(sent.sort()).toEqual(['a: 1', 'a: 2', 'b: 1', 'b: 2', 'b: 3']);
    expect(deliveries).toEqual({ sent: 5, gone: 0, failed: 0 });
  });

  it('removes a viewer that is gone', async () => {
    const { dependencies, sent, closed, forgotten } = stage(
      { overview: ['a', 'b'] },
      { a: () => Promise.resolve('gone') },
    );
    await deliver([topicFrames('overview', '1')], dependencies);
    expect(sent).toEqual(['b: 1']);
    expect(forgotten).toEqual(['a of overview']);
    expect(closed).toEqual([]);
  });

  it('closes a viewer that accepts nothing, so that its page reconnects and fetches what it missed', async () => {
    const { dependencies, closed, forgotten } = stage({ overview: ['a'] }, { a: () => Promise.resolve('failed') });
    await deliver([topicFrames('overview', '1')], dependencies);
    expect(closed).toEqual(['a']);
    expect(forgotten).toEqual(['a of overview']);
  });

  it('reaches all others while a slow one is waited for', async () => {
    let release: (delivery: Delivery) => void = () => undefined;
    const slow = new Promise<Delivery>((resolve) => (release = resolve));
    const others = Array.from({ length: 200 }, (_, index) => `v${index}`);
    const { dependencies, sent } = stage({ overview: ['slow', ...others] }, { slow: () => slow });
    const reachedAll = new Promise<void>((resolve) => {
      const post = dependencies.webSocket.post.bind(dependencies.webSocket);
      dependencies.webSocket.post = async (viewer, message) => {
        const delivery = await post(viewer, message);
        if (sent.length === others.length) resolve();
        return delivery;
      };
    });
    const delivering = deliver([topicFrames('overview', '1')], dependencies);
    await reachedAll;
    release('failed');
    expect(await delivering).toEqual({ sent: 200, gone: 0, failed: 1 });
  });

  it('does not go on sending to a viewer that is gone', async () => {
    let posts = 0;
    const { dependencies } = stage(
      { overview: ['a'] },
      {
        a: () => {
          posts++;
          return Promise.resolve('gone');
        },
      },
    );
    // More messages than are sent concurrently.
    await deliver([topicFrames('overview', ...Array.from({ length: 200 }, String))], dependencies);
    expect(posts).toBeLessThanOrEqual(50);
  });

  it('makes frames once for all viewers with the same restriction', async () => {
    const { dependencies, sent } = stage({});
    const [sales, save] = [{ campaigns: ['SALES'] }, { campaigns: ['SAVE'] }];
    dependencies.viewers.of = () =>
      Promise.resolve([
        { connectionId: 'all' },
        { connectionId: 'sales', restriction: sales },
        { connectionId: 'sales too', restriction: sales },
        { connectionId: 'save', restriction: save },
      ]);
    let made = 0;
    const framesFor: TopicFrames['framesFor'] = (restriction) => {
      made++;
      return Promise.resolve(restriction === save ? [] : [restriction?.campaigns?.join() ?? 'everything']);
    };
    await deliver([{ topic: 'alerts', framesFor }], dependencies);
    expect(sent.sort()).toEqual(['all: everything', 'sales too: SALES', 'sales: SALES']);
    expect(made).toBe(3);
  });
});
