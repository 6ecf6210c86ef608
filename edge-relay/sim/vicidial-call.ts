import { setTimeout as delay } from 'node:timers/promises';
import { events, type ScriptedChannel } from '../capture/ami/event-script.ts';
import type { SimulatedAsterisk } from './asterisk.ts';
import type { RunningCall } from './tapped-call.ts';
import type { InboundCall, SimulatedAgent, SimulatedVicidial } from './vicidial.ts';

/** A call that comes to ViciDial over a trunk and is given to an agent. */
export interface VicidialCall {
  readonly linkedid: string;
  readonly agent: { readonly id: string; readonly name: string };
  readonly caller: { readonly number: string };
  readonly campaign: string;
  readonly inGroup: string;
}

/** Channels to the outside begin so: `EARSHOT_AMI_TRUNKS` of a relay that is to transcribe these calls. */
export const VICIDIAL_TRUNK = 'SIP/carrier-';

const FIRST_ROOM = 8_600_051;
const QUEUE_SECONDS = 12;
/** How long an agent takes to choose the outcome. */
const WRAP_UP_MS = 2_000;

/** What Asterisk and ViciDial report of a call, the rows a little later, as it is. */
export function vicidialCall(
  asterisk: SimulatedAsterisk,
  vicidial: SimulatedVicidial,
  { linkedid, agent: { id: user, name: fullName }, caller, campaign, inGroup }: VicidialCall,
): RunningCall {
  const [seconds = '', count = '0'] = linkedid.split('.');
  const serial = Number(count);
  const hex = (offset: number) => (serial + offset).toString(16).padStart(8, '0');
  const channel = (name: string, offset: number, more: Partial<ScriptedChannel>): ScriptedChannel => {
    const uniqueid = `${seconds}.${serial + offset}`;
    return { name, uniqueid, linkedid: uniqueid, context: 'default', number: '<unknown>', ...more };
  };
  const room = String(FIRST_ROOM + (Number(user) % 100));
  const conference = { id: `room-${room}-${linkedid}`, technology: 'softmix', creator: 'ConfBridge', name: room };
  const leadId = 884_000 + serial;
  const code = callerCode(leadId);
  const phone = `SIP/phone${user}`;
  const agentChannel = channel(`${phone}-${hex(1)}`, 1, { exten: room });
  const comes = { context: 'trunkinbound', number: caller.number, exten: room };
  const callerChannel = channel(`${VICIDIAL_TRUNK}${hex(0)}`, 0, comes);
  const recorder = [1, 2].map((half) =>
    channel(`Local/5${room}@default-${hex(2)};${half}`, 1 + half, { exten: half === 1 ? '8309' : `5${room}` }),
  );
  const [, inRoom] = recorder;
  const agent: SimulatedAgent = { user, fullName, phone, room, campaign, inGroups: [inGroup] };
  const call: InboundCall = {
    ...{ uniqueid: linkedid, code, leadId, channel: callerChannel.name, number: caller.number, inGroup },
    queueSeconds: QUEUE_SECONDS,
  };

  return {
    agentChannel: agentChannel.name,
    callerChannel: callerChannel.name,
    ring: async () => {
      asterisk.emit(events.newchannel(agentChannel), events.bridgeEnter(agentChannel, conference));
      await vicidial.logIn(agent);
      asterisk.emit(events.newchannel(callerChannel));
      await vicidial.callComes(call);
    },
    answer: async () => {
      const known = { ...callerChannel, callerName: code };
      asterisk.emit(events.newCallerid(known), events.bridgeEnter(known, conference));
      asterisk.emit(...recorder.map((half) => events.newchannel(half)));
      if (inRoom) asterisk.emit(events.bridgeEnter(inRoom, conference));
      await vicidial.agentAnswers(agent, call);
    },
    hangUp: async () => {
      asterisk.emit(events.bridgeLeave(callerChannel, conference), events.hangup(callerChannel));
      if (inRoom) asterisk.emit(events.bridgeLeave(inRoom, conference));
      asterisk.emit(...recorder.map((half) => events.hangup(half)));
      await vicidial.callerHangsUp(agent, call);
      await delay(WRAP_UP_MS);
      await vicidial.agentDisposes(agent, call, 'SAVED');
    },
    leave: () => {
      asterisk.emit(events.bridgeLeave(agentChannel, conference), events.hangup(agentChannel));
    },
  };
}

/** As ViciDial forms it: the month's last digit, the rest of the time, and the lead. */
function callerCode(leadId: number): string {
  const time = new Date().toISOString().replace(/\D/g, '').slice(5, 14);
  return `Y${time}${String(leadId).padStart(10, '0')}`;
}
