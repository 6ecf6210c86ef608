import { isUnheard } from '../live/health.ts';
import { moodBand } from '../ui/mood-band.ts';
import { moodOf } from '../live/mood.ts';
import type { CallRow } from '../live/screen.ts';

/** The floor at a glance. */
export interface Overview {
  readonly liveCalls: number;
  readonly withAlerts: number;
  readonly unheard: number;
  /** Mean mood of the calls whose customer spoke. */
  readonly mood?: number;
  /** Alerts that call for a person, those of calls that have ended too. */
  readonly waiting: number;
  /** No alert that waits, nobody unhappy, everybody heard. */
  readonly isQuiet: boolean;
}

/** @param waiting alerts that the banner shows */
export function overviewOf(rows: readonly CallRow[], waiting: number): Overview {
  const live = rows.filter((row) => row.over === undefined);
  const moods = live.map(({ call }) => moodOf(call)).filter((mood) => mood !== undefined);
  const withAlerts = live.filter(({ call }) => call.openLevel !== undefined).length;
  const unheard = rows.filter((row) => row.over?.reason === 'lost' || (!row.over && isUnheard(row.health))).length;
  const unhappy = moods.some((mood) => ['poor', 'bad'].includes(moodBand(mood)));
  return {
    liveCalls: live.length,
    withAlerts,
    unheard,
    waiting,
    ...(moods.length > 0 ? { mood: moods.reduce((sum, mood) => sum + mood, 0) / moods.length } : {}),
    isQuiet: live.length > 0 && withAlerts + waiting + unheard === 0 && !unhappy,
  };
}
