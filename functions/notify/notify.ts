import type { Channel, Notice } from './notice.ts';

/** Some channels failed; the others have told people, and will not again. */
export class NotifyError extends Error {
  override readonly name = 'NotifyError';
  readonly retryable = true;
  readonly channels: readonly string[];

  constructor(failures: readonly { channel: string; reason: unknown }[]) {
    const channels = failures.map(({ channel }) => channel);
    super(`Not told by: ${channels.join(', ')}`, { cause: failures.map(({ reason }) => reason) });
    this.channels = channels;
  }
}

/** Runs a task once for each key, however often it is asked to; a task that fails may run again. */
export type Once = (key: string, task: () => Promise<void>) => Promise<void>;

/**
 * Tells a notice by every channel, each by itself.
 * @param key the same for the same notice, so that a retry does not tell again what was told
 * @throws NotifyError naming the channels that failed, after all were tried
 */
export async function notify(key: string, notice: Notice, channels: readonly Channel[], once: Once): Promise<void> {
  const results = await Promise.allSettled(
    channels.map(async (channel) => once(`${key}#${channel.name}`, async () => channel.send(notice))),
  );
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [{ channel: channels[index]?.name ?? '', reason: result.reason as unknown }] : [],
  );
  if (failures.length > 0) throw new NotifyError(failures);
}
