import type { AmiClient } from './client.ts';
import type { AmiMessage } from './protocol.ts';

/** A caller who waits in a queue. */
export interface WaitingCaller {
  readonly uniqueid: string;
  readonly waitedMs: number;
}

/** A queue of Asterisk's, as it is now. */
export interface QueueState {
  readonly name: string;
  readonly waiting: readonly WaitingCaller[];
  /** Since Asterisk counts: calls that an agent took, and callers who hung up before. */
  readonly completed: number;
  readonly abandoned: number;
}

/**
 * All queues. `QueueStatus` needs no right beyond the login; an Asterisk without queues does not know it.
 * @throws {AmiError} when the connection is lost
 */
export async function readQueues(client: Pick<AmiClient, 'list'>): Promise<QueueState[]> {
  const items = await client.list({ Action: 'QueueStatus' });
  const of = (event: string) => items.filter((item) => item.get('Event') === event);
  const entries = of('QueueEntry');
  return of('QueueParams').map((queue) => ({
    name: queue.get('Queue') ?? '',
    waiting: entries.filter((entry) => entry.get('Queue') === queue.get('Queue')).map(waitingCaller),
    completed: count(queue.get('Completed')),
    abandoned: count(queue.get('Abandoned')),
  }));
}

const waitingCaller = (entry: AmiMessage): WaitingCaller => ({
  uniqueid: entry.get('Uniqueid') ?? '',
  waitedMs: count(entry.get('Wait')) * 1_000,
});

function count(value: string | undefined): number {
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
}
