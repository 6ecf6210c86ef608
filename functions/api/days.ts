import { dayAfter, dayIn, dayOf, daysBack, startOfDay } from '#core/days.ts';
import { ProblemError } from './problem.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;

/** The last `count` days, newest first. */
export function lastDays(count: number, now: number): string[] {
  return daysBack(dayOf(now - (count - 1) * DAY_MS), dayOf(now));
}

/**
 * The days of a range, newest first.
 * @param usual their number if the range is open
 * @throws ProblemError 400 if they are out of order or too many
 */
export function daysOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  usual: number,
  now: number,
): string[] {
  const today = dayOf(now);
  const last = to ?? (from !== undefined && from > today ? from : today);
  const first = from ?? dayOf(Date.parse(last) - (usual - 1) * DAY_MS);
  if (first > last) throw new ProblemError(400, 'The first day is after the last one.', 'from');
  if (Date.parse(last) - Date.parse(first) >= MAX_DAYS * DAY_MS) {
    throw new ProblemError(400, `Ask for ${MAX_DAYS} days at most.`, 'from');
  }
  return daysBack(first, last);
}

/** A stretch of time, and the UTC days on which something of it lies. */
export interface Span {
  /** Newest first. */
  readonly days: readonly string[];
  /** Epoch milliseconds; the end does not belong to it. */
  readonly fromAt: number;
  readonly toAt: number;
}

/**
 * The time from the beginning of a range of days to its end, by the clocks of a time zone.
 * @param usual the number of days if the range is open
 * @throws ProblemError 400 if they are out of order or too many
 */
export function spanOf(
  { timeZone, ...range }: { from?: string | undefined; to?: string | undefined; timeZone: string },
  usual: number,
  now: number,
): Span {
  const days = daysOf(range, usual, Date.parse(dayIn(now, timeZone)));
  const [last = '', first = ''] = [days[0], days.at(-1)];
  const [fromAt, toAt] = [startOfDay(first, timeZone), startOfDay(dayAfter(last), timeZone)];
  return { days: daysBack(dayOf(fromAt), dayOf(toAt - 1)), fromAt, toAt };
}
