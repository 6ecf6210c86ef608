import type { RelayCommand } from '#core/contracts/control.ts';
import type { RingOutcome } from '#core/monitor.ts';
import type { Level } from '#core/alert.ts';
import type { Logger } from 'pino';
import type { LegDescription } from '../leg-contract.ts';
import type { Clock } from '../clock.ts';
import { announcementFrames, type Announcements } from './announcement.ts';
import { SpeechError } from './speech.ts';
import type { TelephoneCall } from './telephones.ts';

export type RingRequest = Extract<RelayCommand, { type: 'ring' }>;

export interface RingDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly announcements: Announcements;
  /** host:port at which Asterisk reaches the relay's AudioSocket. */
  readonly relayAddress: string;
  /** @throws {SpeechError} */
  readonly speak: (sentence: string) => Promise<Int16Array>;
  readonly agentLegs: (callId: string) => readonly LegDescription[];
  readonly call: (call: TelephoneCall) => Promise<RingOutcome>;
}

const TITLES: Readonly<Record<Level, string>> = {
  warning: 'Warning',
  urgent: 'Urgent alert',
  critical: 'Critical alert',
};
/** Who picks up is connected to the relay at once. */
const CONNECT_MS = 5_000;

/** Calls somebody and speaks a sentence to them, over a connection that Asterisk opens when they pick up. */
export async function ring(request: RingRequest, dependencies: RingDependencies): Promise<RingOutcome> {
  const { requestId, callId, extension, level, sentence } = request;
  const { clock, log, announcements, relayAddress } = dependencies;
  const frames = announcementFrames(await speechOf(sentence, dependencies));
  const [agent] = dependencies.agentLegs(callId).map((leg) => leg.agent);
  let hear: (isHeard: boolean) => void = () => undefined;
  const heard = new Promise<boolean>((resolve) => (hear = resolve));
  announcements.add(requestId, frames, () => {
    hear(true);
  });
  try {
    const outcome = await dependencies.call({
      requestId,
      extension,
      callerName: `${TITLES[level]}: ${agent?.name ?? agent?.id ?? 'a call'}`,
      callerNumber: agent?.id,
      application: 'AudioSocket',
      data: `${requestId},${relayAddress}`,
    });
    if (outcome !== 'answered') return outcome;
    const cancel = clock.after(CONNECT_MS, () => {
      hear(false);
    });
    const isHeard = await heard;
    cancel();
    if (isHeard) return 'answered';
    log.error(
      { relayAddress },
      'somebody picked up, but Asterisk did not connect them to the relay: it must reach this address and have app_audiosocket loaded',
    );
    return 'failed';
  } finally {
    announcements.forget(requestId);
  }
}

async function speechOf(sentence: string, { speak, log }: RingDependencies): Promise<Int16Array | undefined> {
  try {
    return await speak(sentence);
  } catch (error) {
    if (!(error instanceof SpeechError)) throw error;
    log.warn({ reason: error.message }, 'nothing can be spoken to who is called, they hear a tone');
    return undefined;
  }
}
