import { RELAY_SILENCE_MS } from '#core/contracts/events.ts';
import type { Board, KnownQueues } from '../live/board.ts';

/** A queue with those who wait in it. */
export interface QueueRow {
  readonly key: string;
  readonly queue: string;
  readonly calls: number;
  /** How long the one who has waited longest waits; undefined while nobody does. */
  readonly longestMs: number | undefined;
  /** Who gave up in the last hour. */
  readonly abandoned: number;
}

/** All queues together. */
export type QueueTotals = Omit<QueueRow, 'key' | 'queue'>;

/**
 * The queues of which something is to be said, by who waits longest. Two relays of one PBX report the same queues: the
 * newest report counts. What a relay said before it fell silent is no longer so.
 * @param now by the server's clock
 */
export function queueRowsOf(board: Board, now: number): QueueRow[] {
  const rows = new Map<string, QueueRow>();
  const oldestFirst = [...board.queues.values()]
    .filter((known) => isCurrent(known, board, now))
    .sort((a, b) => a.tickedAt - b.tickedAt);
  for (const { pbx, queues } of oldestFirst) {
    for (const { queue, calls, longestSince, abandoned } of queues) {
      const key = `${pbx}/${queue}`;
      const longestMs = longestSince === undefined ? undefined : Math.max(0, now - longestSince);
      rows.set(key, { key, queue, calls, longestMs, abandoned });
    }
  }
  return [...rows.values()].sort(
    (a, b) => (b.longestMs ?? -1) - (a.longestMs ?? -1) || b.abandoned - a.abandoned || a.queue.localeCompare(b.queue),
  );
}

/** Undefined where no queue is known. */
export function queueTotalsOf(rows: readonly QueueRow[]): QueueTotals | undefined {
  if (rows.length === 0) return undefined;
  const waits = rows.flatMap(({ longestMs }) => longestMs ?? []);
  return {
    calls: rows.reduce((sum, { calls }) => sum + calls, 0),
    longestMs: waits.length > 0 ? Math.max(...waits) : undefined,
    abandoned: rows.reduce((sum, { abandoned }) => sum + abandoned, 0),
  };
}

/** A report that has fewer parts than the one before leaves parts behind. */
function isCurrent({ relayId, part, tickedAt }: KnownQueues, board: Board, now: number): boolean {
  const newest = [...board.queues.values()]
    .filter((known) => known.relayId === relayId)
    .reduce((a, b) => (b.tickedAt > a.tickedAt ? b : a));
  return now - tickedAt < RELAY_SILENCE_MS && part <= newest.parts;
}
