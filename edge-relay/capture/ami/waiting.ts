import { ABANDONED_OVER_MS, type Waiting } from '#core/waiting.ts';
import { plainName } from '#core/text/plain-name.ts';
import type { QueueState } from './queues.ts';

/** Of Asterisk's own queues, whose names have 79 characters. */
const MAX_QUEUE_NAME_LENGTH = 80;
/** Queues that are reported; of more, those in which somebody waits or has given up. */
export const MAX_QUEUES = 120;

interface Kept {
  /** Since when each caller waits, by the uniqueid of their channel: Asterisk says it in whole seconds that pass. */
  since: ReadonlyMap<string, number>;
  /** Asterisk's own count, which begins anew when its queues are reset. */
  abandonedCount: number;
  /** When callers gave up. */
  abandonedAt: readonly number[];
}

/** Who waits in Asterisk's queues, and how many gave up lately, by what was last read of them. */
export class WaitingCallers {
  readonly #queues = new Map<string, Kept>();

  /** Applies what the queues are now. */
  read(states: readonly QueueState[], now: number): void {
    const names = new Set(states.map(({ name }) => name));
    for (const name of this.#queues.keys()) if (!names.has(name)) this.#queues.delete(name);
    for (const state of states) this.#queues.set(state.name, keptOf(state, this.#queues.get(state.name), now));
  }

  /** Nothing is known of the queues any more, while they cannot be read. */
  forgetWaiting(): void {
    for (const kept of this.#queues.values()) kept.since = new Map();
  }

  /** Each queue, the busiest first. */
  all(now: number): Waiting[] {
    return [...this.#queues]
      .map(([name, { since, abandonedAt }]) => ({
        queue: plainName(name).slice(0, MAX_QUEUE_NAME_LENGTH) || '–',
        calls: since.size,
        ...(since.size > 0 && { longestSince: Math.min(...since.values()) }),
        abandoned: abandonedAt.filter((at) => at > now - ABANDONED_OVER_MS).length,
      }))
      .sort((a, b) => b.calls - a.calls || b.abandoned - a.abandoned || (a.queue < b.queue ? -1 : 1))
      .slice(0, MAX_QUEUES);
  }
}

function keptOf({ waiting, abandoned }: QueueState, before: Kept | undefined, now: number): Kept {
  const more = before === undefined ? 0 : abandoned - before.abandonedCount;
  const gaveUp = more < 0 ? abandoned : more;
  return {
    since: new Map(
      waiting.map(({ uniqueid, waitedMs }) => [uniqueid, before?.since.get(uniqueid) ?? Math.max(0, now - waitedMs)]),
    ),
    abandonedCount: abandoned,
    abandonedAt: [
      ...(before?.abandonedAt ?? []).filter((at) => at > now - ABANDONED_OVER_MS),
      ...Array.from({ length: Math.min(gaveUp, 10_000) }, () => now),
    ],
  };
}
