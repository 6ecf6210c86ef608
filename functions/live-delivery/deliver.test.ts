import type { Delivery } from '../adapters/web-socket.ts';
import type { Topic } from '#core/contracts/live.ts';
import type { Access } from '#core/people.ts';
import { peopleWith, viewerOf } from './viewers.fake.ts';
import { accessChanged, deliver, type DeliveryDependencies, type TopicFrames } from './deliver.ts';

const topicFrames = (topic: Topic, ...messages: string[]): TopicFrames => ({
  topic,
  framesFor: () => Promise.resolve(messages),
});

/** Viewers by topic, and the delivery result of each. */
function stage(topics: Record<string, string[]>, results: Record<string, () => Promise<Delivery>> = {}) {
  const sent: string[] = [];
  const closed: string[] = [];
  const forgotten: string[] = [];
  const unsubscribed: string[] = [];
  const dependencies: DeliveryDependencies = {
    viewers: {
      of: (topic) => Promise.resolve((topics[topic] ?? []).map((connectionId) => viewerOf(connectionId))),
      disconnect: (viewer, topic) => {
        forgotten.push(`${viewer} of ${String(topic)}`);
        return Promise.resolve();
      },
      unsubscribe: (viewer, topic) => {
        unsubscribed.push(`${viewer} from ${topic}`);
        return Promise.resolve();
      },
    },
    people: peopleWith(),
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
  return { dependencies, sent, closed, forgotten, unsubscribed };
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
        viewerOf('all'),
        viewerOf('sales', sales),
        viewerOf('sales too', sales),
        viewerOf('save', save),
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

  describe('to somebody whose access changed since they connected', () => {
    const sales = { campaigns: ['SALES'] };
    const of = (connectionId: string) => `sub of ${connectionId}`;

    it.each([
      ['has none any more', undefined],
      ['is restricted otherwise', { role: 'supervisor', restriction: { campaigns: ['SAVE'] } }],
      ['is restricted no more', { role: 'supervisor' }],
      ['has another role', { role: 'admin' }],
    ] satisfies [string, Access | undefined][])('who %s, sends nothing but that it ends', async (_, access) => {
      const { dependencies, sent, closed, forgotten } = stage({ overview: [] });
      dependencies.viewers.of = () => Promise.resolve([viewerOf('a', sales), viewerOf('b', sales)]);
      const people = peopleWith({ [of('a')]: access });
      await deliver([topicFrames('overview', '1', '2')], { ...dependencies, people });
      expect(sent.sort()).toEqual([`a: ${JSON.stringify(accessChanged)}`, 'b: 1', 'b: 2']);
      expect([closed, forgotten]).toEqual([['a'], ['a of overview']]);
    });

    it('ends a connection that an older version stored, for nobody knows whose it is', async () => {
      const { dependencies, sent, closed } = stage({ overview: [] });
      dependencies.viewers.of = () =>
        Promise.resolve([{ connectionId: 'old', sub: undefined, asOf: 0, access: undefined }]);
      await deliver([topicFrames('overview', '1')], dependencies);
      expect(sent).toEqual([`old: ${JSON.stringify(accessChanged)}`]);
      expect(closed).toEqual(['old']);
    });

    it('does not ask for people where nobody is subscribed', async () => {
      const { dependencies } = stage({ overview: [] });
      let asked = 0;
      const people: DeliveryDependencies['people'] = {
        newestOfMany: async () => {
          asked++;
          return peopleWith().newestOfMany();
        },
      };
      await deliver([topicFrames('overview', '1')], { ...dependencies, people });
      expect(asked).toBe(0);
    });
  });

  it('ends the subscription to a call that its viewer may not see any more, and keeps the connection', async () => {
    const { dependencies, sent, closed, unsubscribed } = stage({});
    const [sales, save] = [{ campaigns: ['SALES'] }, { campaigns: ['SAVE'] }];
    dependencies.viewers.of = () =>
      Promise.resolve([viewerOf('all'), viewerOf('sales', sales), viewerOf('save', save)]);
    const closing = { type: 'moved' as const, pushedAt: 5, callIds: ['berlin-17'] };
    const mail: TopicFrames = {
      topic: 'call:berlin-17',
      framesFor: () => Promise.resolve(['words']),
      access: { isOpenTo: (restriction) => Promise.resolve(restriction === save), closing },
    };
    await deliver([mail], dependencies);
    expect(sent.sort()).toEqual(['all: words', `sales: ${JSON.stringify(closing)}`, 'save: words']);
    expect([closed, unsubscribed]).toEqual([[], ['sales from call:berlin-17']]);
  });
});
