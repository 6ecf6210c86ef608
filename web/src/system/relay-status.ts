import type { LegTick } from '#core/call/events.ts';
import { LATE_MS } from '#core/call/health.ts';
import { RELAY_SILENCE_MS, type RelayReport } from '#core/contracts/events.ts';
import type { SystemStatus } from '#core/contracts/http/system.ts';
import type { TrunkQuestion } from '#core/trunks.ts';
import { type CloudVersion, type Fit, fitOf } from '#core/contracts/version.ts';
import type { Board } from '../live/board.ts';

/** What somebody must do about a relay. */
export type RelayTrouble = 'silent' | 'spooling' | 'engine-down' | 'late';

/** What must be upgraded where a relay and the cloud do not fit together. */
export type Misfit = Exclude<Fit, 'fits'>;

/** A relay in one line. */
export interface RelayStatus {
  readonly relayId: string;
  /** Its release; relays before 0.2.0 state none. */
  readonly version?: string;
  readonly calls: number;
  readonly legs: number;
  /** Calls whose legs are not known. */
  readonly callsInBrief: number;
  readonly engines: readonly string[];
  /** The slowest of its legs. */
  readonly lagMs: number;
  readonly spooledEvents: number;
  readonly tickedAt: number;
  readonly silentMs: number;
  readonly gaps: number;
  readonly trouble?: RelayTrouble;
  readonly misfit?: Misfit;
  /** What the relay itself says keeps it from its work, and what to do. */
  readonly problems: readonly string[];
  /** What the relay asks about its trunks. */
  readonly trunkQuestions: readonly TrunkQuestion[];
}

/** Events that wait in a spool for a tick or two are no trouble. */
const SPOOL_WORRIES = 100;

/** Each relay by name: the fetched reports, and what the live connection brought since. A relay may report in parts. */
export function relayStatusOf(
  { relays: reports, cloud }: Pick<SystemStatus, 'relays' | 'cloud'>,
  board: Board,
  now: number,
): RelayStatus[] {
  const relayIds = [...new Set(reports.map(({ relayId }) => relayId))].sort();
  return relayIds.map((relayId) => {
    const parts = reports.filter((report) => report.relayId === relayId);
    return statusOf(relayId, parts, cloud, board, now);
  });
}

function statusOf(
  relayId: string,
  parts: readonly RelayReport[],
  cloud: CloudVersion,
  board: Board,
  now: number,
): RelayStatus {
  const live = board.relays.get(relayId);
  const newest = parts.reduce((a, b) => (b.tickedAt > a.tickedAt ? b : a));
  const isLiveNewer = live !== undefined && live.tickedAt > newest.tickedAt;
  const { tickedAt, spooledEvents } = isLiveNewer ? live : newest;
  const calls = parts.flatMap((part) => part.calls);
  const legs = calls.flatMap((call) => call.legs);
  const status = {
    relayId,
    calls: calls.length,
    legs: legs.length,
    callsInBrief: parts.reduce((sum, part) => sum + (part.callsInBrief ?? 0), 0),
    engines: [...new Set(legs.map(({ engine }) => engine))].sort(),
    lagMs: Math.max(0, ...legs.map(({ engineLagMs }) => engineLagMs)),
    spooledEvents,
    tickedAt,
    silentMs: Math.max(0, now - tickedAt),
    gaps: legs.reduce((sum, { gapCount }) => sum + gapCount, 0),
    problems: newest.problems ?? [],
    trunkQuestions: newest.trunkQuestions ?? [],
  };
  const { relayVersion: version, contractVersion } = newest;
  const trouble = troubleOf(status, legs);
  const fit = fitOf(contractVersion, cloud);
  return {
    ...status,
    ...(version !== undefined && { version }),
    ...(trouble && { trouble }),
    ...(fit !== 'fits' && { misfit: fit }),
  };
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
