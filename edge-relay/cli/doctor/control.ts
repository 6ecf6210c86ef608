import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import type { RelayTicket } from '#core/contracts/http/tickets.ts';
import type { RelaySettings } from '../../settings.ts';
import { openTicket, TicketError } from '../../control/ticket.ts';
import { type Diagnosis, ok, problem } from './finding.ts';

/** What the cloud answered to a relay that asked for its control channel. */
export type CloudAnswer = RelayTicket | TicketError;

/** Asks the cloud for a ticket of the control channel, and lets it lapse; undefined where no such channel is set. */
export async function askCloud(
  settings: RelaySettings,
  aws: EventBridgeClientConfig,
): Promise<CloudAnswer | undefined> {
  const { EARSHOT_CONTROL_URL: url, EARSHOT_RELAY_ID: relayId } = settings;
  if (url === undefined) return undefined;
  // A client of the same kind as the relay's: region and credentials are found the same way.
  const client = new EventBridgeClient(aws);
  try {
    return await openTicket(url, relayId, client.config);
  } catch (error) {
    if (!(error instanceof TicketError)) throw error;
    return error;
  } finally {
    client.destroy();
  }
}

export function checkControl(answer: CloudAnswer | undefined): Diagnosis {
  if (answer === undefined) return ok('not used: EARSHOT_CONTROL_URL is not set');
  return answer instanceof TicketError
    ? problem(
        `no control channel: ${answer.message}`,
        'Set EARSHOT_CONTROL_URL to the output of the cloud part that docs/relay.md names, and check the AWS credentials.',
      )
    : ok('the cloud gives a ticket for the control channel');
}
