import type { CallState } from './state.ts';

/**
 * Whether a relay may report on a call. A call belongs to the relay that started it; once it is lost, which means that
 * its relay has not reported it for a minute, any relay of the same PBX may take it over.
 */
export function mayReport(
  call: Pick<CallState, 'relayId' | 'pbx' | 'status'>,
  { relayId, pbx }: Pick<CallState, 'relayId' | 'pbx'>,
): boolean {
  return call.relayId === relayId || (call.status === 'lost' && call.pbx === pbx);
}

/** The call as one of the relay that reports it. */
export function ownedBy(call: CallState, relayId: string): CallState {
  return call.relayId === relayId ? call : { ...call, relayId };
}
