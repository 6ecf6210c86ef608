/** How many messages the estimate looks back: enough to ride out a slow one, few enough to follow a changed clock. */
const SAMPLES = 20;

/**
 * The server's time as this computer can tell it. Desks' clocks may be minutes off, and "silent for 20 s" must not
 * depend on them: the fastest of the last messages gives the best estimate of the difference.
 */
export interface ServerClock {
  now(): number;
  /** @param pushedAt when the server sent what has just arrived */
  observe(pushedAt: number): void;
}

export function createServerClock(now: () => number): ServerClock {
  const behind: number[] = [];
  return {
    now: () => now() - (behind.length > 0 ? Math.min(...behind) : 0),
    observe(pushedAt) {
      behind.push(now() - pushedAt);
      if (behind.length > SAMPLES) behind.shift();
    },
  };
}
