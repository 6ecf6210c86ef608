import { dayOf } from '#core/days.ts';

/** `mm:ss`, with hours in front from one hour on. Negative times read as zero. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const [minutes, rest] = [Math.floor((seconds % 3600) / 60), seconds % 60].map((part) =>
    String(part).padStart(2, '0'),
  ) as [string, string];
  return hours > 0 ? `${String(hours)}:${minutes}:${rest}` : `${minutes}:${rest}`;
}

/** A score with its sign and two digits; minus is U+2212, so that columns line up. */
export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  if (digits === '0.00') return digits;
  return value < 0 ? `−${digits}` : `+${digits}`;
}

/** −1, 0 or 1 as a label on the axis of a mood chart. */
export function moodTick(value: number): string {
  return value === 0 ? '0' : `${value < 0 ? '−' : '+'}${String(Math.abs(value))}`;
}

/** The last four characters of a caller's number, as far as a list may show it. */
export function maskedNumber(number: string): string {
  return `…${number.slice(-4)}`;
}

/** A wall-clock time in the reader's locale. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** A wall-clock time to the second in the reader's locale. */
export function clockSeconds(at: number): string {
  return new Date(at).toLocaleTimeString();
}

/** A date and time in the reader's locale. */
export function dateTime(at: number): string {
  return new Date(at).toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** A date and time with year and time zone, for what is read elsewhere. */
export function dateTimeZone(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'long' });
}

/** The time zone of the reader's clocks: `Europe/Berlin`. */
export function readerTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A UTC day (`2026-03-01`) in the reader's locale. */
export function dayName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  });
}

const DAY_MS = 24 * 60 * 60_000;

/** The last so many UTC days, today included. */
export function lastDays(days: number, now: number): { from: string; to: string } {
  return { from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) };
}
