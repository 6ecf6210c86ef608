import type { Notice } from './notice.ts';
import type { Notifier } from './notifier.ts';

/** Some notifiers failed; the others have sent the notice, and will not send it again on a retry. */
export class NotifyError extends Error {
  override readonly name = 'NotifyError';
  readonly retryable = true;
  readonly notifiers: readonly string[];

  constructor(failures: readonly { notifier: string; reason: unknown }[]) {
    const notifiers = failures.map(({ notifier }) => notifier);
    super(`Not sent by: ${notifiers.join(', ')}`, { cause: failures.map(({ reason }) => reason) });
    this.notifiers = notifiers;
  }
}

/** Runs a task at most once for each key and remembers its result, which is JSON; a task that failed may run again. */
export type Once = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/**
 * Sends a notice by every notifier, independently of each other.
 * @param key identifies the notice, so that a retry does not send it twice
 * @throws NotifyError naming the notifiers that failed, after all were tried
 */
export async function notify(key: string, notice: Notice, notifiers: readonly Notifier[], once: Once): Promise<void> {
  const results = await Promise.allSettled(
    notifiers.map(async (notifier) => once(`${key}#${notifier.name}`, async () => notifier.send(notice))),
  );
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [{ notifier: notifiers[index]?.name ?? '', reason: result.reason as unknown }] : [],
  );
  if (failures.length > 0) throw new NotifyError(failures);
}
