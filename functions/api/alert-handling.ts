import type { AlertPatch } from '#core/contracts/http/alerts.ts';
import type { Person } from '#core/people.ts';
import type { Alert, AlertHandling } from '#core/alert.ts';

/** Applies a person's change to an alert. */
export function handle(alert: Alert, { state = alert.state, ...patch }: AlertPatch, by: Person, at: number): Alert {
  const before = alert.handling;
  const action = { by, at };
  const handling: AlertHandling = { version: (before?.version ?? 0) + 1 };

  const assignee = patch.assignee === undefined ? before?.assignee : patch.assignee && by;
  if (assignee) handling.assignee = assignee;
  const verdict = patch.verdict === undefined ? before?.verdict : patch.verdict;
  if (verdict) handling.verdict = verdict;
  const note = patch.note === undefined ? before?.note : patch.note;
  if (note) handling.note = note;

  // A reopened alert counts as neither acknowledged nor resolved.
  if (state !== 'open') handling.acknowledged = before?.acknowledged ?? action;
  if (state === 'resolved') handling.resolved = before?.resolved ?? action;
  return { ...alert, state, handling };
}
