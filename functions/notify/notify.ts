import type { Notice } from './notice.ts';
import type { Notifier } from './notifier.ts';

/** Some notifiers failed; the others have sent the notice, and will not again. */
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

/** Runs a task once for each key, however often it is asked to; a task that fails may run again. */
export type Once = (key: string, task: () => Promise<void>) => Promise<void>;

/**
 * Sends a notice by every notifier, each by itself.
 * @param key the same for the same notice, so that a retry does not send again what was sent
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
