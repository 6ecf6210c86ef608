/** Time as the relay's parts take it, so that tests can own it. */
export interface Clock {
  /** Epoch milliseconds. */
  now: () => number;
  /** Runs `action` once after `delayMs`; the result cancels it. */
  after: (delayMs: number, action: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

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
