import type { LegTick } from '#core/call/events.ts';
import { LATE_MS } from '#core/call/health.ts';
import { RELAY_SILENCE_MS, type RelayReport } from '#core/contracts/events.ts';
import type { Board } from '../live/board.ts';

/** What somebody must do about a relay. */
export type RelayTrouble = 'silent' | 'spooling' | 'engine-down' | 'late';

/** A relay in one line. */
export interface RelayStatus {
  readonly relayId: string;
  readonly calls: number;
  readonly legs: number;
  readonly engines: readonly string[];
  /** The slowest of its legs. */
  readonly lagMs: number;
  readonly spooledEvents: number;
  readonly tickedAt: number;
  readonly silentMs: number;
  readonly gaps: number;
  readonly trouble?: RelayTrouble;
}

/** Events that wait in a spool for a tick or two are no trouble. */
const SPOOL_WORRIES = 100;

/** Each relay by name: the fetched reports, and what the live connection said since. A relay may report in parts. */
export function relayStatusOf(reports: readonly RelayReport[], board: Board, now: number): RelayStatus[] {
  const relayIds = [...new Set(reports.map(({ relayId }) => relayId))].sort();
  return relayIds.map((relayId) => {
    const parts = reports.filter((report) => report.relayId === relayId);
    return statusOf(relayId, parts, board, now);
  });
}

function statusOf(relayId: string, parts: readonly RelayReport[], board: Board, now: number): RelayStatus {
  const heard = board.relays.get(relayId);
  const newest = parts.reduce((a, b) => (b.tickedAt > a.tickedAt ? b : a));
  const isLiveNewer = heard !== undefined && heard.tickedAt > newest.tickedAt;
  const { tickedAt, spooledEvents } = isLiveNewer ? heard : newest;
  const calls = parts.flatMap((part) => part.calls);
  const legs = calls.flatMap((call) => call.legs);
  const status = {
    relayId,
    calls: calls.length,
    legs: legs.length,
    engines: [...new Set(legs.map(({ engine }) => engine))].sort(),
    lagMs: Math.max(0, ...legs.map(({ engineLagMs }) => engineLagMs)),
    spooledEvents,
    tickedAt,
    silentMs: Math.max(0, now - tickedAt),
    gaps: legs.reduce((sum, { gapCount }) => sum + gapCount, 0),
  };
  const trouble = troubleOf(status, legs);
  return trouble ? { ...status, trouble } : status;
}

function troubleOf(
  { silentMs, spooledEvents, lagMs }: Pick<RelayStatus, 'silentMs' | 'spooledEvents' | 'lagMs'>,
  legs: readonly LegTick[],
): RelayTrouble | undefined {
  if (silentMs >= RELAY_SILENCE_MS) return 'silent';
  if (legs.some(({ engineDownMs = 0 }) => engineDownMs >= LATE_MS)) return 'engine-down';
  if (spooledEvents >= SPOOL_WORRIES) return 'spooling';
  return lagMs >= LATE_MS ? 'late' : undefined;
}
