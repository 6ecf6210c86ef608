/** A clock that advances only when everything waits for it, so that an hour of waiting takes no time. */
export class VirtualClock {
  #now = 0;
  /** Who wakes when, the next at the end. */
  readonly #times: number[] = [];
  readonly #sleepers = new Map<number, (() => void)[]>();

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      const at = this.#now + Math.max(0, Math.round(ms));
      const others = this.#sleepers.get(at);
      if (others) {
        others.push(wake);
        return;
      }
      this.#sleepers.set(at, [wake]);
      let place = this.#times.length;
      while (place > 0 && (this.#times[place - 1] ?? 0) < at) place--;
      this.#times.splice(place, 0, at);
    });

  /** Lets time pass; who sleeps longer never wakes. */
  async runUntil(endMs: number): Promise<void> {
    for (;;) {
      await everybodyWaits();
      const at = this.#times.pop();
      if (at === undefined || at > endMs) return;
      this.#now = at;
      const awake = this.#sleepers.get(at) ?? [];
      this.#sleepers.delete(at);
      for (const wake of awake) wake();
    }
  }
}

function everybodyWaits(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
