import type { CallMetadata } from '#core/call/events.ts';
import type { CallState } from '#core/call/state.ts';
import { levelSchema } from '#core/alert.ts';
import { summaryOf, type CallSummary } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';

/** The content of one frame of the overview; either may be empty, not both. */
export interface OverviewBatch {
  readonly calls: readonly CallSummary[];
  readonly reports: readonly RelayReport[];
  /** What was sent of a call's metadata before; undefined if it is new. */
  readonly formerMetadata: FormerMetadata;
}

/** The metadata of a call before its changes. */
export type FormerMetadata = (callId: string) => CallMetadata | undefined;

/** Rows of this much JSON pack to less than 32 KB, because they are similar. */
const ROWS_LIMIT_BYTES = 192 * 1024;

/**
 * What is still to be sent to viewers of the overview: each call and each report once, in its newest version. Calls
 * with more severe open alerts go first; among equals, those that have waited longer.
 */
export class Backlog {
  readonly #calls = new Map<string, CallState>();
  readonly #former = new Map<string, FormerMetadata>();
  readonly #reports = new Map<string, RelayReport>();

  /** @param formerMetadata of `calls`, before these changes; asked only where somebody's view depends on it */
  add(
    calls: Iterable<CallState>,
    reports: Iterable<RelayReport>,
    formerMetadata: FormerMetadata = () => undefined,
  ): void {
    for (const call of calls) {
      // Of several changes that wait, what was before the first.
      if (!this.#calls.has(call.callId)) this.#former.set(call.callId, formerMetadata);
      if (call.version >= (this.#calls.get(call.callId)?.version ?? 0)) this.#calls.set(call.callId, call);
    }
    for (const report of reports) this.#reports.set(`${report.relayId}#${report.part}`, report);
  }

  /** Removes and returns what fits in one frame; undefined if nothing is left. Reports fill at most half of it. */
  next(): OverviewBatch | undefined {
    if (this.#reports.size + this.#calls.size === 0) return undefined;
    const mostUrgentFirst = [...this.#calls].sort(([, a], [, b]) => urgencyOf(b) - urgencyOf(a));
    const reports = removeFitting(this.#reports, [...this.#reports], (report) => report, ROWS_LIMIT_BYTES / 2);
    const room = ROWS_LIMIT_BYTES - bytesOf(reports);
    const calls = removeFitting(this.#calls, mostUrgentFirst, summaryOf, room);
    const former = new Map(calls.map(({ callId }) => [callId, this.#former.get(callId)]));
    for (const { callId } of calls) this.#former.delete(callId);
    return { calls, reports, formerMetadata: (callId) => former.get(callId)?.(callId) };
  }
}

/** Removes and returns the first rows that fit, at least one. */
function removeFitting<T, R>(
  waiting: Map<string, T>,
  inOrder: readonly [string, T][],
  rowOf: (value: T) => R,
  roomBytes: number,
): R[] {
  const rows: R[] = [];
  let room = roomBytes;
  for (const [key, value] of inOrder) {
    const row = rowOf(value);
    room -= bytesOf(row) + 1;
    if (room < 0 && rows.length > 0) break;
    rows.push(row);
    waiting.delete(key);
  }
  return rows;
}

/** As JSON in UTF-8. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Calls that are over come first, so that they leave the screen; then those with open alerts. */
function urgencyOf({ status, openAlerts }: CallState): number {
  if (status !== 'live') return levelSchema.options.length + 1;
  return Math.max(0, ...Object.values(openAlerts).map((level) => levelSchema.options.indexOf(level) + 1));
}
