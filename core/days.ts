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
