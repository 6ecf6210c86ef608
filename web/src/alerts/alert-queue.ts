import type { AlertRow } from '#core/contracts/http/alerts.ts';
import type { Alert, AlertState, RuleKind } from '#core/alert.ts';
import { byUrgency } from './banner.ts';
import { alertKey, handlingVersion, type Board } from '../live/board.ts';

/** The three piles of the alerts page: what needs a person now, what was owed, and what to talk about later. */
export const desks = ['alerts', 'compliance', 'coaching'] as const;
export type Desk = (typeof desks)[number];

const deskOfKind: Record<RuleKind, Desk> = {
  alert: 'alerts',
  health: 'alerts',
  compliance: 'compliance',
  coaching: 'coaching',
};

/** The pile that an alert lies on. */
export function deskOf({ kind }: Pick<Alert, 'kind'>): Desk {
  return deskOfKind[kind];
}

/** An alert with what is known of its call. */
export interface QueuedAlert {
  readonly key: string;
  readonly alert: Alert;
  readonly call?: AlertRow['call'];
}

/**
 * The alerts of a pile, fetched ones and live ones together: open ones first by urgency, handled ones by time.
 * @param stateOf the state by which an alert has its place
 */
export function queueOf(
  fetched: readonly AlertRow[],
  board: Board,
  desk: Desk,
  stateOf: (alert: Alert) => AlertState = ({ state }) => state,
): QueuedAlert[] {
  const rows = new Map<string, QueuedAlert>();
  for (const { call, ...alert } of fetched) rows.set(alertKey(alert), { key: alertKey(alert), alert, call });
  for (const [key, alert] of board.alerts) {
    const known = rows.get(key);
    const call = board.calls.get(alert.callId)?.summary ?? alert.call ?? known?.call;
    const newest = known && handlingVersion(known.alert) > handlingVersion(alert) ? known.alert : alert;
    rows.set(key, { key, alert: newest, ...(call ? { call } : {}) });
  }
  return [...rows.values()].filter(({ alert }) => isOn(desk, alert)).sort((a, b) => inOrder(a.alert, b.alert, stateOf));
}

/** How many calls, live or ended, have an open alert of a pile: what is counted wherever alerts are. */
export function openCallCount(board: Board, desk: Desk): number {
  const open = [...board.alerts.values()].filter((alert) => isOn(desk, alert) && alert.state === 'open');
  return new Set(open.map(({ callId }) => callId)).size;
}

/** The alerts of a call that lie on the same pile as one of them. */
export function besides(board: Board, { callId, kind }: Alert): Alert[] {
  const desk = deskOf({ kind });
  return [...board.alerts.values()].filter((alert) => alert.callId === callId && isOn(desk, alert));
}

/** Follow-ups stand in the row of their alert, on the call. */
function isOn(desk: Desk, alert: Alert): boolean {
  return deskOf(alert) === desk && alert.follows === undefined;
}

function inOrder(a: Alert, b: Alert, stateOf: (alert: Alert) => AlertState): number {
  const stage = (alert: Alert) => ['open', 'acknowledged', 'resolved'].indexOf(stateOf(alert));
  return stage(a) - stage(b) || (stateOf(a) === 'open' ? byUrgency(a, b) : b.raisedAt - a.raisedAt);
}
