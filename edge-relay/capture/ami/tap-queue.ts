import { backoffMs } from '../../backoff.ts';
import type { Clock } from '../../clock.ts';

const PAUSE = { firstMs: 2_000, lastMs: 60_000 };
/** Before the second, third, … tap of one channel. */
const REPEAT_DELAYS_MS: readonly number[] = [0, 250, 1_000, 4_000, 15_000];

export interface QueuedTap {
  readonly uuid: string;
  readonly attempt: number;
  /** Resolves with whether Asterisk could connect to the relay. */
  readonly place: () => Promise<boolean>;
}

/**
 * Places taps when it is good for Asterisk. A connect that is refused costs an Asterisk a file descriptor that it may
 * close twice, so after one that failed nothing is tried for a while, and then one alone before all the others.
 */
export class TapQueue {
  readonly #clock: Clock;
  #due: QueuedTap[] = [];
  #inFlight = 0;
  #isProven = false;
  #failures = 0;
  #isPaused = false;
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(tap: QueuedTap): void {
    const delayMs = REPEAT_DELAYS_MS[Math.min(tap.attempt, REPEAT_DELAYS_MS.length) - 1] ?? 0;
    const queue = () => {
      this.#due.push(tap);
      this.#pump();
    };
    if (delayMs === 0) queue();
    else this.#clock.after(delayMs, queue);
  }

  /** Places nothing more. */
  stop(): void {
    this.#isStopped = true;
    this.#due = [];
  }

  #pump(): void {
    while (!this.#isStopped && !this.#isPaused && (this.#isProven || this.#inFlight === 0)) {
      const tap = this.#due.shift();
      if (!tap) break;
      this.#inFlight++;
      void tap.place().then((isUp) => {
        this.#inFlight--;
        if (isUp) this.#succeeded();
        else this.#failed();
        this.#pump();
      });
    }
  }

  #succeeded(): void {
    this.#isProven = true;
    this.#failures = 0;
  }

  #failed(): void {
    this.#isProven = false;
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#clock.after(backoffMs(PAUSE, this.#failures++), () => {
      this.#isPaused = false;
      this.#pump();
    });
  }
}
