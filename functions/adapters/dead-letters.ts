import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CORE_SOURCE, type CoreEvent } from '#core/contracts/events.ts';

/** SQS refused events too: the caller must retry. */
export class DeadLetterError extends Error {
  override readonly name = 'DeadLetterError';
  readonly retryable = true;
}

const ENTRIES_LIMIT = 10;

/** A queue for events that could not be published, each in the form that the bus would deliver. */
export class DeadLetters {
  readonly #queueUrl: string;
  readonly #client: SQSClient;

  constructor(queueUrl: string, client: SQSClient) {
    this.#queueUrl = queueUrl;
    this.#client = client;
  }

  /** @throws DeadLetterError with the codes of the entries that were refused */
  async store(events: readonly CoreEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += ENTRIES_LIMIT) {
      const entries = events.slice(from, from + ENTRIES_LIMIT).map((event, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify({ source: CORE_SOURCE, 'detail-type': event.type, detail: event }),
      }));
      const { Failed = [] } = await this.#client.send(
        new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries: entries }),
      );
      if (Failed.length > 0) {
        throw new DeadLetterError(`SQS refused ${Failed.length} events: ${Failed.map(({ Code }) => Code).join(', ')}`);
      }
    }
  }
}
