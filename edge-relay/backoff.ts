export interface BackoffLimits {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** How long to wait before the next try after so many failures before this one: each wait is twice the one before. */
export function backoffMs({ firstMs, lastMs }: BackoffLimits, earlierFailures: number): number {
  return Math.min(lastMs, firstMs * 2 ** Math.max(0, earlierFailures));
}

/** The same, between half and all of it, so that those who failed together do not try again together. `random`: 0 to 1. */
export function jitteredBackoffMs(limits: BackoffLimits, earlierFailures: number, random: () => number): number {
  return (backoffMs(limits, earlierFailures) * (1 + random())) / 2;
}
