import type { Clock } from '../clock.ts';

export interface HeartbeatDependencies {
  readonly clock: Clock;
  readonly sendPing: () => void;
  /** A ping was not answered in time. */
  readonly onSilence: () => void;
}

const PING_MS = 5 * 60_000;
const PONG_MS = 15_000;

/** Pings one connection from time to time, and notices when nobody answers. */
export class Heartbeat {
  readonly #dependencies: HeartbeatDependencies;
  #pings = 0;
  #pongs = 0;
  #cancelPing: () => void = () => undefined;
  #cancelDeadline: () => void = () => undefined;

  constructor(dependencies: HeartbeatDependencies) {
    this.#dependencies = dependencies;
  }

  /** Pings sent so far. */
  get pings(): number {
    return this.#pings;
  }

  /** Pings answered so far. */
  get pongs(): number {
    return this.#pongs;
  }

  start(): void {
    this.#cancelPing();
    this.#cancelPing = this.#dependencies.clock.after(PING_MS, () => {
      this.ping();
    });
  }

  /** A ping before its time; the next one comes a period later. */
  ping(): void {
    const { clock, sendPing, onSilence } = this.#dependencies;
    this.#pings++;
    sendPing();
    this.#cancelDeadline();
    this.#cancelDeadline = clock.after(PONG_MS, onSilence);
    this.start();
  }

  /** Anything that is received proves that the connection is alive. */
  received(isPong: boolean): void {
    this.#cancelDeadline();
    if (isPong) this.#pongs++;
  }

  stop(): void {
    this.#cancelPing();
    this.#cancelDeadline();
  }
}
