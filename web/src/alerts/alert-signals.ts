import { useTimeoutFn } from '@vueuse/core';
import { shallowRef, watch, type ShallowRef } from 'vue';
import type { Alert, Level } from '#core/alert.ts';
import { announcementOf } from './announcement.ts';
import { isCalling } from './banner.ts';
import type { Live } from '../live/live.ts';
import { storedSwitch } from '../ui/stored.ts';

/** Whether new alerts sound, and whether the desktop shows them; both off until a person asks. */
export const sound = storedSwitch('earshot.sound', false);
export const desktop = storedSwitch('earshot.desktop', false);

/** Alerts that come close together are announced as one. */
const GATHER_MS = 1500;
/** What is older when it reaches us is no news. */
const FRESH_MS = 60_000;

export interface Signals {
  /** What a screen reader says next. */
  readonly spoken: Readonly<ShallowRef<string>>;
}

/**
 * Announces new alerts: to screen readers always, by sound and desktop notification where wanted.
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

  const { isPending, start } = useTimeoutFn(announce, GATHER_MS, { immediate: false });

  function announce(): void {
    const announcement = announcementOf(live.board.value, gathered);
    gathered = [];
    if (!announcement) return;
    spoken.value = announcement.title;
    if (sound.value) play(announcement.level);
    if (desktop.value) notify(announcement.title, announcement.detail);
  }

  watch(
    () => live.board.value.alerts,
    (alerts, before) => {
      const now = live.clock.now();
      for (const [key, alert] of alerts) {
        if (before.has(key)) continue;
        if (alert.state === 'open' && isCalling(alert) && now - alert.raisedAt < FRESH_MS) gathered.push(alert);
      }
      if (gathered.length > 0 && !isPending.value) start();
    },
  );
  return { spoken };
}
