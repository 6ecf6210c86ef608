export interface Bounds<Value> {
  readonly maxEntries: number;
  readonly maxBytes?: number;
  /** What a value takes in memory, roughly; nothing where only entries are counted. */
  readonly bytesOf?: (value: Value) => number;
}

/** A map that grows by what comes from outside, and therefore only so far: what was set longest ago goes first. */
export class BoundedMap<Value> {
  readonly #bounds: Required<Bounds<Value>>;
  readonly #entries = new Map<string, { value: Value; bytes: number }>();
  #bytes = 0;
  #evictedCount = 0;

  constructor({ maxEntries, maxBytes = Infinity, bytesOf = () => 0 }: Bounds<Value>) {
    this.#bounds = { maxEntries, maxBytes, bytesOf };
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How many entries had to go for newer ones. */
  get evictedCount(): number {
    return this.#evictedCount;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** The entry is the newest now, also where it was there before. */
  set(key: string, value: Value): void {
    const { maxEntries, maxBytes, bytesOf } = this.#bounds;
    this.delete(key);
    const bytes = bytesOf(value);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries && this.#bytes <= maxBytes) return;
      this.delete(oldest);
      this.#evictedCount++;
    }
  }

  delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }

  /** Removes the oldest entries as long as they are to go. */
  deleteWhile(isToGo: (value: Value) => boolean): void {
    for (const [key, { value }] of this.#entries) {
      if (!isToGo(value)) return;
      this.delete(key);
    }
  }
}
