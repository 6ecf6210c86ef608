/** Each implementation passes over all lines, again and again, for this long. */
export const LEAST_SECONDS = 3;

/** Seconds of each pass over the lines, the first passes left out. */
export function passes<T>(lines: readonly T[], take: (line: T) => unknown): number[] {
  const seconds: number[] = [];
  let warm = 0;
  for (let total = 0; total < LEAST_SECONDS;) {
    const startMs = performance.now();
    for (const line of lines) take(line);
    const passSeconds = (performance.now() - startMs) / 1000;
    if (warm < 0.5) warm += passSeconds;
    else {
      seconds.push(passSeconds);
      total += passSeconds;
    }
  }
  return seconds;
}

/** The median pass: one slow pass on a busy machine does not count. */
export function medianOf(passSeconds: readonly number[]): number {
  return passSeconds.toSorted((a, b) => a - b)[Math.floor(passSeconds.length / 2)] ?? NaN;
}
