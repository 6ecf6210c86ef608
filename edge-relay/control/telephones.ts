import type { RingOutcome } from '#core/monitor.ts';
import type { Logger } from 'pino';
import { AmiError, type AmiClient } from '../capture/ami/client.ts';
import { OWN_CALLS } from '../capture/ami/supervisors.ts';

export interface TelephoneOptions {
  /** How Asterisk dials somebody; `{extension}` stands for whom. */
  readonly channel: string;
  /** Extensions that may be called at all. */
  readonly allowed: RegExp;
}

/** Somebody to call, and what Asterisk runs for them when they pick up. */
export interface TelephoneCall {
  readonly requestId: string;
  readonly extension: string;
  /** What their telephone shows. */
  readonly callerName: string;
  readonly callerNumber?: string | undefined;
  readonly application: 'ChanSpy' | 'AudioSocket';
  readonly data: string;
}

const RING_MS = 30_000;
const MAX_NAME_LENGTH = 60;

/**
 * `Reason` of an OriginateResponse is the last control frame of the channel that was dialled: 1 hung up, 3 ringing,
 * 4 answered, 5 busy, 8 congestion, and 0 when it could not be dialled at all.
 * @see AST_CONTROL_* in Asterisk's include/asterisk/frame.h
 */
const OUTCOMES: Readonly<Partial<Record<number, RingOutcome>>> = {
  1: 'no-answer',
  3: 'no-answer',
  4: 'answered',
  5: 'busy',
};

/** Calls somebody's telephone through Asterisk's manager interface. */
export async function callTelephone(
  ami: Pick<AmiClient, 'originate'>,
  { channel }: TelephoneOptions,
  call: TelephoneCall,
  log: Logger,
): Promise<RingOutcome> {
  const { requestId, extension, application, data } = call;
  try {
    const { isUp, reason } = await ami.originate({
      ActionID: requestId,
      Channel: channel.replaceAll('{extension}', extension),
      ChannelId: `${OWN_CALLS}${requestId}`,
      Application: application,
      Data: data,
      CallerID: callerId(call),
      Timeout: String(RING_MS),
    });
    if (isUp) return 'answered';
    const outcome = OUTCOMES[reason] ?? 'failed';
    if (outcome === 'failed') log.warn({ requestId, reason }, 'Asterisk could not call a telephone: is it registered?');
    return outcome;
  } catch (error) {
    if (!(error instanceof AmiError)) throw error;
    log.warn({ err: error, requestId }, 'Asterisk did not call a telephone');
    return /permission|forbidden|denied/i.test(error.message) ? 'refused' : 'failed';
  }
}

/** Quotes and brackets have a meaning of their own there. */
function callerId({ callerName, callerNumber }: TelephoneCall): string {
  const name = callerName.replace(/[^\p{L}\p{N}.:'-]+/gu, ' ').trim();
  const number = callerNumber !== undefined && /^\d+$/.test(callerNumber) ? callerNumber : '';
  return `"${name.slice(0, MAX_NAME_LENGTH)}" <${number}>`;
}
