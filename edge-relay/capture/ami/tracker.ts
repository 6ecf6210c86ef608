import type { LegDescription } from '../../leg-contract.ts';
import { addresseeOf, extensionOf, isRoomService, tapUuid } from './channel-name.ts';
import {
  type Bridge,
  Channels,
  known,
  type KnownCall,
  type Member,
  type Tap,
  type TrackedChannel,
  type Trunks,
} from './channels.ts';
import { callOf, describeLeg, waitedMs } from './describe.ts';
import { isSupervisor } from './supervisors.ts';
import type { AmiMessage } from './protocol.ts';

/** Which calls are tapped; an empty list allows all. */
export interface TapFilters {
  /** Channels whose name begins so. */
  readonly channels: readonly string[];
  /** Calls of which a channel has been in such a context. */
  readonly contexts: readonly string[];
  /** Calls that came through such a queue. */
  readonly queues: readonly string[];
}

export interface TrackerOptions {
  readonly filters: TapFilters;
  readonly trunks: Trunks;
  /** Leaves to others what they have tapped already, and taps it when they stop. */
  readonly yieldsToOthers: boolean;
  readonly newUuid: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What is to be done about the taps. */
export type TapAction =
  | {
      readonly kind: 'tap';
      readonly asteriskChannel: string;
      readonly description: LegDescription;
      /** 1 for a channel's first tap. */
      readonly attempt: number;
    }
  | { readonly kind: 'describe'; readonly description: LegDescription }
  | { readonly kind: 'untap'; readonly uuid: string };

/** A channel whose taps do not hold is left alone after so many. */
export const MAX_TAPS_A_CHANNEL = 8;

/**
 * Follows Asterisk's events and decides which channels to tap, each once and as long as it speaks with another, and who
 * is on them. It does nothing itself.
 */
export class CallTracker {
  readonly #options: TrackerOptions;
  readonly #channels: Channels;
  /** Taps of before the connection was lost, and their calls, by the uniqueid of their channel. */
  readonly #earlier = new Map<string, { readonly tap: Tap; readonly call: KnownCall | undefined }>();
  #actions: TapAction[] = [];
  #entries = 0;

  constructor(options: TrackerOptions) {
    this.#options = options;
    this.#channels = new Channels(options.trunks);
  }

  /** Applies one event; irrelevant ones are ignored. */
  event(message: AmiMessage): TapAction[] {
    this.#handlers[message.get('Event') ?? '']?.(message);
    return this.#taken();
  }

