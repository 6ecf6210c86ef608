import pWaitFor from 'p-wait-for';

export interface UntilOptions {
  /** When to give up. A busy machine is slow; a test that needs less than this is not slowed down by it. */
  readonly timeoutMs?: number;
  /** Between one look and the next. */
  readonly intervalMs?: number;
}

/**
 * The one way in which tests wait: until the condition holds.
 * @throws {TimeoutError} when it does not hold in time
 */
export function until(
  condition: () => boolean | Promise<boolean>,
  { timeoutMs = 25_000, intervalMs = 5 }: UntilOptions = {},
): Promise<void> {
  return pWaitFor(condition, {
    interval: intervalMs,
    timeout: { milliseconds: timeoutMs, message: `gave up after ${timeoutMs} ms: ${condition.toString()}` },
  });
}
