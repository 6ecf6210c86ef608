/** The time that all parts of the relay use, so that tests can control it. */
export interface Clock {
  /** Epoch milliseconds. */
  now: () => number;
  /** Runs `action` once after `delayMs`; the result cancels it. */
  after: (delayMs: number, action: () => void) => () => void;
}

/** A clock that does not jump when somebody sets the machine's. */
export interface SteadyClock extends Clock {
  /** Follows the machine's clock again; only while nothing is measured, since this may be a jump. */
  set: () => void;
}

/** `wall`: the machine's time in epoch milliseconds; `steady`: milliseconds that only ever grow. */
export function steadyClock(wall: () => number, steady: () => number): SteadyClock {
  let offsetMs = 0;
  const set = () => {
    offsetMs = Math.round(wall() - steady());
  };
  set();
  return {
    now: () => Math.round(steady() + offsetMs),
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
    set,
  };
}

export const systemClock: SteadyClock = steadyClock(
  () => Date.now(),
  () => performance.now(),
);

/** Runs `action` every `periodMs` until the result is called. */
export function every(clock: Clock, periodMs: number, action: () => void): () => void {
  let cancel = clock.after(periodMs, function again() {
    cancel = clock.after(periodMs, again);
    action();
  });
  return () => {
    cancel();
  };
}
