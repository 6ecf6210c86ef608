import { type RelayTicket, relayTicketSchema, relayTicketsPath } from '#core/contracts/http/tickets.ts';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';

/** Region, credentials and hash as an AWS client has them. */
export type Signing = Required<Pick<SignatureV4Init, 'region' | 'credentials' | 'sha256'>>;

/** No ticket was issued; the message says why, and what to do about it. */
export class TicketError extends Error {
  override readonly name = 'TicketError';
}

const ANSWER_MS = 10_000;

/** What a person can do about an answer that is no ticket. */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'check the relay’s AWS credentials',
  403: 'the relay’s AWS credentials carry the policy of another EARSHOT_RELAY_ID or none, or its clock is wrong',
  404: 'EARSHOT_CONTROL_URL is not the API’s address, or the cloud part is older than the relay',
};

/**
 * Asks for a ticket that opens one WebSocket, once. The request is signed (AWS Signature Version 4).
 * @throws {TicketError}
 */
export async function openTicket(apiUrl: string, relayId: string, signing: Signing): Promise<RelayTicket> {
  const url = new URL(`${apiUrl.replace(/\/+$/, '')}${relayTicketsPath(relayId)}`);
  try {
    const { headers } = await new SignatureV4({ service: 'execute-api', ...signing }).sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: {},
      headers: { host: url.host },
    });
    const signal = AbortSignal.timeout(ANSWER_MS);
    // The request is signed for this address alone.
    const response = await fetch(url, { method: 'POST', headers, signal, redirect: 'error' });
    if (!response.ok) throw new TicketError(`the cloud answers ${response.status}${advice(response.status)}`);
    return relayTicketSchema.parse(await response.json());
  } catch (error) {
    if (error instanceof TicketError) throw error;
    throw new TicketError(reasonOf(error), { cause: error });
  }
}

const advice = (status: number) => (ADVICE[status] === undefined ? '' : `: ${ADVICE[status]}`);

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'ZodError') return 'the cloud’s answer is no ticket';
  // The reason of a failed connection is in the cause of fetch's error.
  return cause instanceof Error ? cause.message : message;
}