  /**
   * What was known may have changed unseen, so it is forgotten, except the taps with audio. What is bridged
   * by now is to be passed to {@link bridged} next.
   */
  startAnew(isHeard: (uuid: string) => boolean): TapAction[] {
    for (const { uniqueid, tap, call } of this.#channels.all()) if (tap) this.#earlier.set(uniqueid, { tap, call });
    for (const [uniqueid, { tap }] of this.#earlier) {
      const { uuid, isOurs } = tap;
      if (isHeard(uuid)) continue;
      this.#earlier.delete(uniqueid);
      // It may have been requested just before, and still connect.
      if (isOurs) this.#actions.push({ kind: 'untap', uuid });
    }
    this.#channels.clear();
    return this.#taken();
  }

  /**
   * Applies all that is bridged by now, as one `BridgeEnter` each. Who joins whom is only seen when all are known: a
   * Local channel's other half may be in a bridge that comes later.
   */
  bridged(messages: readonly AmiMessage[]): TapAction[] {
    const entered = messages
      .filter((message) => !comesToServe(message, message.get('BridgeName')))
      .map((message) => this.#place(this.#channels.see(message), bridgeOf(message)));
    for (const channel of entered) this.#settle(channel);
    return this.#taken();
  }

  /** Time has passed: how long those who are tapped while they wait in a queue have waited is more than it was. */
  timePassed(): TapAction[] {
    for (const channel of this.#channels.all()) {
      if (channel.wait?.since !== undefined && channel.tap?.isOurs) this.#describe(channel, channel.tap);
    }
    return this.#taken();
  }

  /** A tap could not be placed. */
  tapFailed(uuid: string): TapAction[] {
    this.#tapEnded(uuid);
    return this.#taken();
  }

  /** Whether a tap that was requested is still to be placed. */
  isWanted(uuid: string): boolean {
    return this.#tapped(uuid) !== undefined;
  }

  /** Some channel has a tap of ours. */
  get isTapping(): boolean {
    return [...this.#channels.all()].some(({ tap }) => tap?.isOurs);
  }

  /** The name of the channel that has this tap. */
  channelOf(uuid: string): string | undefined {
    return this.#tapped(uuid)?.name;
  }

  readonly #handlers: Readonly<Record<string, (message: AmiMessage) => void>> = {
    Newchannel: (message) => this.#channels.see(message),
    NewCallerid: (message) => {
      this.#settle(this.#channels.see(message));
    },
    Rename: (message) => {
      this.#channels.rename(message.get('Uniqueid') ?? '', message.get('Newname') ?? '');
    },
    DialBegin: (message) => {
      const [dialler, dialled] = [this.#channels.see(message), this.#channels.see(message, 'Dest')];
      if (dialler) dialler.hasDialled = true;
      if (!dialler || !dialled) return;
      dialled.dialledBy = dialler.uniqueid;
      if (dialled.leadsOutside) dialler.hasDialledOut = true;
    },
    QueueCallerJoin: (message) => {
      const caller = this.#channels.see(message);
      const queue = known(message.get('Queue'));
      if (!caller || queue === undefined) return;
      caller.member = { queue };
      caller.wait = { pastMs: caller.wait?.pastMs ?? 0, since: this.#options.now() };
      this.#settle(caller);
    },
    QueueCallerLeave: (message) => {
      this.#waitsNoMore(this.#channels.see(message));
    },
    AgentCalled: (message) => {
      this.#memberCalled(message);
    },
    AgentConnect: (message) => {
      const caller = this.#channels.see(message);
      // They may have joined the queue unseen, while the manager interface was away.
      if (caller) caller.wait ??= { pastMs: 1_000 * (Number(message.get('HoldTime')) || 0) };
      this.#waitsNoMore(caller);
      this.#memberCalled(message);
    },
    BridgeEnter: (message) => {
      if (comesToServe(message, message.get('BridgeName'))) return;
      this.#entered(this.#channels.see(message), bridgeOf(message));
    },
    BridgeLeave: (message) => {
      this.#left(message.get('Uniqueid'));
    },
    MeetmeJoin: (message) => {
      if (comesToServe(message, message.get('Meetme'))) return;
      const id = `meetme-${message.get('Meetme') ?? ''}`;
      this.#entered(this.#channels.see(message), { id, isConference: true, isHolding: false });
    },
    MeetmeLeave: (message) => {
      this.#left(message.get('Uniqueid'));
    },
    Hangup: (message) => {
      const uuid = tapUuid(message.get('Channel') ?? '');
      if (uuid !== undefined) this.#tapEnded(uuid);
      this.#hungUp(message.get('Uniqueid'));
    },
    ChanSpyStart: (message) => {
      const uuid = tapUuid(message.get('SpyerChannel') ?? '');
      if (uuid !== undefined) this.#spyStarted(this.#channels.get(message.get('SpyeeUniqueid')), uuid);
    },
    ChanSpyStop: (message) => {
      const uuid = tapUuid(message.get('SpyerChannel') ?? '');
      if (uuid !== undefined) this.#tapEnded(uuid);
    },
    UserEvent: (message) => {
      if (message.get('UserEvent') === 'CallTap') this.#tappedByDialplan(message);
    },
  };

  #taken(): TapAction[] {
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  #waitsNoMore(caller: TrackedChannel | undefined): void {
    if (!caller?.wait) return;
    caller.wait = { pastMs: waitedMs(caller.wait, this.#options.now()) };
    this.#settle(caller);
  }

  #memberCalled(message: AmiMessage): void {
    this.#channels.see(message);
    const called = this.#channels.see(message, 'Dest');
    if (!called) return;
    called.member = memberIn(message);
    this.#settle(called);
  }

  #entered(channel: TrackedChannel | undefined, bridge: Bridge): void {
    this.#settle(this.#place(channel, bridge));
  }

  #place(channel: TrackedChannel | undefined, bridge: Bridge): TrackedChannel | undefined {
    if (!channel) return undefined;
    channel.bridge = { ...bridge, entry: ++this.#entries };
    const earlier = this.#earlier.get(channel.uniqueid);
    if (earlier) {
      channel.tap ??= earlier.tap;
      if (earlier.call) channel.call ??= earlier.call;
      this.#earlier.delete(channel.uniqueid);
    }
    return channel;
  }

  #left(uniqueid: string | undefined): void {
    const channel = this.#channels.get(uniqueid);
    if (!channel) return;
    const others = this.#channels.conversation(channel).filter((other) => other !== channel);
    delete channel.bridge;
    // The call goes on with those who stay.
    if (others.some(({ call }) => call)) delete channel.call;
    const [last, ...more] = others;
    // Whoever is alone now may stay for another call.
    if (last?.call && more.length === 0) last.call = { linkedid: last.call.linkedid };
    for (const other of others) this.#endIfAlone(other);
  }

  #hungUp(uniqueid: string | undefined): void {
    const channel = this.#channels.get(uniqueid);
    if (uniqueid !== undefined) this.#earlier.delete(uniqueid);
    if (channel) this.#channels.remove(channel);
  }

  /** Of two relays that tap one channel at once, that whose tap started first keeps it; both see the same order. */
  #spyStarted(channel: TrackedChannel | undefined, uuid: string): void {
    if (!channel) return;
    if (channel.tap?.uuid === uuid) {
      channel.tap.hasStarted = true;
    } else if (this.#options.yieldsToOthers && !channel.tap?.hasStarted) {
      if (channel.tap?.isOurs) this.#actions.push({ kind: 'untap', uuid: channel.tap.uuid });
      channel.tap = { uuid, isOurs: false, hasStarted: true };
    }
  }

