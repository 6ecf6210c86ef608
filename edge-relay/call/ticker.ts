import { type CallsTicked, MAX_CALLS_PER_TICK } from '#core/contracts/events.ts';
import type { CallTick } from '#core/call/events.ts';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import { type Clock, every } from '../clock.ts';

/** A new call is reported at once, but a burst of them in one report. */
const MIN_GAP_MS = 500;

export interface TickerDependencies {
  readonly relayId: string;
  /** The relay's release. */
  readonly version: string;
  readonly periodMs: number;
  readonly clock: Clock;
  readonly calls: () => CallTick[];
  readonly spooledEvents: () => number;
  readonly publish: (event: CallsTicked) => void;
}

/** Reports the live calls, or that there are none, so that the cloud knows the relay lives. */
export class Ticker {
  readonly #dependencies: TickerDependencies;
  #stopPeriod: () => void = () => undefined;
  #lastAt = 0;
  #cancelSoon: (() => void) | undefined;

  constructor(dependencies: TickerDependencies) {
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#stopPeriod = every(this.#dependencies.clock, this.#dependencies.periodMs, () => {
      this.#tick();
    });
    this.soon();
  }

  /** A report before its time. */
  soon(): void {
    const { clock } = this.#dependencies;
    this.#cancelSoon ??= clock.after(Math.max(0, this.#lastAt + MIN_GAP_MS - clock.now()), () => {
      this.#tick();
    });
  }

  stop(): void {
    this.#stopPeriod();
    this.#cancelSoon?.();
  }

  #tick(): void {
    const { relayId, version, clock, calls, spooledEvents, publish } = this.#dependencies;
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    this.#lastAt = clock.now();
    const live = calls();
    const parts = Math.max(1, Math.ceil(live.length / MAX_CALLS_PER_TICK));
    for (let part = 1; part <= parts; part++)
      publish({
        type: 'CallsTicked',
        version: 1,
        relayId,
        tickedAt: this.#lastAt,
        part,
        parts,
        relayVersion: version,
        contractVersion: CONTRACT_VERSION,
        spooledEvents: spooledEvents(),
        calls: live.slice((part - 1) * MAX_CALLS_PER_TICK, part * MAX_CALLS_PER_TICK),
      });
  }
}
