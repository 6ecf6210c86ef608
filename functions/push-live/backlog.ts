import type { CallState } from '#core/call/state.ts';
import { levelSchema } from '#core/alert.ts';
import { summaryOf, type CallSummary } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';

/** What one frame of the overview says; either may be empty, not both. */
export interface Load {
  readonly calls: readonly CallSummary[];
  readonly reports: readonly RelayReport[];
}

/** Rows of so much JSON come to less than 32 KB when they are packed: they are much alike. */
const ROWS_LIMIT_BYTES = 192 * 1024;

/**
 * What viewers of the overview are still to be told: each call and each report once, as it is now. What is graver goes
 * first; of equals, what has waited longer.
 */
export class Backlog {
  readonly #calls = new Map<string, CallState>();
  readonly #reports = new Map<string, RelayReport>();

  add(calls: Iterable<CallState>, reports: Iterable<RelayReport>): void {
    for (const call of calls) {
      if (call.version >= (this.#calls.get(call.callId)?.version ?? 0)) this.#calls.set(call.callId, call);
    }
    for (const report of reports) this.#reports.set(`${report.relayId}#${report.part}`, report);
  }

  /** Takes what fits in one frame; undefined when all is told. Reports leave at least half of it to calls. */
  next(): Load | undefined {
    if (this.#reports.size + this.#calls.size === 0) return undefined;
    const gravestFirst = [...this.#calls].sort(([, a], [, b]) => urgencyOf(b) - urgencyOf(a));
    const reports = take(this.#reports, [...this.#reports], (report) => report, ROWS_LIMIT_BYTES / 2);
    const room = ROWS_LIMIT_BYTES - bytesOf(reports);
    return { calls: take(this.#calls, gravestFirst, summaryOf, room), reports };
  }
}

/** Takes the first rows that fit, one at least. */
function take<T, R>(
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

/** A call that is over leaves the screen first; then those that need a person. */
function urgencyOf({ status, openAlerts }: CallState): number {
  if (status !== 'live') return levelSchema.options.length + 1;
  return Math.max(0, ...Object.values(openAlerts).map((level) => levelSchema.options.indexOf(level) + 1));
}
