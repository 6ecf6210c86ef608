import type { AmiMessage } from './protocol.ts';

/** Writes events of calls as Asterisk sends them, for tests and the simulator: only the headers that matter here. */
export interface ScriptedChannel {
  readonly name: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly context: string;
  readonly number: string;
  readonly callerName?: string;
  /** The number it has dialled. */
  readonly exten?: string;
}

export type EventHeaders = Readonly<Record<string, string>>;

export function message(headers: EventHeaders): AmiMessage {
  return new Map(Object.entries(headers));
}

function headersOf(channel: ScriptedChannel, prefix = ''): EventHeaders {
  const headers = {
    Channel: channel.name,
    ChannelState: '6',
    ChannelStateDesc: 'Up',
    CallerIDNum: channel.number,
    CallerIDName: channel.callerName ?? '<unknown>',
    Context: channel.context,
    Exten: channel.exten ?? 's',
    Priority: '1',
    Uniqueid: channel.uniqueid,
    Linkedid: channel.linkedid,
  };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [prefix + name, value]));
}

interface ScriptedBridge {
  readonly id: string;
  readonly technology?: string;
  readonly creator?: string;
  /** What its creator calls it: a conference's number. */
  readonly name?: string;
}

const bridgeHeaders = ({
  id,
  technology = 'simple_bridge',
  creator = '<unknown>',
  name = '<unknown>',
}: ScriptedBridge): EventHeaders => ({
  BridgeUniqueid: id,
  BridgeType: 'basic',
  BridgeTechnology: technology,
  BridgeCreator: creator,
  BridgeName: name,
});

interface QueueMember {
  readonly queue: string;
  readonly memberName: string;
  readonly memberInterface: string;
}

const memberHeaders = ({ queue, memberName, memberInterface }: QueueMember): EventHeaders => ({
  Queue: queue,
  MemberName: memberName,
  Interface: memberInterface,
});

export const events = {
  newchannel: (channel: ScriptedChannel) => message({ Event: 'Newchannel', ...headersOf(channel) }),
  dialBegin: (dialler: ScriptedChannel, dialled: ScriptedChannel) =>
    message({ Event: 'DialBegin', ...headersOf(dialler), ...headersOf(dialled, 'Dest') }),
  dialEnd: (dialler: ScriptedChannel, dialled: ScriptedChannel, status: string) =>
    message({ Event: 'DialEnd', ...headersOf(dialler), ...headersOf(dialled, 'Dest'), DialStatus: status }),
  queueJoin: (caller: ScriptedChannel, queue: string) =>
    message({ Event: 'QueueCallerJoin', ...headersOf(caller), Queue: queue }),
  queueLeave: (caller: ScriptedChannel, queue: string) =>
    message({ Event: 'QueueCallerLeave', ...headersOf(caller), Queue: queue, Count: '0', Position: '1' }),
  agentCalled: (caller: ScriptedChannel, called: ScriptedChannel, member: QueueMember) =>
    message({ Event: 'AgentCalled', ...headersOf(caller), ...headersOf(called, 'Dest'), ...memberHeaders(member) }),
  agentConnect: (caller: ScriptedChannel, called: ScriptedChannel, member: QueueMember) =>
    message({ Event: 'AgentConnect', ...headersOf(caller), ...headersOf(called, 'Dest'), ...memberHeaders(member) }),
  bridgeEnter: (channel: ScriptedChannel, bridge: ScriptedBridge) =>
    message({ Event: 'BridgeEnter', ...bridgeHeaders(bridge), ...headersOf(channel) }),
  bridgeLeave: (channel: ScriptedChannel, bridge: ScriptedBridge) =>
    message({ Event: 'BridgeLeave', ...bridgeHeaders(bridge), ...headersOf(channel) }),
  newCallerid: (channel: ScriptedChannel) => message({ Event: 'NewCallerid', ...headersOf(channel) }),
  meetmeJoin: (channel: ScriptedChannel, room: string) =>
    message({ Event: 'MeetmeJoin', Meetme: room, User: '1', ...headersOf(channel) }),
  meetmeLeave: (channel: ScriptedChannel, room: string) =>
    message({ Event: 'MeetmeLeave', Meetme: room, User: '1', ...headersOf(channel), Duration: '1' }),
  hold: (channel: ScriptedChannel) => message({ Event: 'Hold', ...headersOf(channel) }),
  unhold: (channel: ScriptedChannel) => message({ Event: 'Unhold', ...headersOf(channel) }),
  hangup: (channel: ScriptedChannel) => message({ Event: 'Hangup', ...headersOf(channel), Cause: '16' }),
  chanSpyStart: (spyer: string, spyee: ScriptedChannel) =>
    message({
      Event: 'ChanSpyStart',
      SpyerChannel: spyer,
      SpyeeChannel: spyee.name,
      SpyeeUniqueid: spyee.uniqueid,
      SpyeeLinkedid: spyee.linkedid,
    }),
  chanSpyStop: (spyer: string, spyee: ScriptedChannel) =>
    message({
      Event: 'ChanSpyStop',
      SpyerChannel: spyer,
      SpyeeChannel: spyee.name,
      SpyeeUniqueid: spyee.uniqueid,
      SpyeeLinkedid: spyee.linkedid,
    }),
};
