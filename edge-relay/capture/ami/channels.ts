import { MAX_NAME_LENGTH } from '#core/fields.ts';
import { plainName } from '#core/text/plain-name.ts';
import { isMachine, localPeer } from './channel-name.ts';
import type { AmiMessage } from './protocol.ts';

export interface Member {
  readonly queue?: string;
  readonly agent?: { readonly id: string; readonly name?: string };
}

export interface Bridge {
  readonly id: string;
  /** A conference: people come and go, and nobody has called anybody. */
  readonly isConference: boolean;
  /** Who is in it waits alone: parked, or on hold by a queue. */
  readonly isHolding: boolean;
}

/** Who has come to a bridge. */
export interface Presence extends Bridge {
  /** Counts on with each who enters any bridge: those who were there before have lower ones. */
  readonly entry: number;
}

/** The call that a channel is known to belong to. */
export interface KnownCall {
  readonly linkedid: string;
  /** The channel of its caller, and what it showed of them. */
  readonly caller?: { readonly uniqueid: string; readonly shown: TrackedChannel['caller'] };
}

/** A tap on a channel. */
export interface Tap {
  readonly uuid: string;
  /** Its audio comes to this relay; false for that of another. */
  readonly isOurs: boolean;
  /** Asterisk has begun to send it. */
  hasStarted?: boolean;
  /** The last description of it, and of which call. */
  reported?: string;
  linkedid?: string;
  /** The dialplan placed it, and it alone can place another. */
  readonly isFixed?: boolean;
}

/** How long a caller waited in queues. */
export interface Wait {
  /** In queues that they have left. */
  readonly pastMs: number;
  /** Since when they wait in the present one. */
  readonly since?: number;
}

/** Channels that lead to the outside world begin so; who is on one is the caller, whoever called. */
export type Trunks = readonly string[];

/** What is known of one of Asterisk's channels. */
export interface TrackedChannel {
  readonly uniqueid: string;
  name: string;
  linkedid: string;
  /** Whether it was made for another channel's call, as its ids were when it was first seen. */
  readonly wasMadeForCall: boolean;
  /** It is that of a trunk; undefined where no trunk was known when it came, which stays so while the channel lasts. */
  leadsOutside?: boolean;
  readonly contexts: Set<string>;
  caller: { number?: string; name?: string };
  bridge?: Presence;
  call?: KnownCall;
  /** Uniqueid of the channel that dialled it. */
  dialledBy?: string;
  hasDialled: boolean;
  /** It has dialled somebody outside. */
  hasDialledOut?: boolean;
  member?: Member;
  tap?: Tap;
  tapsPlaced: number;
  /** Its time in queues. */
  wait?: Wait;
}

/** A name or a number as Asterisk sends it, cleaned; undefined for its placeholder for an unknown one. */
export function known(value: string | undefined): string | undefined {
  const text = plainName((value ?? '').slice(0, MAX_NAME_LENGTH));
  return text === '' || text === '<unknown>' ? undefined : text;
}

/** Asterisk's channels as its events describe them, and how they are connected. */
export class Channels {
  readonly #trunks: Trunks;
  readonly #byId = new Map<string, TrackedChannel>();
  readonly #byName = new Map<string, TrackedChannel>();

  /** @param trunks may change: channels that come later go by it */
  constructor(trunks: Trunks) {
    this.#trunks = trunks;
  }

  get(uniqueid: string | undefined): TrackedChannel | undefined {
    return uniqueid === undefined ? undefined : this.#byId.get(uniqueid);
  }

  named(name: string | undefined): TrackedChannel | undefined {
    return name === undefined ? undefined : this.#byName.get(name);
  }

  all(): IterableIterator<TrackedChannel> {
    return this.#byId.values();
  }

  /** Applies the state of the channel that an event's headers (those that begin with `prefix`) are about. */
  see(message: AmiMessage, prefix: '' | 'Dest' = ''): TrackedChannel | undefined {
    const header = (name: string) => message.get(prefix + name);
    const [name, uniqueid] = [header('Channel'), header('Uniqueid')];
    if (name === undefined || uniqueid === undefined || isMachine(name)) return undefined;
    const linkedid = known(header('Linkedid')) ?? uniqueid;
    const channel: TrackedChannel = this.#byId.get(uniqueid) ?? {
      uniqueid,
      name,
      linkedid,
      wasMadeForCall: linkedid !== uniqueid,
      ...this.#leading(name),
      contexts: new Set(),
      caller: {},
      hasDialled: false,
      tapsPlaced: 0,
    };
    channel.linkedid = linkedid;
    const context = known(header('Context'));
    if (context !== undefined) channel.contexts.add(context);
    const [number, callerName] = [known(header('CallerIDNum')), known(header('CallerIDName'))];
    channel.caller = { ...(number !== undefined && { number }), ...(callerName !== undefined && { name: callerName }) };
    this.#byId.set(uniqueid, channel);
    this.#byName.set(channel.name, channel);
    return channel;
  }

  rename(uniqueid: string, name: string): void {
    const channel = this.#byId.get(uniqueid);
    if (!channel) return;
    this.#byName.delete(channel.name);
    channel.name = name;
    Object.assign(channel, this.#leading(name));
    this.#byName.set(name, channel);
  }

  #leading(name: string): Pick<TrackedChannel, 'leadsOutside'> {
    if (this.#trunks.length === 0) return {};
    return { leadsOutside: this.#trunks.some((prefix) => name.startsWith(prefix)) };
  }

  remove({ uniqueid, name }: TrackedChannel): void {
    this.#byId.delete(uniqueid);
    this.#byName.delete(name);
  }

  clear(): void {
    this.#byId.clear();
    this.#byName.clear();
  }

  /**
   * Somebody or something speaks here: no half of a Local channel that only passes on what the other half hears, be it
   * that a dialler's application waits there for an agent.
   */
  isEnd({ name, hasDialledOut }: TrackedChannel): boolean {
    const peer = localPeer(name);
    if (peer === undefined) return true;
    if (hasDialledOut) return false;
    const other = this.#byName.get(peer);
    // A half that no event has described yet may turn out to join others.
    return other !== undefined && !other.hasDialled && other.dialledBy === undefined && other.bridge === undefined;
  }

  /** Who hears whom: the ends in a channel's bridge, and in those that Local channels join to it. */
  conversation(from: TrackedChannel): TrackedChannel[] {
    const found = new Set([from]);
    for (const channel of found) {
      const peer = this.named(localPeer(channel.name));
      if (peer) found.add(peer);
      if (!channel.bridge) continue;
      for (const other of this.#byId.values()) if (other.bridge?.id === channel.bridge.id) found.add(other);
    }
    return [...found].filter((channel) => this.isEnd(channel));
  }

  /** All channels of a call, whether they are bridged yet or not. */
  linked(linkedid: string): TrackedChannel[] {
    return [...this.#byId.values()].filter((channel) => channel.linkedid === linkedid);
  }

  /** The channels that led to this one, nearest first: who dialled it, through Local channels, and so on. */
  *diallers(channel: TrackedChannel): Generator<TrackedChannel> {
    const seen = new Set<string>();
    for (let at = this.get(channel.dialledBy); at && !seen.has(at.uniqueid);) {
      seen.add(at.uniqueid);
      yield at;
      at = this.get(at.dialledBy) ?? this.named(localPeer(at.name));
    }
  }
}
