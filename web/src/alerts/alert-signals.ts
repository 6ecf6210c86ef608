import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { Alert, Level } from '#core/alert.ts';
import { announcementOf } from './announcement.ts';
import { isCalling } from './banner.ts';
import type { Live } from '../live/live.ts';
import { stored } from '../ui/stored.ts';

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
    const announcement = announcementOf(live.board.value, gathered);
    gathered = [];
    timer = undefined;
    if (!announcement) return;
    spoken.value = announcement.title;
    if (sound.value === 'on') play(announcement.level);
    if (desktop.value === 'on') notify(announcement.title, announcement.detail);
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
