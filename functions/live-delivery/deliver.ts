import type { Topic } from '#core/contracts/live.ts';
import type { Restriction } from '#core/people.ts';
import type { Viewer, Viewers } from '../adapters/viewers.ts';
import type { Delivery, WebSocketApi } from '../adapters/web-socket.ts';

/** What the viewers of a topic receive: frames, by what they may see. */
export interface Mail {
  readonly topic: Topic;
  readonly framesFor: (restriction: Restriction | undefined) => Promise<string[]>;
}

/** What delivery needs of the world. */
export interface DeliveryDependencies {
  readonly viewers: Pick<Viewers, 'of' | 'disconnect'>;
  readonly webSocket: Pick<WebSocketApi, 'post' | 'close'>;
}

export type Deliveries = Record<Delivery, number>;

/** One frame to one connection. */
interface Errand {
  readonly topic: Topic;
  readonly connectionId: string;
  readonly frame: string;
}

const AT_ONCE = 50;

/**
 * Sends each mail to the viewers of its topic. A viewer that is gone, or that takes nothing in time, is
 * forgotten (its page reconnects and fetches anew), so that it costs the others one timeout at most.
 * @returns how many frames came to what end
 */
export async function deliver(
  mail: readonly Mail[],
  { viewers, webSocket }: DeliveryDependencies,
): Promise<Deliveries> {
  const deliveries: Deliveries = { sent: 0, gone: 0, failed: 0 };
  const unreachable = new Map<string, Topic>();

  const errands = await mapAtOnce(mail, async (each) => errandsOf(each, await viewers.of(each.topic)));
  await mapAtOnce(errands.flat(), async ({ topic, connectionId, frame }) => {
    if (unreachable.has(connectionId)) return;
    const delivery = await webSocket.post(connectionId, frame);
    deliveries[delivery]++;
    if (delivery !== 'sent') unreachable.set(connectionId, topic);
    if (delivery === 'failed') await webSocket.close(connectionId);
  });
  await mapAtOnce([...unreachable], ([connectionId, topic]) => viewers.disconnect(connectionId, topic));
  return deliveries;
}

/** The frames are made once for all viewers that may see the same. */
async function errandsOf({ topic, framesFor }: Mail, viewers: readonly Viewer[]): Promise<Errand[]> {
  const frames = new Map<string, Promise<string[]>>();
  const errands = viewers.map(async ({ connectionId, restriction }) => {
    const key = JSON.stringify(restriction ?? null);
    const made = frames.get(key) ?? framesFor(restriction);
    frames.set(key, made);
    return (await made).map((frame) => ({ topic, connectionId, frame }));
  });
  return (await Promise.all(errands)).flat();
}

/** Runs a task for each input, so many at a time. */
async function mapAtOnce<T, R>(inputs: readonly T[], task: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = inputs.entries();
  const worker = async () => {
    for (const [index, input] of queue) results[index] = await task(input);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, inputs.length) }, worker));
  return results;
}
