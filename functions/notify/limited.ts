import { levelSchema, type Alert } from '#core/alert.ts';
import { summaryDueAt, type NoticeLimits } from '#core/notice-limit.ts';
import type { HeldNotices, HeldNoticeTable } from '../adapters/held-notice-table.ts';
import type { SentNotices } from '../adapters/sent-notices.ts';
import { log } from '../telemetry.ts';
import { summaryNoticeOf, type Notice } from './notice.ts';
import type { Summary } from './schedule.ts';

/** What the limits on notices depend on. */
export interface LimitDependencies {
  readonly sentNotices: Pick<SentNotices, 'admit'>;
  readonly heldNotices: Pick<HeldNoticeTable, 'add'>;
  /** What admins set on the page. */
  readonly limits: () => Promise<NoticeLimits>;
  /** Schedules a summary; a repeat changes nothing. */
  readonly schedule: (summary: Summary) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Whether people are to be notified of an alert. Otherwise it is counted in the next summary.
 * Run again, it decides anew: the caller remembers the result.
 */
export async function mayNotify(alert: Alert, dependencies: LimitDependencies): Promise<boolean> {
  const { sentNotices, heldNotices, schedule, now } = dependencies;
  const { callId, alertId, level, reasons } = alert;
  const limits = await dependencies.limits();
  const heldBy = await sentNotices.admit(
    { ruleIds: reasons.map(({ ruleId }) => ruleId), callId, level },
    limits,
    now(),
  );
  if (heldBy === undefined) return true;
  const dueAt = summaryDueAt(now(), limits);
  // Scheduled before it is counted: nothing is ever counted for a summary that does not come.
  await schedule({ dueAt, windowMinutes: limits.windowMinutes });
  const [{ ruleId, ruleName } = { ruleId: '', ruleName: '' }] = reasons;
  await heldNotices.add(dueAt, { level, ruleId, ruleName }, heldBy);
  log.debug('notice held back', { callId, alertId, heldBy, dueAt });
  return false;
}

/** The notices that stand for those held back: one for each level, so that whoever reads a level reads its summary. */
export function summaryNotices(
  held: readonly HeldNotices[],
  place: { siteUrl: string; windowMinutes: number },
): Notice[] {
  return levelSchema.options.flatMap((level) => {
    const ofLevel = held.filter((each) => each.level === level);
    return ofLevel.length === 0 ? [] : [summaryNoticeOf(level, ofLevel, place)];
  });
}
