import { EVENT_REFUSED } from '#core/contracts/counted-logs.ts';
import { CORE_SOURCE, RefusedEventError, type Claim } from '#core/contracts/relay-identity.ts';
import { log } from './telemetry.ts';

/**
 * Handles an event; one that does not come from whom it names is counted and dropped, for it would be refused again
 * however often it were sent.
 * @throws what `handle` throws, but RefusedEventError
 */
export async function dropIfRefused(source: string, claim: Claim, handle: () => Promise<void>): Promise<void> {
  try {
    await handle();
  } catch (error) {
    if (!(error instanceof RefusedEventError)) throw error;
    // The end of a lost call that another relay has taken over since: late, and not worth an alarm.
    if (source !== CORE_SOURCE) logRefused(source, claim, error.message);
  }
}

/** Logs the message that an alarm counts, with ids alone. */
export function logRefused(source: string, { type, relayId, callId }: Claim, reason: string): void {
  log.error(EVENT_REFUSED, { source, type, relayId, callId, reason });
}
