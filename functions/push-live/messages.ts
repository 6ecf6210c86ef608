import { summaryOf, type ServerMessage, type Topic } from '#core/views.ts';
import type { Digest } from './digest.ts';

/** API Gateway bills a message by each 32 KB begun. */
export const MESSAGE_LIMIT_BYTES = 32 * 1024;

/** Messages, serialized, and who they are for. */
export interface Mail {
  readonly topic: Topic;
  readonly messages: string[];
}

/** What is said at once: to the viewers of each call its words and alerts, and to those of alerts the alerts. */
export function urgentMail({ utterances, alerts }: Digest, pushedAt: number): Mail[] {
  const callIds = new Set([...utterances.keys(), ...alerts.keys()]);
  const ofCalls = [...callIds].map((callId): Mail => {
    const head = { type: 'call' as const, pushedAt, callId };
    const words = pack(utterances.get(callId) ?? [], (some) => ({ ...head, utterances: some, alerts: [] }));
    const raised = pack(alerts.get(callId) ?? [], (some) => ({ ...head, utterances: [], alerts: some }));
    return { topic: `call:${callId}`, messages: [...words, ...raised] };
  });
  const all = pack([...alerts.values()].flat(), (some) => ({ type: 'alerts', pushedAt, alerts: some }));
  return [...ofCalls, { topic: 'alerts' as const, messages: all }].filter(({ messages }) => messages.length > 0);
}

/** What is said at most twice a second: the changed rows of the overview, and the relays' reports. */
export function overviewMail({ calls, reports }: Digest, pushedAt: number): Mail[] {
  const rows = pack([...calls.values()].map(summaryOf), (some) => ({ type: 'overview', pushedAt, calls: some }));
  const relays = pack([...reports.values()], (some) => ({ type: 'relays', pushedAt, relays: some }));
  const messages = [...rows, ...relays];
  return messages.length > 0 ? [{ topic: 'overview', messages }] : [];
}

/**
 * Puts as many parts into each message as fit in the limit, in order; a part that is larger goes alone.
 * @returns serialized messages; none for no parts
 */
export function pack<T>(
  parts: readonly T[],
  messageOf: (some: T[]) => ServerMessage,
  limitBytes = MESSAGE_LIMIT_BYTES,
): string[] {
  const emptyBytes = bytesOf(messageOf([]));
  const loads: T[][] = [];
  let room = 0;
  for (const part of parts) {
    const needed = bytesOf(part) + 1;
    if (needed > room) {
      loads.push([]);
      room = limitBytes - emptyBytes;
    }
    loads.at(-1)?.push(part);
    room -= needed;
  }
  return loads.map((load) => JSON.stringify(messageOf(load)));
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
