import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { CoreEvent } from '#core/contracts/events.ts';
import { CORE_SOURCE } from '#core/contracts/relay-identity.ts';
import { batchesOf } from './batches.ts';

/** SQS refused events too: the caller must retry. */
export class DeadLetterError extends Error {
  override readonly name = 'DeadLetterError';
  readonly retryable = true;
}

/** Of one request, whose messages together may have 256 KB. */
const LIMITS = { entries: 10, bytes: 250 * 1024 };

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
    const bodies = events.map((event) =>
      JSON.stringify({ source: CORE_SOURCE, 'detail-type': event.type, detail: event }),
    );
    for (const batch of batchesOf(bodies, LIMITS, (body) => Buffer.byteLength(body))) {
      const entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      const { Failed = [] } = await this.#client.send(
        new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries: entries }),
      );
      if (Failed.length > 0) {
        throw new DeadLetterError(`SQS refused ${Failed.length} events: ${Failed.map(({ Code }) => Code).join(', ')}`);
      }
    }
  }
}
