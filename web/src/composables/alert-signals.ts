import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { higherLevel, type Alert, type Level } from '#core/rules/alert.ts';
import { isCalling } from '../live/banner.ts';
import { messages } from '../messages.ts';
import type { Live } from './live.ts';
import { stored } from './stored.ts';

const switches = ['off', 'on'] as const;

/** Whether new alerts sound, and whether the desktop tells of them; both off until a person asks. */
export const sound = stored('earshot.sound', switches);
export const desktop = stored('earshot.desktop', switches);

/** Alerts that come close together are told as one. */
const GATHER_MS = 1500;
/** What is older when it reaches us is no news. */
const FRESH_MS = 60_000;

export interface Signals {
  /** What a screen reader is told next. */
  readonly spoken: Readonly<ShallowRef<string>>;
}

/**
 * Tells of new alerts: to screen readers always, by sound and desktop notification where wanted.
 * @param play sounds a level
 * @param notify shows a desktop notification
 */
export function useAlertSignals(
  live: Pick<Live, 'board' | 'clock'>,
  play: (level: Level) => void,
  notify: (title: string, detail: string) => void,
): Signals {
  const spoken = shallowRef('');
  let gathered: Alert[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    const alerts = gathered;
    gathered = [];
    timer = undefined;
    const level = alerts.map((alert) => alert.level).reduce(higherLevel, 'warning');
    const [first] = alerts;
    if (!first) return;
    const agent = live.board.value.calls.get(first.callId)?.summary.metadata;
    const rules = first.reasons.map(({ ruleName }) => ruleName).join(', ');
    const title = messages.alerts.raised(messages.level[first.level], rules, agent && messages.row.agent(agent));
    spoken.value = alerts.length === 1 ? title : `${title} ${messages.alerts.andMore(alerts.length - 1)}`;
    if (sound.value === 'on') play(level);
    if (desktop.value === 'on') notify(spoken.value, first.reasons[0]?.explanation ?? '');
  }

  watch(
    () => live.board.value.alerts,
    (alerts, before) => {
      const now = live.clock.now();
      for (const [key, alert] of alerts) {
        if (before.has(key)) continue;
        if (alert.state === 'open' && isCalling(alert) && now - alert.raisedAt < FRESH_MS) gathered.push(alert);
      }
      if (gathered.length > 0) timer ??= setTimeout(tell, GATHER_MS);
    },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
  });
  return { spoken };
}
