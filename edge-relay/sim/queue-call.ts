import { events, type ScriptedChannel } from '../capture/ami/event-script.ts';
import type { SimulatedAsterisk } from './asterisk.ts';

/** A call that comes in over a trunk, waits in a queue and is answered by one of its members. */
export interface QueueCall {
  readonly linkedid: string;
  readonly queue: string;
  readonly agent: { readonly id: string; readonly name: string };
  readonly caller: { readonly number: string; readonly name?: string };
}

/** The two sides of a queue call, and what Asterisk reports while it runs. */
export function queueCall(asterisk: SimulatedAsterisk, { linkedid, queue, agent, caller }: QueueCall) {
  const [seconds = '', count = '0'] = linkedid.split('.');
  const id = (offset: number) => `${seconds}.${Number(count) + offset}`;
  const suffix = Number(count).toString(16).padStart(7, '0');
  const callerChannel: ScriptedChannel = {
    name: `PJSIP/trunk-${suffix}0`,
    uniqueid: linkedid,
    linkedid,
    context: 'from-trunk',
    number: caller.number,
    ...(caller.name !== undefined && { callerName: caller.name }),
  };
  const agentChannelOf = (agentId: string, offset: number): ScriptedChannel => ({
    name: `PJSIP/${agentId}-${suffix}${offset}`,
    uniqueid: id(offset),
    linkedid,
    context: 'agents',
    number: agentId,
  });
  let agentChannel = agentChannelOf(agent.id, 1);
  let bridge = { id: `queue-${linkedid}` };
  const member = { queue, memberName: agent.name, memberInterface: `PJSIP/${agent.id}` };

  return {
    agentChannel: agentChannel.name,
    callerChannel: callerChannel.name,
    ring: () => {
      asterisk.emit(
        events.newchannel(callerChannel),
        events.queueJoin(callerChannel, queue),
        events.newchannel(agentChannel),
        events.agentCalled(callerChannel, agentChannel, member),
        events.dialBegin(callerChannel, agentChannel),
      );
    },
    answer: () => {
      asterisk.emit(
        events.dialEnd(callerChannel, agentChannel, 'ANSWER'),
        events.agentConnect(callerChannel, agentChannel, member),
        events.bridgeEnter(agentChannel, bridge),
        events.bridgeEnter(callerChannel, bridge),
      );
    },
    /** The agent sends the caller on to another, who answers at once, and is out of the call. Returns their channel. */
    transfer: (toAgentId: string): string => {
      const [first, left] = [agentChannel, bridge];
      agentChannel = agentChannelOf(toAgentId, 2);
      bridge = { id: `transfer-${linkedid}` };
      asterisk.emit(
        events.bridgeLeave(first, left),
        events.bridgeLeave(callerChannel, left),
        events.hangup(first),
        events.newchannel(agentChannel),
        events.dialBegin(callerChannel, agentChannel),
        events.bridgeEnter(agentChannel, bridge),
        events.bridgeEnter(callerChannel, bridge),
      );
      return agentChannel.name;
    },
    hangUp: () => {
      asterisk.emit(
        events.bridgeLeave(callerChannel, bridge),
        events.bridgeLeave(agentChannel, bridge),
        events.hangup(callerChannel),
        events.hangup(agentChannel),
      );
    },
  };
}
