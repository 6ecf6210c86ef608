import type { CallState } from '#core/call/state.ts';
import type { RelayEvent, RelayReport } from '#core/contracts/events.ts';
import { MAX_CALL_MS } from '#core/fields.ts';

type CallEnded = Extract<RelayEvent, { type: 'CallEnded' }>;

/** A relay without a report for this long has lost its calls. */
export const RELAY_LOST_MS = 60_000;

/** The calls in fresh reports of relays that are not too old to be live. */
export function reportedCalls(reports: readonly RelayReport[], now: number): Set<string> {
  return new Set(
    reports
      .filter((report) => now - report.tickedAt <= RELAY_LOST_MS)
      .flatMap((report) => report.calls.filter((call) => call.atMs <= MAX_CALL_MS).map((call) => call.callId)),
  );
}

/**
 * The events that end live calls which their relay no longer reports as lost. A later report makes such a call live
 * again.
 */
export function sweep(live: readonly CallState[], reports: readonly RelayReport[], now: number): CallEnded[] {
  const reported = reportedCalls(reports, now);
  return live
    .filter((call) => now - call.startedAt > RELAY_LOST_MS && !reported.has(call.callId))
    .map(({ relayId, callId, pbx, startedAt, nextSeq }) => ({
      type: 'CallEnded',
      version: 1,
      relayId,
      callId,
      pbx,
      callStartedAt: startedAt,
      endedAt: now,
      lastSeq: nextSeq - 1,
      reason: 'lost',
    }));
}
