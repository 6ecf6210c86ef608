import type { Topic } from '#core/contracts/live.ts';
import type { Restriction } from '#core/people.ts';
import type { Viewer, Viewers } from '../adapters/viewers.ts';
import type { Delivery, WebSocketApi } from '../adapters/web-socket.ts';

/** The frames for the viewers of a topic, depending on what they may see. */
export interface TopicFrames {
  readonly topic: Topic;
  readonly framesFor: (restriction: Restriction | undefined) => Promise<string[]>;
}

/** What {@link deliver} depends on. */
export interface DeliveryDependencies {
  readonly viewers: Pick<Viewers, 'of' | 'disconnect'>;
  readonly webSocket: Pick<WebSocketApi, 'post' | 'close'>;
}

export type Deliveries = Record<Delivery, number>;

/** One frame to one connection. */
interface OutgoingFrame {
  readonly topic: Topic;
  readonly connectionId: string;
  readonly frame: string;
}

const AT_ONCE = 50;

/**
 * Sends the frames of each topic to its viewers. A viewer that is gone, or that accepts nothing in time, is removed
 * (its page reconnects and fetches again), so that it costs the others one timeout at most.
 * @returns the number of frames by result
 */
export async function deliver(
  topics: readonly TopicFrames[],
  { viewers, webSocket }: DeliveryDependencies,
): Promise<Deliveries> {
  const deliveries: Deliveries = { sent: 0, gone: 0, failed: 0 };
  const unreachable = new Map<string, Topic>();

  const outgoing = await mapAtOnce(topics, async (each) => outgoingFramesOf(each, await viewers.of(each.topic)));
  await mapAtOnce(outgoing.flat(), async ({ topic, connectionId, frame }) => {
    if (unreachable.has(connectionId)) return;
    const delivery = await webSocket.post(connectionId, frame);
    deliveries[delivery]++;
    if (delivery !== 'sent') unreachable.set(connectionId, topic);
    if (delivery === 'failed') await webSocket.close(connectionId);
  });
  await mapAtOnce([...unreachable], ([connectionId, topic]) => viewers.disconnect(connectionId, topic));
  return deliveries;
}

/** Makes the frames once for all viewers with the same restriction. */
async function outgoingFramesOf(
  { topic, framesFor }: TopicFrames,
  viewers: readonly Viewer[],
): Promise<OutgoingFrame[]> {
  const frames = new Map<string, Promise<string[]>>();
  const outgoing = viewers.map(async ({ connectionId, restriction }) => {
    const key = JSON.stringify(restriction ?? null);
    const made = frames.get(key) ?? framesFor(restriction);
    frames.set(key, made);
    return (await made).map((frame) => ({ topic, connectionId, frame }));
  });
  return (await Promise.all(outgoing)).flat();
}

/** Runs a task for each input, at most `AT_ONCE` at a time. */
async function mapAtOnce<T, R>(inputs: readonly T[], task: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = inputs.entries();
  const worker = async () => {
    for (const [index, input] of queue) results[index] = await task(input);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, inputs.length) }, worker));
  return results;
}
