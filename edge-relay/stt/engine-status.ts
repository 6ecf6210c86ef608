/** The problems of the engines that live streams have met, for the relay's readiness. */
export class EngineStatus {
  readonly #problems = new Map<string, string>();

  /** The engine refused a stream for good, or has failed again and again. */
  failing(engine: string, reason: string): void {
    this.#problems.set(engine, reason);
  }

  worked(engine: string): void {
    this.#problems.delete(engine);
  }

  problems(): string[] {
    return Array.from(this.#problems, ([engine, reason]) => `The speech engine ${engine} fails: ${reason}`);
  }
}
