import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CORE_SOURCE, type CoreEvent } from '#core/contracts/events.ts';

/** Not even the queue took it: whoever brought it is to bring it again. */
export class KeepError extends Error {
  override readonly name = 'KeepError';
  readonly retryable = true;
}

const ENTRIES_LIMIT = 10;

/** A queue for events that the bus did not take, each as the bus would have delivered it. */
export class DeadLetters {
  readonly #queueUrl: string;
  readonly #client: SQSClient;

  constructor(queueUrl: string, client: SQSClient) {
    this.#queueUrl = queueUrl;
    this.#client = client;
  }

  /** @throws KeepError with the codes of the entries that were refused */
  async keep(events: readonly CoreEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += ENTRIES_LIMIT) {
      const entries = events.slice(from, from + ENTRIES_LIMIT).map((event, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify({ source: CORE_SOURCE, 'detail-type': event.type, detail: event }),
      }));
      const { Failed = [] } = await this.#client.send(
        new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries: entries }),
      );
      if (Failed.length > 0) {
        throw new KeepError(`SQS refused ${Failed.length} events: ${Failed.map(({ Code }) => Code).join(', ')}`);
      }
    }
  }
}
