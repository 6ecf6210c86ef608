/** What one request may hold. */
interface BatchLimits {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * Entries in batches that keep both limits of a request. An entry that is too large by itself is a batch of its own,
 * for the service to refuse.
 */
export function batchesOf<T>(entries: readonly T[], limits: BatchLimits, bytesOf: (entry: T) => number): T[][] {
  const batches: T[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    const last = batches.at(-1);
    if (last && last.length < limits.entries && bytes <= room) {
      last.push(entry);
      room -= bytes;
    } else {
      batches.push([entry]);
      room = limits.bytes - bytes;
    }
  }
  return batches;
}
