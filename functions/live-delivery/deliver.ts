import { isSameAccess } from '#core/access.ts';
import { ACCESS_CHANGED, type ServerMessage, type Topic } from '#core/contracts/live.ts';
import type { Restriction } from '#core/people.ts';
import type { People } from '../adapters/people.ts';
import type { Viewer, Viewers } from '../adapters/viewers.ts';
import type { Delivery, WebSocketApi } from '../adapters/web-socket.ts';

/** The frames for the viewers of a topic, depending on what they may see. */
export interface TopicFrames {
  readonly topic: Topic;
  readonly framesFor: (restriction: Restriction | undefined) => Promise<string[]>;
  /**
   * Whether those with this restriction may still receive the topic; without it all may. Those who may not get
   * `closing`, and are unsubscribed.
   */
  readonly access?: {
    readonly isOpenTo: (restriction: Restriction) => Promise<boolean>;
    readonly closing: ServerMessage;
  };
}

/** What {@link deliver} depends on. */
export interface DeliveryDependencies {
  readonly viewers: Pick<Viewers, 'of' | 'disconnect' | 'unsubscribe'>;
  readonly people: Pick<People, 'newestOfMany'>;
  readonly webSocket: Pick<WebSocketApi, 'post' | 'close'>;
}

export type Deliveries = Record<Delivery, number>;

/** One frame to one connection. */
interface OutgoingFrame {
  readonly topic: Topic;
  readonly connectionId: string;
  readonly frame: string;
  /** What ends after it: the connection, or this subscription. */
  readonly ends?: 'connection' | 'subscription';
}

const AT_ONCE = 50;

/** Ends a connection whose person's access changed: their page opens another, with what they may see now. */
export const accessChanged: ServerMessage = {
  type: 'error',
  code: ACCESS_CHANGED,
  message: 'What you may see has changed: reconnect.',
};

/**
 * Sends the frames of each topic to its viewers, as far as they may see them now. A viewer that is gone, or that accepts
 * nothing in time, is removed (its page reconnects and fetches again), so that it costs the others one timeout at most.
 * @returns the number of frames by result
 */
export async function deliver(
  topics: readonly TopicFrames[],
  { viewers, people, webSocket }: DeliveryDependencies,
): Promise<Deliveries> {
  const deliveries: Deliveries = { sent: 0, gone: 0, failed: 0 };
  const ended = new Map<string, Topic>();

  const outgoing = await mapAtOnce(topics, async (each) => {
    const subscribed = await viewers.of(each.topic);
    return subscribed.length > 0 ? outgoingFramesOf(each, subscribed, await people.newestOfMany()) : [];
  });
  await mapAtOnce(outgoing.flat(), async ({ topic, connectionId, frame, ends }) => {
    if (ended.has(connectionId)) return;
    if (ends === 'connection') ended.set(connectionId, topic);
    const delivery = await webSocket.post(connectionId, frame);
    deliveries[delivery]++;
    if (delivery !== 'sent') ended.set(connectionId, topic);
    if (delivery === 'failed' || (ends === 'connection' && delivery === 'sent')) await webSocket.close(connectionId);
    if (ends === 'subscription') await viewers.unsubscribe(connectionId, topic);
  });
  await mapAtOnce([...ended], ([connectionId, topic]) => viewers.disconnect(connectionId, topic));
  return deliveries;
}

/** Makes the frames once for all viewers with the same restriction. */
async function outgoingFramesOf(
  { topic, framesFor, access }: TopicFrames,
  viewers: readonly Viewer[],
  newest: Awaited<ReturnType<People['newestOfMany']>>,
): Promise<OutgoingFrame[]> {
  const made = new Map<string, Promise<Pick<OutgoingFrame, 'frame' | 'ends'>[]>>();
  const make = async (restriction: Restriction | undefined) => {
    if (restriction && access && !(await access.isOpenTo(restriction))) {
      return [{ frame: JSON.stringify(access.closing), ends: 'subscription' as const }];
    }
    return (await framesFor(restriction)).map((frame) => ({ frame }));
  };
  const outgoing = viewers.map(async ({ connectionId, sub, ...known }) => {
    const now = sub === undefined ? undefined : newest(sub, known).access;
    if (!now || !isSameAccess(now, known.access)) {
      return [{ topic, connectionId, frame: JSON.stringify(accessChanged), ends: 'connection' as const }];
    }
    const key = JSON.stringify(now.restriction ?? null);
    const frames = made.get(key) ?? make(now.restriction);
    made.set(key, frames);
    return (await frames).map((each) => ({ topic, connectionId, ...each }));
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
