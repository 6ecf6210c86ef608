interface Waiting<T> {
  readonly works: T[];
  /** When its first work came, or its last turn was. */
  since: number;
}

/** Work of several owners: each gets its turn, however much another has waiting. What one has is done in its order. */
export class FairQueue<T> {
  /** The owners with work, the one whose turn is next first. */
  readonly #owners = new Map<number, Waiting<T>>();
  readonly #now: () => number;

  /** `now`: milliseconds of a steady clock. */
  constructor(now: () => number) {
    this.#now = now;
  }

  add(owner: number, work: T): void {
    const own = this.#owners.get(owner);
    if (own) own.works.push(work);
    else this.#owners.set(owner, { works: [work], since: this.#now() });
  }

  /** The next work; undefined when there is none. */
  take(): T | undefined {
    for (const [owner, own] of this.#owners) {
      const work = own.works.shift();
      this.#owners.delete(owner);
      own.since = this.#now();
      if (own.works.length > 0) this.#owners.set(owner, own);
      return work;
    }
    return undefined;
  }

  /** How long an owner has been waiting for its turn, the longest of all: what a new one would have to wait. */
  get longestWaitMs(): number {
    const [next] = this.#owners.values();
    return next ? this.#now() - next.since : 0;
  }

  /** What is waiting of an owner is not wanted any more. */
  drop(owner: number): void {
    this.#owners.delete(owner);
  }
}
