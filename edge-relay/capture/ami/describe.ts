import type { Channel } from '#core/ids.ts';
import type { LegDescription } from '../../leg-contract.ts';
import { callerCodeIn } from '../../enrich/vicidial/caller-code.ts';
import { extensionOf, olderId } from './channel-name.ts';
import type { Channels, Member, TrackedChannel } from './channels.ts';
import { isSupervisor } from './supervisors.ts';

/** Channels that lead to the outside world begin so; who is on one is the caller, whoever called. */
export type Trunks = readonly string[];

/** What is known of one leg of a call, by who is on the line with whom and who called whom. */
export function describeLeg(
  channel: TrackedChannel,
  uuid: string,
  channels: Channels,
  trunks: Trunks,
): LegDescription & { linkedid: string } {
  const parties = partiesOf(channel, channels);
  const agents = parties.filter((party) => sideOf(party, channels, trunks) === 'agent');
  const caller = parties.find((party) => sideOf(party, channels, trunks) === 'caller');
  const agent = agents.includes(channel) ? channel : agents.length === 1 ? agents[0] : undefined;
  const member = agent && memberOf(agent, channels);
  const queue = member?.queue ?? caller?.member?.queue;
  return {
    uuid,
    linkedid: callLinkedid(channel, channels, trunks),
    channel: sideOf(channel, channels, trunks),
    ...(agent && { agent: member?.agent ?? { id: extensionOf(agent.name) } }),
    ...(caller && Object.keys(shownOf(caller)).length > 0 && { caller: shownOf(caller) }),
    ...(queue !== undefined && { queue }),
    diallerKeys: diallerKeysOf(channel, channels),
  };
}

/** A dialler writes its own name of the call where the caller's name belongs. */
function shownOf({ caller: { name, ...caller } }: TrackedChannel): TrackedChannel['caller'] {
  return name === undefined || callerCodeIn(name) ? caller : { ...caller, name };
}

/** Longer ones are no dialler's; and calls have few channels. */
const MAX_KEY_LENGTH = 128;
const MAX_KEYS = 20;

/** All channels that belong to the call, also those that only join others to it. */
function diallerKeysOf(channel: TrackedChannel, channels: Channels): NonNullable<LegDescription['diallerKeys']> {
  const parties = channels.conversation(channel);
  const kin = [...new Set([...parties, ...parties.flatMap(({ linkedid }) => channels.linked(linkedid))])];
  const keys = (keyOf: (one: TrackedChannel) => string | undefined) =>
    [...new Set(kin.map(keyOf))]
      .filter((key) => key !== undefined)
      .filter(({ length }) => length <= MAX_KEY_LENGTH)
      .slice(0, MAX_KEYS);
  return {
    uniqueids: keys(({ uniqueid }) => uniqueid),
    asteriskChannels: keys(({ name }) => name),
    callerNames: keys(({ caller }) => caller.name),
  };
}

/** Who speaks on the channel. */
export function sideOf(channel: TrackedChannel, channels: Channels, trunks: Trunks): Channel {
  if (isTrunk(channel, trunks)) return 'caller';
  const others = [...channels.conversation(channel), ...channels.linked(channel.linkedid)];
  if (others.some((other) => isTrunk(other, trunks))) return 'agent';
  if (channel.bridge?.isConference) return 'mixed';
  return channel.dialledBy !== undefined || channel.wasMadeForCall ? 'agent' : 'caller';
}

/**
 * The id that all legs of the conversation have in common. In a conference an agent stays while calls come and go, so
 * there it is that of the outside party; elsewhere the oldest, as Asterisk itself joins calls.
 */
function callLinkedid(channel: TrackedChannel, channels: Channels, trunks: Trunks): string {
  const parties = channels.conversation(channel);
  const outside = parties.filter((party) => isTrunk(party, trunks));
  const from = parties.some((party) => party.bridge?.isConference) && outside.length > 0 ? outside : parties;
  const oldest = from.map(({ linkedid }) => linkedid).reduce(olderId, from[0]?.linkedid ?? channel.linkedid);
  return oldest.replace(/[^\w.:-]/g, '_').slice(-64);
}

/** Who is on the line, but for supervisors, and who has called but is not in the bridge yet. */
function partiesOf(channel: TrackedChannel, channels: Channels): TrackedChannel[] {
  const root = [...channels.diallers(channel)].at(-1);
  const parties = new Set([...channels.conversation(channel), ...(root && channels.isEnd(root) ? [root] : [])]);
  return [...parties].filter((party) => !isSupervisor(party, channels));
}

/** A queue names its member on the channel it calls, which may be the first of a chain of Local channels. */
export function memberOf(channel: TrackedChannel, channels: Channels): Member | undefined {
  if (channel.member) return channel.member;
  for (const dialler of channels.diallers(channel))
    if (dialler.member?.agent) {
      // Kept here: the chain may go when Asterisk optimises it away.
      channel.member = dialler.member;
      break;
    }
  return channel.member;
}

export function isTrunk({ name }: TrackedChannel, trunks: Trunks): boolean {
  return trunks.some((prefix) => name.startsWith(prefix));
}
