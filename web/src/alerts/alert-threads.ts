import type { Alert } from '#core/alert.ts';

/** An alert as one row, with the words that came after it while its rules were cooling down. */
export interface AlertThread {
  readonly alert: Alert;
  /** In order of time. */
  readonly followUps: readonly Alert[];
}

/** One row an alert, in the order given; a follow-up whose alert is not there is a row of its own. */
export function alertThreads(alerts: readonly Alert[]): AlertThread[] {
  const ids = new Set(alerts.map(({ alertId }) => alertId));
  const isLead = ({ follows }: Alert) => follows === undefined || !ids.has(follows);
  return alerts.filter(isLead).map((alert) => ({
    alert,
    followUps: alerts
      .filter((other) => other.follows === alert.alertId)
      .sort((a, b) => a.atMs - b.atMs || a.seq - b.seq),
  }));
}
