import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { CORE_SOURCE, type CoreEvent, type RelayEvent } from '#core/contracts/events.ts';

/** EventBridge refused events; publishing them again may succeed. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly retryable = true;
}

const ENTRIES_LIMIT = 10;

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
    for (let from = 0; from < events.length; from += ENTRIES_LIMIT) {
      const entries = events.slice(from, from + ENTRIES_LIMIT).map((event) => this.#entryOf(event));
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
