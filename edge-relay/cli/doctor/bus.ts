import { relaySourceOf } from '#core/contracts/relay-identity.ts';
import {
  DescribeEventBusCommand,
  EventBridgeClient,
  type EventBridgeClientConfig,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import type { RelaySettings } from '../../settings.ts';
import { ANSWER_MS, type Diagnosis, ok, problem, warning } from './finding.ts';

/** A clock that is off by so much misleads about when a thing was said; by more than the second, AWS refuses all. */
const MAX_SKEW_MS = 2_000;
const REFUSED_SKEW_MS = 240_000;

const NO_CREDENTIALS = ['CredentialsProviderError', 'TokenProviderError'];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'NotAuthorizedForSourceException'];
/** AWS does not know the key, or it does not fit the signature, or it is over. */
const BAD_KEY = [
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'ExpiredTokenException',
  'ExpiredToken',
];

/**
 * Whether the bus exists and accepts this relay's events. No event is published: what is sent is not JSON, which
 * EventBridge only looks at once it has let the sender in.
 */
export async function checkBus(
  { EARSHOT_BUS_NAME: name, AWS_REGION: region, EARSHOT_RELAY_ID: relayId, EARSHOT_PBX: pbx }: RelaySettings,
  aws: EventBridgeClientConfig,
): Promise<Diagnosis> {
  const client = new EventBridgeClient({
    ...aws,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: ANSWER_MS },
  });
  const clock = watchClock(client);
  const source = relaySourceOf({ relayId, pbx });
  const bus = `bus ${name}${region === undefined ? '' : ` in ${region}`}`;
  try {
    const isThere = await describes(client, name);
    await client
      .send(
        new PutEventsCommand({
          Entries: [{ EventBusName: name, Source: source, DetailType: 'RelayExamined', Detail: '{' }],
        }),
      )
      .then(({ Entries }) => {
        const code = Entries?.[0]?.ErrorCode;
        if (code !== undefined && DENIED.includes(code)) throw Object.assign(new Error(code), { name: code });
      });
    const skewMs = clock.skewMs();
    if (Math.abs(skewMs) > MAX_SKEW_MS)
      return warning(`${bus} is there, but this machine’s clock is ${secondsOff(skewMs)}`, SET_CLOCK);
    return ok(
      isThere ? `${bus} takes events` : `${bus} takes events (its name cannot be checked with these credentials)`,
    );
  } catch (error) {
    return Math.abs(clock.skewMs()) > REFUSED_SKEW_MS
      ? problem(`AWS refuses requests, for this machine’s clock is ${secondsOff(clock.skewMs())}`, SET_CLOCK)
      : explain(error as Error, bus);
  } finally {
    client.destroy();
  }
}

const SET_CLOCK = 'Let the machine follow a time server: timedatectl set-ntp true, then timedatectl status.';

function secondsOff(skewMs: number): string {
  return `${Math.abs(Math.round(skewMs / 1_000))} s ${skewMs > 0 ? 'fast' : 'slow'}`;
}

/** A relay's policy may hold PutEvents alone: then this is not for it to know. */
async function describes(client: EventBridgeClient, name: string): Promise<boolean> {
  try {
    await client.send(new DescribeEventBusCommand({ Name: name }));
    return true;
  } catch (error) {
    if (DENIED.includes((error as Error).name)) return false;
    throw error;
  }
}

function explain({ name: code, message }: Error, bus: string): Diagnosis {
  if (code === 'ResourceNotFoundException')
    return problem(
      `there is no ${bus}`,
      'Deploy the cloud part first (npm run deploy), or set EARSHOT_BUS_NAME and AWS_REGION to where it is.',
    );
  if (DENIED.includes(code))
    return problem(
      `${bus} does not take events with these credentials`,
      'Give them the policy RelayPolicy of the cloud part (docs/relay.md, AWS credentials).',
    );
  if (NO_CREDENTIALS.includes(code))
    return problem(`no AWS credentials: ${message}`, 'docs/relay.md, AWS credentials, names the ways to give them.');
  if (BAD_KEY.includes(code))
    return problem(
      `AWS does not take the credentials (${code})`,
      'They are wrong, expired, or of another account: see docs/relay.md, AWS credentials.',
    );
  if (message.includes('Region is missing'))
    return problem('AWS_REGION is not set', 'Set it to the region the cloud part is in.');
  return problem(
    `EventBridge cannot be reached: ${message || code}`,
    'Check that this machine may reach https://events.REGION.amazonaws.com (firewall, proxy, DNS), and AWS_REGION.',
  );
}

/** Compares the answers' dates, of refusals too, with this machine's time. */
function watchClock(client: EventBridgeClient): { skewMs: () => number } {
  let skewMs = 0;
  const see = (response: unknown) => {
    const { headers } = (response ?? {}) as { headers?: Record<string, string> };
    if (headers?.date !== undefined) skewMs = Date.now() - Date.parse(headers.date);
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        const result = await next(args);
        see(result.response);
        return result;
      } catch (error) {
        see((error as { $response?: unknown }).$response);
        throw error;
      }
    },
    { step: 'deserialize', priority: 'high' },
  );
  return { skewMs: () => skewMs };
}
