import { z } from 'zod';

/** In week order. */
export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof weekdaySchema>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time from 00:00 to 23:59.');

/**
 * Working hours: on these days from one time to another, in a time zone. Hours that end at or before their start end on
 * the next day.
 */
export const workingHoursSchema = z.strictObject({
  days: z
    .array(weekdaySchema)
    .min(1, 'Choose at least one day.')
    .refine((days) => new Set(days).size === days.length, 'Name each day once.'),
  from: clock,
  to: clock,
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: z.string().max(64).refine(isTimeZone, 'Give a time zone such as Europe/Berlin.'),
});
export type WorkingHours = z.infer<typeof workingHoursSchema>;

/** Whether an instant (epoch ms) is within these hours, by the wall clock: they shift with daylight saving time. */
export function isAtWork({ days, from, to, timeZone }: WorkingHours, at: number): boolean {
  const { weekday, time } = wallClock(at, timeZone);
  if (from < to) return days.includes(weekday) && from <= time && time < to;
  return (days.includes(weekday) && from <= time) || (days.includes(dayBefore(weekday)) && time < to);
}

function wallClock(at: number, timeZone: string): { weekday: Weekday; time: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return { weekday: weekdaySchema.parse(part('weekday').toLowerCase()), time: `${part('hour')}:${part('minute')}` };
}

function dayBefore(weekday: Weekday): Weekday {
  const week = weekdaySchema.options;
  return week.at(week.indexOf(weekday) - 1) ?? weekday;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
