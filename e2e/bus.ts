import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { relaySourceOf, type RelayIdentity } from '#core/contracts/relay-identity.ts';
import type { RunningSystem } from './system.ts';

/** The relay whose events tests publish; the ids of its calls begin with `e2e-`. */
export const testRelay = { relayId: 'e2e', pbx: 'e2e' } as const;

/** An event as it goes onto the bus; it may follow no schema. */
export type AnyEvent = Record<string, unknown> & { readonly type: string };

/** Publishes events on the bus as {@link testRelay} does; ten at most. */
export async function publish(running: RunningSystem, ...events: readonly AnyEvent[]): Promise<void> {
  await publishAs(
    running,
    events.map((event) => ({ sender: testRelay, event })),
  );
}

/** Publishes events on the bus, each as its sender; ten at most. */
export async function publishAs(
  { config, system }: RunningSystem,
  sent: readonly { readonly sender: RelayIdentity; readonly event: AnyEvent }[],
): Promise<void> {
  const bus = new EventBridgeClient({
    endpoint: system.endpointUrl,
    region: config.aws.region,
    credentials: config.aws,
  });
  await bus.send(
    new PutEventsCommand({
      Entries: sent.map(({ sender, event }) => ({
        EventBusName: system.outputs.BusName,
        Source: relaySourceOf(sender),
        DetailType: event.type,
        Detail: JSON.stringify(event),
      })),
    }),
  );
  bus.destroy();
}
