import { events, type ScriptedChannel } from '../capture/ami/event-script.ts';
import type { SimulatedAsterisk } from './asterisk.ts';

/** A call that comes in over a trunk, waits in a queue and is answered by one of its members. */
export interface QueueCall {
  readonly linkedid: string;
  readonly queue: string;
  readonly agent: { readonly id: string; readonly name: string };
  readonly caller: { readonly number: string; readonly name?: string };
}

/** The two sides of a queue call, and what Asterisk tells while it runs. */
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
  const agentChannel: ScriptedChannel = {
    name: `PJSIP/${agent.id}-${suffix}1`,
    uniqueid: id(1),
    linkedid,
    context: 'agents',
    number: agent.id,
  };
  const member = { queue, memberName: agent.name, memberInterface: `PJSIP/${agent.id}` };
  const bridge = { id: `queue-${linkedid}` };

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
