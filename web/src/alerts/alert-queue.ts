import type { AlertRow } from '#core/contracts/http/alerts.ts';
import type { Alert, RuleKind } from '#core/alert.ts';
import { byUrgency } from './banner.ts';
import { alertKey, handlingVersion, type Board } from '../live/board.ts';

/** The three piles of the alerts page: what needs a person now, what was owed, and what to talk about later. */
export const desks = ['alerts', 'compliance', 'coaching'] as const;
export type Desk = (typeof desks)[number];

const deskOf: Record<RuleKind, Desk> = {
  alert: 'alerts',
  health: 'alerts',
  compliance: 'compliance',
  coaching: 'coaching',
};

/** An alert with what is known of its call. */
export interface QueuedAlert {
  readonly key: string;
  readonly alert: Alert;
  readonly call?: AlertRow['call'];
}

/** The alerts of a pile, fetched ones and live ones together: open ones first by urgency, handled ones by time. */
export function queueOf(fetched: readonly AlertRow[], board: Board, desk: Desk): QueuedAlert[] {
  const rows = new Map<string, QueuedAlert>();
  for (const { call, ...alert } of fetched) rows.set(alertKey(alert), { key: alertKey(alert), alert, call });
  for (const [key, alert] of board.alerts) {
    const known = rows.get(key);
    const call = board.calls.get(alert.callId)?.summary ?? alert.call ?? known?.call;
    const newest = known && handlingVersion(known.alert) > handlingVersion(alert) ? known.alert : alert;
    rows.set(key, { key, alert: newest, ...(call ? { call } : {}) });
  }
  return [...rows.values()].filter(({ alert }) => isOn(desk, alert)).sort(inOrder);
}

/** How many are open. */
export function openCount(board: Board, desk: Desk): number {
  return [...board.alerts.values()].filter((alert) => isOn(desk, alert) && alert.state === 'open').length;
}

/** Follow-ups stand in the row of their alert, on the call. */
function isOn(desk: Desk, { kind, follows }: Alert): boolean {
  return deskOf[kind] === desk && follows === undefined;
}

function inOrder({ alert: a }: QueuedAlert, { alert: b }: QueuedAlert): number {
  const stage = ({ state }: Alert) => ['open', 'acknowledged', 'resolved'].indexOf(state);
  return stage(a) - stage(b) || (a.state === 'open' ? byUrgency(a, b) : b.raisedAt - a.raisedAt);
}
