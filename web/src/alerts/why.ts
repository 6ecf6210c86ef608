import type { Alert } from '#core/alert.ts';
import { isCalling, byUrgency } from './banner.ts';
import type { Board } from '../live/board.ts';
import { alertMessages } from './messages.ts';

/** Words of an utterance that stand beside a level: no more than a glance takes. */
const MAX_WORDS = 3;

/**
 * Why an alert was raised, at a glance: its first rule's name and the words that set it off. Where no words did, the
 * line does, and where time alone did, its explanation.
 */
export function whyOf({ reasons, seq, text }: Alert): string {
  const [reason] = reasons;
  if (!reason) return '';
  const found = [...new Set(reason.matches.map((match) => match.text))].slice(0, MAX_WORDS);
  if (found.length > 0) {
    const isWithin = Math.min(...reason.matches.map(({ start }) => start)) > 0;
    return alertMessages.why(reason.ruleName, `${isWithin ? '… ' : ''}${found.join(' … ')}`);
  }
  return alertMessages.why(reason.ruleName, seq > 0 && text !== '' ? text : reason.explanation);
}

const known = new WeakMap<Board['alerts'], ReadonlyMap<string, Alert>>();

/** The most severe open alert of each call; computed once for all the rows of a board. */
export function gravestOf({ alerts }: Board): ReadonlyMap<string, Alert> {
  const before = known.get(alerts);
  if (before) return before;
  const gravest = new Map<string, Alert>();
  for (const alert of alerts.values()) {
    if (alert.state !== 'open' || !isCalling(alert)) continue;
    const other = gravest.get(alert.callId);
    if (!other || byUrgency(alert, other) < 0) gravest.set(alert.callId, alert);
  }
  known.set(alerts, gravest);
  return gravest;
}

/** For how long nobody has taken a critical alert; undefined where somebody has, or where it is less severe. */
export function untakenMs({ level, state, handling, raisedAt }: Alert, now: number): number | undefined {
  if (level !== 'critical' || state !== 'open' || handling?.assignee) return undefined;
  return Math.max(0, now - raisedAt);
}
