import type { Alert, Level } from '#core/alert.ts';
import { messages } from '../messages.ts';
import { byUrgency } from './banner.ts';
import { alertKey, type Board } from '../live/board.ts';

/** New alerts in one breath: what is said, what is shown below it, and how grave it sounds. */
export interface Announcement {
  readonly title: string;
  readonly detail: string;
  readonly level: Level;
}

/** What to say of alerts that came close together: the gravest by name. Undefined when all were handled meanwhile. */
export function announcementOf(board: Board, raised: readonly Alert[]): Announcement | undefined {
  const open = raised
    .flatMap((alert) => board.alerts.get(alertKey(alert)) ?? [])
    .filter(({ state }) => state === 'open');
  const [gravest, ...others] = open.sort(byUrgency);
  if (!gravest) return undefined;
  const { callId, level, reasons } = gravest;
  const agent = board.calls.get(callId)?.summary.metadata ?? gravest.call?.metadata;
  const rules = reasons.map(({ ruleName }) => ruleName).join(', ');
  const title = messages.alerts.raised(messages.level[level], rules, agent && messages.row.agent(agent));
  return {
    title: others.length === 0 ? title : `${title}. ${messages.alerts.andMore(others.length)}`,
    detail: reasons[0]?.explanation ?? '',
    level,
  };
}
