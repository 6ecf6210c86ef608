import type { CallState } from '#core/call/state.ts';
import type { RelayEvent, RelayReport } from '#core/contracts/events.ts';
import { MAX_CALL_MS } from '#core/fields.ts';

type CallEnded = Extract<RelayEvent, { type: 'CallEnded' }>;

/** A relay without a report for this long has lost its calls. */
export const RELAY_LOST_MS = 60_000;

/** The calls in fresh reports that are not too old to be live, with the relays that report them. */
export function reportedCalls(reports: readonly RelayReport[], now: number): Map<string, ReadonlySet<string>> {
  const reported = new Map<string, Set<string>>();
  for (const { tickedAt, relayId, calls } of reports) {
    if (now - tickedAt > RELAY_LOST_MS) continue;
    for (const { callId, atMs } of calls) {
      if (atMs <= MAX_CALL_MS) reported.set(callId, (reported.get(callId) ?? new Set()).add(relayId));
    }
  }
  return reported;
}

/**
 * The events that end live calls as lost which their own relay no longer reports. A later report makes such a call live
 * again.
 */
export function sweep(live: readonly CallState[], reports: readonly RelayReport[], now: number): CallEnded[] {
  const reported = reportedCalls(reports, now);
  return live
    .filter((call) => now - call.startedAt > RELAY_LOST_MS && !reported.get(call.callId)?.has(call.relayId))
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
