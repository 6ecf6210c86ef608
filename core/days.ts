const DAY_MS = 86_400_000;

/** `yyyy-mm-dd`, UTC, of epoch milliseconds. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The days from `from` to `to`, both included, newest first; `yyyy-mm-dd`, UTC. */
export function daysBack(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(to); at >= Date.parse(from); at -= DAY_MS) days.push(dayOf(at));
  return days;
}

/** The day that follows one; `yyyy-mm-dd`. */
export function dayAfter(day: string): string {
  return dayOf(Date.parse(day) + DAY_MS);
}

/** `yyyy-mm-dd` of epoch milliseconds, by the clocks of a time zone (`Europe/Berlin`). */
export function dayIn(at: number, timeZone: string): string {
  return dayOf(at + offsetMs(at, timeZone));
}

/** When a day begins by the clocks of a time zone, epoch milliseconds. */
export function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(day);
  // The clocks may change between here and there, and where they change at midnight, the day begins later.
  const guesses = [midnight - DAY_MS, midnight, midnight + DAY_MS].map((at) => midnight - offsetMs(at, timeZone));
  const within = guesses.filter((at) => dayIn(at, timeZone) === day);
  // A day that a place left out, to be on the other side of the date line, has no time in it.
  return Math.min(...(within.length > 0 ? within : guesses));
}

/** How far the clocks of a time zone are ahead of UTC. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1000) * 1000;
}
