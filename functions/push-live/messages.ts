import type { Alert } from '#core/rules/alert.ts';
import { maySee, type Restriction } from '#core/people.ts';
import type { CallMetadata } from '#core/events.ts';
import type { ServerMessage, Topic } from '#core/views.ts';
import type { Load } from './backlog.ts';
import type { Digest } from './digest.ts';
import { frameOf, framesOf, MESSAGE_LIMIT_BYTES } from './frame.ts';

/** What the viewers of a topic are told: frames, by what they may see. */
export interface Mail {
  readonly topic: Topic;
  readonly messagesFor: (restriction: Restriction | undefined) => Promise<string[]>;
}

/** Finds what is known of calls, by id; those that are not stored are left out. */
export type MetadataOf = (callIds: readonly string[]) => Promise<ReadonlyMap<string, CallMetadata>>;

/**
 * What is said at once: to the viewers of each call its words, its alerts and who asks to be on it, and to those of
 * alerts the alerts.
 */
export function urgentMail({ utterances, alerts, monitors }: Digest, pushedAt: number, metadataOf: MetadataOf): Mail[] {
  const callIds = new Set([...utterances.keys(), ...alerts.keys(), ...monitors.keys()]);
  const ofCalls = [...callIds].map((callId): Mail => {
    const head = { type: 'call' as const, pushedAt, callId };
    const words = pack(utterances.get(callId) ?? [], (some) => ({ ...head, utterances: some, alerts: [] }));
    const raised = pack(alerts.get(callId) ?? [], (some) => ({ ...head, utterances: [], alerts: some }));
    const asked = (monitors.get(callId) ?? []).map((monitor) => frameOf({ type: 'monitor', pushedAt, monitor }));
    // Who may not see a call cannot subscribe to it.
    return { topic: `call:${callId}`, messagesFor: () => Promise.resolve([...words, ...raised, ...asked]) };
  });
  const all = [...alerts.values()].flat();
  const messageOf = (some: Alert[]): ServerMessage => ({ type: 'alerts', pushedAt, alerts: some });
  const ofAlerts: Mail = {
    topic: 'alerts',
    messagesFor: async (restriction) => pack(await visible(all, restriction, metadataOf), messageOf),
  };
  return all.length > 0 ? [...ofCalls, ofAlerts] : ofCalls;
}

/** One message of the overview. */
export function overviewMail({ calls, reports }: Load, pushedAt: number, metadataOf: MetadataOf): Mail {
  const ofCalls = (restriction: Restriction | undefined): string[] => {
    const some = calls.filter(({ metadata }) => maySee(restriction, metadata));
    return framesOf(some, (rows) => ({ type: 'overview', pushedAt, calls: rows }));
  };
  const ofReports = async (restriction: Restriction | undefined): Promise<string[]> => {
    const own = await Promise.all(
      reports.map(async (report) => ({ ...report, calls: await visible(report.calls, restriction, metadataOf) })),
    );
    return framesOf(own, (rows) => ({ type: 'relays', pushedAt, relays: rows }));
  };
  return {
    topic: 'overview',
    messagesFor: async (restriction) => [...ofCalls(restriction), ...(await ofReports(restriction))],
  };
}

async function visible<T extends { callId: string }>(
  some: readonly T[],
  restriction: Restriction | undefined,
  metadataOf: MetadataOf,
): Promise<T[]> {
  if (!restriction) return [...some];
  const known = await metadataOf([...new Set(some.map(({ callId }) => callId))]);
  return some.filter(({ callId }) => maySee(restriction, known.get(callId) ?? {}));
}

/**
 * Puts as many parts into each message as fit in the limit, in order; a part that is larger goes alone.
 * @returns frames; none for no parts
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
  return loads.map((load) => frameOf(messageOf(load)));
}

/** As JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
