import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { RELAY_SOURCE } from '#core/contracts/events.ts';
import type { RunningSystem } from './system.ts';

/** Publishes events on the bus as a relay does; ten at most. */
export async function publish(
  { config, system }: RunningSystem,
  ...events: readonly (Record<string, unknown> & { type: string })[]
): Promise<void> {
  const bus = new EventBridgeClient({
    endpoint: system.endpointUrl,
    region: config.aws.region,
    credentials: config.aws,
  });
  await bus.send(
    new PutEventsCommand({
      Entries: events.map((event) => ({
        EventBusName: system.outputs.BusName,
        Source: RELAY_SOURCE,
        DetailType: event.type,
        Detail: JSON.stringify(event),
      })),
    }),
  );
  bus.destroy();
}
