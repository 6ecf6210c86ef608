import type { Alert, Level } from '#core/alert.ts';
import { alertMessages } from './messages.ts';
import { uiMessages } from '../ui/messages.ts';
import { byUrgency } from './banner.ts';
import { alertKey, type Board } from '../live/board.ts';

/** New alerts in one announcement: its title, the detail below it, and the level that it sounds. */
export interface Announcement {
  readonly title: string;
  readonly detail: string;
  readonly level: Level;
}

/** The announcement of alerts that came close together: the most severe by name. Undefined when all were handled meanwhile. */
export function announcementOf(board: Board, raised: readonly Alert[]): Announcement | undefined {
  const open = raised
    .flatMap((alert) => board.alerts.get(alertKey(alert)) ?? [])
    .filter(({ state }) => state === 'open');
  const [worst, ...others] = open.sort(byUrgency);
  if (!worst) return undefined;
  const { callId, level, reasons } = worst;
  const agent = board.calls.get(callId)?.summary.metadata ?? worst.call?.metadata;
  const rules = reasons.map(({ ruleName }) => ruleName).join(', ');
  const title = alertMessages.raised(uiMessages.level[level], rules, agent && uiMessages.agentOf(agent));
  return {
    title: others.length === 0 ? title : `${title}. ${alertMessages.andMore(others.length)}`,
    detail: reasons[0]?.explanation ?? '',
    level,
  };
}
