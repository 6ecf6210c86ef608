import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { SttEngine, SttError } from './engine.ts';

const RECONNECT = { firstMs: 250, lastMs: 5_000 };
/** A connection that held for so long was a good one; the next back-off starts anew. */
const GOOD_CONNECTION_MS = 30_000;
/** Failures in a row after which the other engine is tried. */
export const FAILURES_TO_FALL_BACK = 3;
/** The preferred engine is tried again after so long: sooner where it failed than where it refused. */
const RETURN_AFTER_MS = 60_000;
const RETURN_AFTER_REFUSAL_MS = 300_000;

/** Which engine a stream is opened with next, and when: the preferred one, or its fallback while that one fails. */
export class EngineChoice {
  readonly #engines: readonly SttEngine[];
  readonly #clock: Clock;
  readonly #refused = new Set<SttEngine>();
  #index = 0;
  #failures = 0;
  #failuresHere = 0;
  #isTrial = false;
  #returnAt = Infinity;

  /** `engines`: the preferred one, then its fallback if there is one. */
  constructor(engines: readonly SttEngine[], clock: Clock) {
    this.#engines = engines;
    this.#clock = clock;
  }

  get current(): SttEngine {
    const engine = this.#engines[this.#index];
    if (!engine) throw new Error('a stream needs an engine');
    return engine;
  }

  get isFallback(): boolean {
    return this.#index > 0;
  }

  /** The running connection failed after `heldMs`. Returns when to open the next, or undefined to give up. */
  failed(error: SttError, heldMs: number): number | undefined {
    if (heldMs > GOOD_CONNECTION_MS) this.#failures = this.#failuresHere = 0;
    this.#failuresHere++;
    const delayMs = backoffMs(RECONNECT, this.#failures++);
    if (!error.retryable) this.#refused.add(this.current);
    const isDone = !error.retryable || this.#isTrial || this.#failuresHere >= FAILURES_TO_FALL_BACK;
    const hasSwitched = isDone && this.#switch();
    if (hasSwitched) return Math.min(delayMs, RECONNECT.firstMs);
    return error.retryable ? delayMs : undefined;
  }

  /** The running connection emitted text. */
  worked(): void {
    this.#isTrial = false;
    this.#refused.delete(this.current);
  }

  /** At a quiet moment: whether to return to the preferred engine, which is then the current one, on trial. */
  mayReturn(): boolean {
    if (this.#index === 0 || this.#clock.now() < this.#returnAt) return false;
    this.#index = 0;
    this.#failuresHere = 0;
    this.#isTrial = true;
    this.#refused.clear();
    return true;
  }

  #switch(): boolean {
    const other = this.#index === 0 ? 1 : 0;
    const engine = this.#engines[other];
    if (!engine || this.#refused.has(engine)) return false;
    if (other === 1) {
      const isRefused = this.#refused.has(this.current);
      this.#returnAt = this.#clock.now() + (isRefused ? RETURN_AFTER_REFUSAL_MS : RETURN_AFTER_MS);
    }
    this.#index = other;
    this.#failuresHere = 0;
    this.#isTrial = false;
    return true;
  }
}
