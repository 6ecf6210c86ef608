import type { MonitorMode, RingOutcome } from '#core/monitor.ts';
import type { RelayCommand } from '#core/contracts/control.ts';
import type { LegDescription } from '../leg-contract.ts';
import type { TelephoneCall } from './telephones.ts';

export type MonitorRequest = Extract<RelayCommand, { type: 'monitor' }>;

export interface MonitorDependencies {
  /** The legs with an agent that are live now, the newest first. */
  readonly agentLegs: (callId: string) => readonly LegDescription[];
  /** The channel that a leg is tapped from, by the name it has now. */
  readonly channelOf: (legUuid: string) => string | undefined;
  readonly call: (call: TelephoneCall) => Promise<RingOutcome>;
}

/**
 * The exact channel (`u`), no beep (`q`), until the channel ends (`E`); the supervisor's voice goes to the agent (`w`)
 * or to both (`B`).
 */
const SPY_OPTIONS: Readonly<Record<MonitorMode, string>> = { listen: 'quE', whisper: 'quEw', barge: 'quEB' };
const TITLES: Readonly<Record<MonitorMode, string>> = { listen: 'Listen', whisper: 'Whisper', barge: 'Barge' };

/** Brings a supervisor onto a call by ChanSpy on the channel of the agent who has it now. */
export async function monitorByAsterisk(
  request: MonitorRequest,
  dependencies: MonitorDependencies,
): Promise<RingOutcome> {
  const { requestId, callId, mode, extension } = request;
  for (const { uuid, asteriskChannel, agent } of dependencies.agentLegs(callId)) {
    const channel = dependencies.channelOf(uuid) ?? asteriskChannel;
    if (channel === undefined) continue;
    return dependencies.call({
      requestId,
      extension,
      callerName: `${TITLES[mode]}: ${agent?.name ?? agent?.id ?? 'agent'}`,
      callerNumber: agent?.id,
      application: 'ChanSpy',
      data: `${channel},${SPY_OPTIONS[mode]}`,
    });
  }
  return 'call-gone';
}
