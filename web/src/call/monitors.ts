import { MONITOR_TIMEOUT_MS, type Monitor, type RingOutcome } from '#core/monitor.ts';

/** What became of a request: one that nobody answered for within its time has failed. */
export function outcomeOf({ outcome, requestedAt }: Monitor, now: number): RingOutcome {
  return outcome === 'requested' && now - requestedAt >= MONITOR_TIMEOUT_MS ? 'failed' : outcome;
}
