import type { AlertPatch } from '#core/contracts/http/alerts.ts';
import type { Person } from '#core/people.ts';
import type { Alert, AlertHandling } from '#core/alert.ts';

/** An alert after a person did something about it. */
export function handle(alert: Alert, { state = alert.state, ...patch }: AlertPatch, by: Person, at: number): Alert {
  const before = alert.handling;
  const deed = { by, at };
  const handling: AlertHandling = { version: (before?.version ?? 0) + 1 };

  const assignee = patch.assignee === undefined ? before?.assignee : patch.assignee;
  if (assignee) handling.assignee = assignee;
  const verdict = patch.verdict === undefined ? before?.verdict : patch.verdict;
  if (verdict) handling.verdict = verdict;
  const note = patch.note === undefined ? before?.note : patch.note;
  if (note) handling.note = note;

  // What is opened again has been neither acknowledged nor resolved.
  if (state !== 'open') handling.acknowledged = before?.acknowledged ?? deed;
  if (state === 'resolved') handling.resolved = before?.resolved ?? deed;
  return { ...alert, state, handling };
}