  /** The dialplan placed a tap of its own, which this event describes. */
  #tappedByDialplan(message: AmiMessage): void {
    const [uuid, side] = [message.get('uuid') ?? '', message.get('leg')];
    const name = message.get('channel') ?? '';
    const channel = this.#channels.named(name);
    const [agentName, queue] = [known(message.get('agent')), known(message.get('queue'))];
    const linkedid = known(message.get('linkedid'));
    const isAgent = side === 'agent';
    const agent = isAgent && { id: extensionOf(name), ...(agentName !== undefined && { name: agentName }) };
    if (channel) {
      channel.tap ??= { uuid, isOurs: true, isFixed: true };
      if (agent) channel.member = { agent, ...(queue !== undefined && { queue }) };
    }
    this.#actions.push({
      kind: 'describe',
      description: {
        uuid,
        channel: isAgent ? 'agent' : side === 'caller' ? 'caller' : 'mixed',
        ...(linkedid !== undefined && { linkedid }),
        ...(agent && { agent }),
        ...(!isAgent && channel && Object.keys(channel.caller).length > 0 && { caller: channel.caller }),
        ...(queue !== undefined && { queue }),
      },
    });
  }

  #tapEnded(uuid: string): void {
    const channel = this.#tapped(uuid);
    if (!channel) return;
    delete channel.tap;
    this.#settle(channel);
  }

  /** Brings the taps of everyone who is on the line with `channel`, and their descriptions, up to date. */
  #settle(channel: TrackedChannel | undefined): void {
    if (!channel) return;
    for (const party of this.#channels.conversation(channel)) {
      if (party.tap || this.#isToBeTapped(party)) party.call = callOf(party, this.#channels);
      if (!party.tap && this.#isToBeTapped(party)) this.#tap(party);
      else if (party.tap?.isOurs && party.bridge && !this.#isAlone(party)) this.#describe(party, party.tap);
    }
  }

  #tap(channel: TrackedChannel): void {
    const uuid = this.#options.newUuid();
    const description = this.#descriptionOf(channel, uuid);
    channel.tap = { uuid, isOurs: true, reported: JSON.stringify(description), linkedid: description.linkedid };
    channel.tapsPlaced++;
    this.#actions.push({ kind: 'tap', asteriskChannel: channel.name, description, attempt: channel.tapsPlaced });
  }

  #describe(channel: TrackedChannel, tap: Tap): void {
    const description = this.#descriptionOf(channel, tap.uuid);
    const reported = JSON.stringify(description);
    if (reported === tap.reported) return;
    if (tap.linkedid !== undefined && tap.linkedid !== description.linkedid && !tap.isFixed) {
      this.#tapAnew(channel, tap);
      return;
    }
    tap.reported = reported;
    this.#actions.push({ kind: 'describe', description });
  }

  /** Whoever joined by an attended transfer is tapped in the remaining call; their leg of the consultation is over. */
  #tapAnew(channel: TrackedChannel, { uuid }: Tap): void {
    this.#actions.push({ kind: 'untap', uuid });
    channel.tapsPlaced = 0;
    this.#tap(channel);
  }

  #descriptionOf(channel: TrackedChannel, uuid: string) {
    return describeLeg(channel, uuid, this.#channels, this.#options.now());
  }

  #endIfAlone(channel: TrackedChannel): void {
    if (!this.#isAlone(channel)) return;
    delete channel.call;
    if (!channel.tap?.isOurs) return;
    const { uuid } = channel.tap;
    delete channel.tap;
    channel.tapsPlaced = 0;
    this.#actions.push({ kind: 'untap', uuid });
  }

  #isToBeTapped(channel: TrackedChannel): boolean {
    const { filters } = this.#options;
    if (!channel.bridge || channel.bridge.isHolding || channel.tapsPlaced >= MAX_TAPS_A_CHANNEL) return false;
    if (isSupervisor(channel, this.#channels)) return false;
    if (filters.channels.length > 0 && !filters.channels.some((prefix) => channel.name.startsWith(prefix)))
      return false;
    return !this.#isAlone(channel) && !this.#waitsForAgent(channel) && this.#isCallHeard(channel);
  }

  #isCallHeard(channel: TrackedChannel): boolean {
    const { contexts, queues } = this.#options.filters;
    const parties = [...this.#channels.conversation(channel), ...this.#channels.linked(channel.linkedid)];
    const isIn = (list: readonly string[], found: (party: TrackedChannel) => Iterable<string>) =>
      list.length === 0 || parties.some((party) => [...found(party)].some((name) => list.includes(name)));
    return (
      isIn(contexts, (party) => party.contexts) &&
      isIn(queues, ({ member }) => (member?.queue === undefined ? [] : [member.queue]))
    );
  }

  /** An agent waits in a conference for the next call. Without known trunks this cannot be known. */
  #isAlone(channel: TrackedChannel): boolean {
    const parties = this.#channels.conversation(channel);
    return (
      parties.some(({ bridge }) => bridge?.isConference) && parties.every(({ leadsOutside }) => leadsOutside === false)
    );
  }

  /** A dialler has called somebody and has nobody for them yet. */
  #waitsForAgent(channel: TrackedChannel): boolean {
    return this.#channels.conversation(channel).every(({ leadsOutside }) => leadsOutside);
  }

  #tapped(uuid: string): TrackedChannel | undefined {
    for (const channel of this.#channels.all()) if (channel.tap?.uuid === uuid) return channel;
    return undefined;
  }
}

function comesToServe(message: AmiMessage, room = ''): boolean {
  return isRoomService(message.get('Channel') ?? '', message.get('Exten') ?? '', room);
}

function bridgeOf(message: AmiMessage): Bridge {
  return {
    id: message.get('BridgeUniqueid') ?? '',
    isConference: message.get('BridgeCreator') === 'ConfBridge',
    isHolding: message.get('BridgeTechnology') === 'holding_bridge',
  };
}

function memberIn(message: AmiMessage): Member {
  const [queue, name] = [known(message.get('Queue')), known(message.get('MemberName'))];
  const agentInterface = known(message.get('Interface'));
  return {
    ...(queue !== undefined && { queue }),
    ...(agentInterface !== undefined && {
      // A member without a name of its own is named by its interface.
      agent: { id: addresseeOf(agentInterface), ...(name !== undefined && name !== agentInterface && { name }) },
    }),
  };
}
