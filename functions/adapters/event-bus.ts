import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { CoreEvent, RelayEvent } from '#core/contracts/events.ts';
import { CORE_SOURCE } from '#core/contracts/relay-identity.ts';
import { batchesOf } from './batches.ts';

/** EventBridge refused events; publishing them again may succeed. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly retryable = true;
}

/** Of one request; all its entries together may have 256 KB, of which some are left for the fields besides the detail. */
const LIMITS = { entries: 10, bytes: 240 * 1024 };

/** Publishes events of the cloud on the bus. */
export class EventBus {
  readonly #busName: string;
  readonly #client: EventBridgeClient;

  constructor(busName: string, client: EventBridgeClient = new EventBridgeClient()) {
    this.#busName = busName;
    this.#client = client;
  }

  /** @throws PublishError with the codes of the entries that were refused */
  async publish(events: readonly (CoreEvent | RelayEvent)[]): Promise<void> {
    const all = events.map((event) => this.#entryOf(event));
    for (const entries of batchesOf(all, LIMITS, ({ Detail = '' }) => Buffer.byteLength(Detail))) {
      const { FailedEntryCount = 0, Entries = [] } = await this.#client.send(
        new PutEventsCommand({ Entries: entries }),
      );
      if (FailedEntryCount > 0) {
        const codes = new Set(Entries.flatMap(({ ErrorCode }) => ErrorCode ?? []));
        throw new PublishError(`EventBridge refused ${FailedEntryCount} events: ${[...codes].join(', ')}`);
      }
    }
  }

  #entryOf(event: CoreEvent | RelayEvent): PutEventsRequestEntry {
    return {
      EventBusName: this.#busName,
      Source: CORE_SOURCE,
      DetailType: event.type,
      Detail: JSON.stringify(event),
    };
  }
}
