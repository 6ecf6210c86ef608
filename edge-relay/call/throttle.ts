import type { Clock } from '../clock.ts';

/**
 * Lets the newest of what is offered through, at most once in `periodMs`: the first at once, and after it what is the
 * newest each time the period is over. What could not be sent stays, until something newer comes or it can.
 */
export class Throttle<T> {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #send: (value: T) => boolean;
  #waiting: { value: T } | undefined;
  #cancelPeriod: (() => void) | undefined;

  /** `send` returns whether the value could be sent. */
  constructor(clock: Clock, periodMs: number, send: (value: T) => boolean) {
    this.#clock = clock;
    this.#periodMs = periodMs;
    this.#send = send;
  }

  offer(value: T): void {
    this.#waiting = { value };
    if (!this.#cancelPeriod) this.#try();
  }

  /** What waits is out of date. */
  drop(): void {
    this.#waiting = undefined;
  }

  stop(): void {
    this.drop();
    this.#cancelPeriod?.();
  }

  #try(): void {
    this.#cancelPeriod = undefined;
    if (!this.#waiting) return;
    this.#cancelPeriod = this.#clock.after(this.#periodMs, () => {
      this.#try();
    });
    if (this.#send(this.#waiting.value)) this.#waiting = undefined;
  }
}
