import type { CallState } from '#core/call/state.ts';
import type { RelayEvent } from '#core/events.ts';
import type { RelayReport } from '#core/views.ts';

/** A relay without a report for so long has lost its calls. */
export const RELAY_LOST_MS = 60_000;
/** No call is live for longer. */
export const CALL_AGE_LIMIT_MS = 2 * 3_600_000;

/** The calls that relays reported just now and that are not too old to live. */
export function reportedCalls(reports: readonly RelayReport[], now: number): Set<string> {
  return new Set(
    reports
      .filter((report) => now - report.tickedAt <= RELAY_LOST_MS)
      .flatMap((report) => report.calls.filter((call) => call.atMs <= CALL_AGE_LIMIT_MS).map((call) => call.callId)),
  );
}

/**
 * What is to be said about calls that their relay no longer reports, or reports again.
 * @param live calls that are stored as live
 * @param others stored calls that are reported though they are not live
 */
export function sweep(
  live: readonly CallState[],
  others: readonly CallState[],
  reports: readonly RelayReport[],
  now: number,
): RelayEvent[] {
  const reported = reportedCalls(reports, now);
  const lost = live.filter((call) => now - call.startedAt > RELAY_LOST_MS && !reported.has(call.callId));
  const found = others.filter((call) => call.status === 'lost');
  return [
    ...lost.map((call): RelayEvent => ({
      type: 'CallEnded',
      ...headOf(call),
      endedAt: now,
      lastSeq: call.nextSeq - 1,
      reason: 'lost',
    })),
    ...found.map((call): RelayEvent => ({
      type: 'CallStarted',
      ...headOf(call),
      engine: call.engine ?? 'unknown',
      foundAt: now,
    })),
  ];
}

function headOf({ relayId, callId, pbx, startedAt }: CallState) {
  return { version: 1 as const, relayId, callId, pbx, callStartedAt: startedAt };
}
