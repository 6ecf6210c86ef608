import type { Viewers } from '../adapters/viewers.ts';
import type { Delivery, WebSocketApi } from '../adapters/web-socket.ts';
import type { Topic } from '#core/views.ts';
import type { Mail } from './messages.ts';

/** What delivery needs of the world. */
export interface Peers {
  readonly viewers: Pick<Viewers, 'of' | 'disconnect'>;
  readonly webSocket: Pick<WebSocketApi, 'post' | 'close'>;
}

export type Deliveries = Record<Delivery, number>;

const AT_ONCE = 50;

/**
 * Sends each mail to the viewers of its topic. A viewer that is gone, or that takes nothing in time, is
 * forgotten (its page reconnects and fetches anew), so that it costs the others one timeout at most.
 * @returns how many messages came to what end
 */
export async function deliver(mail: readonly Mail[], { viewers, webSocket }: Peers): Promise<Deliveries> {
  const deliveries: Deliveries = { sent: 0, gone: 0, failed: 0 };
  const unreachable = new Map<string, Topic>();

  const errands = await mapAtOnce(mail, async ({ topic, messages }) =>
    (await viewers.of(topic)).flatMap((viewer) => messages.map((message) => ({ topic, viewer, message }))),
  );
  await mapAtOnce(errands.flat(), async ({ topic, viewer, message }) => {
    if (unreachable.has(viewer)) return;
    const delivery = await webSocket.post(viewer, message);
    deliveries[delivery]++;
    if (delivery !== 'sent') unreachable.set(viewer, topic);
    if (delivery === 'failed') await webSocket.close(viewer);
  });
  await mapAtOnce([...unreachable], ([viewer, topic]) => viewers.disconnect(viewer, topic));
  return deliveries;
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
