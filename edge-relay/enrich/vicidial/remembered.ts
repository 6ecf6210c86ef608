import { BoundedMap } from '../../bounded-map.ts';
import type { Clock } from '../../clock.ts';

const MAX_KNOWN = 10_000;

/** A cache of answers, also of the answer that there is none. */
export class Remembered<T> {
  readonly #known = new BoundedMap<{ value: T | undefined; until: number }>({ maxEntries: MAX_KNOWN });
  readonly #clock: Clock;
  readonly #lifeMs: number;
  readonly #lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, T | undefined>>;

  constructor(
    clock: Clock,
    lifeMs: number,
    lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, T | undefined>>,
  ) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
    this.#lookUp = lookUp;
  }

  /** What is known of each key; keys of which nothing is known are left out. */
  async of(keys: readonly string[]): Promise<Map<string, T>> {
    const now = this.#clock.now();
    this.#known.deleteWhile(({ until }) => until <= now);
    const unknown = [...new Set(keys)].filter((key) => !this.#known.has(key));
    const found = unknown.length > 0 ? await this.#lookUp(unknown) : new Map<string, T | undefined>();
    for (const key of unknown) this.#known.set(key, { value: found.get(key), until: now + this.#lifeMs });
    return new Map(
      keys.flatMap((key) => {
        const value = this.#known.get(key)?.value ?? found.get(key);
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
  }
}
