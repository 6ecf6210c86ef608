import { bySeq } from '#core/call/conflict.ts';
import type { CallEndReason } from '#core/call/events.ts';
import type { Monitor } from '#core/monitor.ts';
import type { CallSummary } from '#core/call/summary.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import { isImmediate, levelSchema, type Alert } from '#core/alert.ts';
import type { Board, KnownAlert, KnownCall } from './board.ts';
import { gravestOf } from '../alerts/why.ts';
import { healthOf, lastSignAt, type Health } from './health.ts';
import { RELAY_SILENCE_MS } from '#core/contracts/events.ts';

/** How long a call that ended stays in the list; one that was lost may still be spoken on, unheard. */
export const FADE_MS = 60_000;
export const LOST_SHOWN_MS = 10 * 60_000;
/** How long an ended call stays known, so that a late message cannot bring it back. */
const FORGET_MS = 10 * 60_000;

/** A call as its row shows it. */
export interface CallRow {
  readonly call: CallSummary;
  readonly health: Health;
  /** The most severe of its open alerts. */
  readonly gravest?: Alert;
  /** From its start to now, or to its end. */
  readonly lengthMs: number;
  /** Set when it is over, as far as we know; the row leaves a while later. */
  readonly over?: { readonly at: number; readonly reason: CallEndReason | 'gone' };
}

/** The rows a list shows at `now` (server's clock), in no order. */
export function rowsOf(board: Board, now: number): CallRow[] {
  return Array.from(board.calls.values(), (known) => rowOf(board, known, now)).filter(
    ({ over }) => over === undefined || now - over.at < (over.reason === 'lost' ? LOST_SHOWN_MS : FADE_MS),
  );
}

export function rowOf(board: Board, known: KnownCall, now: number): CallRow {
  const { summary: call } = known;
  const health = healthOf(board, call, now);
  const over = overOf(board, known, health);
  const gravest = gravestOf(board).get(call.callId);
  const row = { call, health, lengthMs: (over?.at ?? now) - call.startedAt, ...(gravest && { gravest }) };
  return over ? { ...row, over } : row;
}

function overOf(board: Board, { summary: call, goneAt }: KnownCall, health: Health): CallRow['over'] {
  if (call.status !== 'live') return { at: call.endedAt ?? lastSignAt(board, call), reason: call.endReason ?? 'lost' };
  if (goneAt !== undefined) return { at: goneAt, reason: 'gone' };
  if (health.kind === 'lost') return { at: lastSignAt(board, call) + RELAY_SILENCE_MS, reason: 'lost' };
  return undefined;
}

/** Alerts that the page keeps; all that there ever were can be asked for. */
export const MAX_ALERTS = 1000;

/** Drops what ended so long ago that nothing of it can still be under way, and alerts where there are too many. */
export function forgetOld(board: Board, now: number): Board {
  return forgetAlerts(forgetCalls(board, now));
}

function forgetCalls(board: Board, now: number): Board {
  const old = [...board.calls.values()].filter((known) => {
    const { over } = rowOf(board, known, now);
    return over && now - over.at > FORGET_MS && !board.transcripts.has(known.summary.callId);
  });
  if (old.length === 0) return board;
  const [calls, ticks] = [new Map(board.calls), new Map(board.ticks)];
  const gone = new Set(old.map(({ summary }) => summary.callId));
  for (const callId of gone) {
    calls.delete(callId);
    ticks.delete(callId);
  }
  const alerts = new Map(
    [...board.alerts].flatMap(([key, alert]): [string, KnownAlert][] => {
      if (!gone.has(alert.callId)) return [[key, alert]];
      // It waits for a person as long as it is open, and is counted as long.
      const call = alert.call ?? board.calls.get(alert.callId)?.summary;
      return alert.state === 'open' && !alert.follows ? [[key, { ...alert, ...(call && { call }) }]] : [];
    }),
  );
  const monitors = new Map([...board.monitors].filter(([, { callId }]) => !gone.has(callId)));
  return { ...board, calls, ticks, alerts, monitors };
}

/** Of too many alerts the open and the severe ones stay, then the newest; those of an open call all do. */
function forgetAlerts(board: Board): Board {
  if (board.alerts.size <= MAX_ALERTS) return board;
  const byWorth = [...board.alerts].sort(([, a], [, b]) => worth(b) - worth(a) || b.raisedAt - a.raisedAt);
  const kept = byWorth.filter(([, { callId }], index) => index < MAX_ALERTS || board.transcripts.has(callId));
  return { ...board, alerts: new Map(kept) };
}

function worth(alert: Alert): number {
  if (alert.state !== 'open') return 0;
  return isImmediate(alert) ? 2 + levelSchema.options.indexOf(alert.level) : 1;
}

/** A call's utterances in order. */
export function linesOf(board: Board, callId: string): ScoredUtterance[] {
  return [...(board.transcripts.get(callId)?.utterances.values() ?? [])].sort(bySeq);
}

/** A call's alerts, newest first. */
export function alertsOf(board: Board, callId: string): Alert[] {
  return [...board.alerts.values()]
    .filter((alert) => alert.callId === callId)
    .sort((a, b) => b.atMs - a.atMs || (a.alertId < b.alertId ? -1 : 1));
}

/** Who asked to be on a call, the first request first. */
export function monitorsOf(board: Board, callId: string): Monitor[] {
  return [...board.monitors.values()]
    .filter((monitor) => monitor.callId === callId)
    .sort((a, b) => a.requestedAt - b.requestedAt || (a.requestId < b.requestId ? -1 : 1));
}

/** The seqs that exist and are not here; `lastSeq` is the last one known to exist. */
export function missingSeqs(lines: readonly ScoredUtterance[], lastSeq: number): number[] {
  const here = new Set(lines.map(({ seq }) => seq));
  const last = Math.max(lastSeq, ...here);
  return Array.from({ length: last }, (_, index) => index + 1).filter((seq) => !here.has(seq));
}
