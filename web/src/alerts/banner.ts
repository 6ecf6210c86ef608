import { isImmediate, levelSchema, type Alert } from '#core/alert.ts';
import type { Board, KnownAlert } from '../live/board.ts';

/** A warning leaves by itself after so long; more severe ones stay until somebody handles them. */
export const WARNING_SHOWN_MS = 30_000;
/** An alert of a call that is over, and that nobody handled for so long, is the queue's and no longer the banner's. */
const STALE_MS = 60 * 60_000;

/** Whether an alert calls for a person: what only follows another stands in that one's row. */
export function isCalling(alert: Alert): boolean {
  return isImmediate(alert) && alert.follows === undefined;
}

/** The alerts that the banner shows at `now` (server's clock): the most severe first, then the newest. */
export function bannerAlerts(board: Board, now: number): KnownAlert[] {
  return [...board.alerts.values()].filter((alert) => isShown(board, alert, now)).sort(byUrgency);
}

export function byUrgency(a: Alert, b: Alert): number {
  const rank = ({ level }: Alert) => levelSchema.options.indexOf(level);
  return rank(b) - rank(a) || b.raisedAt - a.raisedAt || (a.alertId < b.alertId ? -1 : 1);
}

function isShown(board: Board, alert: Alert, now: number): boolean {
  if (alert.state !== 'open' || !isCalling(alert)) return false;
  const ageMs = now - alert.raisedAt;
  if (alert.level === 'warning') return ageMs < WARNING_SHOWN_MS;
  return board.calls.get(alert.callId)?.summary.status === 'live' || ageMs < STALE_MS;
}
