import pWaitFor from 'p-wait-for';

const INTERVAL_MS = 100;

/**
 * Looks until there is something to be seen: neither undefined nor false.
 * @throws {TimeoutError} with the source of `look`, when nothing was seen by the deadline
 */
export async function eventually<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs: number,
): Promise<T> {
  return pWaitFor(
    async () => {
      const found = await look();
      return found !== undefined && found !== false && pWaitFor.resolveWith(found);
    },
    {
      interval: INTERVAL_MS,
      timeout: { milliseconds: withinMs, message: `Not within ${withinMs} ms: ${look.toString()}` },
    },
  );
}
