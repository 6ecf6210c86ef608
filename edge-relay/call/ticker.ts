import {
  type CallsTicked,
  MAX_CALLS_PER_TICK,
  MAX_PROBLEM_LENGTH,
  MAX_PROBLEMS,
  MAX_QUEUES_PER_TICK,
} from '#core/contracts/events.ts';
import type { TrunkQuestion } from '#core/trunks.ts';
import type { Waiting } from '#core/waiting.ts';
import type { CallTick } from '#core/call/events.ts';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import { type Clock, every } from '../clock.ts';

/** A new call is reported at once, but a burst of them in one report. */
const MIN_GAP_MS = 500;

export interface TickerDependencies {
  readonly relayId: string;
  readonly pbx: string;
  /** The relay's release. */
  readonly version: string;
  readonly periodMs: number;
  readonly clock: Clock;
  readonly calls: () => CallTick[];
  /** Who waits in each queue; undefined where that is not known. */
  readonly queues: () => readonly Waiting[] | undefined;
  /** What admins are to be asked about trunks. */
  readonly trunkQuestions: () => readonly TrunkQuestion[];
  readonly spooledEvents: () => number;
  /** What keeps the relay from its work, wholly or in part. */
  readonly problems: () => readonly string[];
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
      this.report();
    });
    this.soon();
  }

  /** A report before its time. */
  soon(): void {
    const { clock } = this.#dependencies;
    this.#cancelSoon ??= clock.after(Math.max(0, this.#lastAt + MIN_GAP_MS - clock.now()), () => {
      this.report();
    });
  }

  stop(): void {
    this.#stopPeriod();
    this.#cancelSoon?.();
  }

  /** Reports now. */
  report(): void {
    const { relayId, pbx, version, clock, calls, queues, trunkQuestions, spooledEvents, problems, publish } =
      this.#dependencies;
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    this.#lastAt = clock.now();
    const [live, waiting, questions] = [calls(), queues(), [...trunkQuestions()]];
    const found = problems()
      .slice(0, MAX_PROBLEMS)
      .map((text) => text.slice(0, MAX_PROBLEM_LENGTH));
    const parts = Math.max(
      1,
      Math.ceil(live.length / MAX_CALLS_PER_TICK),
      Math.ceil((waiting?.length ?? 0) / MAX_QUEUES_PER_TICK),
    );
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
        ...(found.length > 0 && { problems: found }),
        ...(questions.length > 0 && { trunkQuestions: questions }),
        calls: live.slice((part - 1) * MAX_CALLS_PER_TICK, part * MAX_CALLS_PER_TICK),
        ...(waiting && {
          pbx,
          queues: waiting.slice((part - 1) * MAX_QUEUES_PER_TICK, part * MAX_QUEUES_PER_TICK),
        }),
      });
  }
}
