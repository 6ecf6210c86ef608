import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import type { Settings } from '../../settings.ts';
import { openTicket, TicketError } from '../../control/ticket.ts';
import { type Finding, ok, problem } from './finding.ts';

/** Asks the cloud for a ticket of the control channel, and lets it lapse. */
export async function checkControl(settings: Settings, aws: EventBridgeClientConfig): Promise<Finding> {
  const { EARSHOT_CONTROL_URL: url, EARSHOT_RELAY_ID: relayId } = settings;
  if (url === undefined) return ok('not used: EARSHOT_CONTROL_URL is not set');
  // A client of the same kind as the relay's: region and credentials are found the same way.
  const client = new EventBridgeClient(aws);
  try {
    await openTicket(url, relayId, client.config);
    return ok('the cloud gives a ticket for the control channel');
  } catch (error) {
    if (!(error instanceof TicketError)) throw error;
    return problem(
      `no control channel: ${error.message}`,
      'Set EARSHOT_CONTROL_URL to the output of the cloud part that docs/relay.md names, and check the AWS credentials.',
    );
  } finally {
    client.destroy();
  }
}
