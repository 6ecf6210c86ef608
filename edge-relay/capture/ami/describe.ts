import type { Channel } from '#core/ids.ts';
import type { LegDescription } from '../../leg-contract.ts';
import { isDiallersName } from '../../enrich/vicidial/caller-code.ts';
import { extensionOf, olderId } from './channel-name.ts';
import type { Channels, KnownCall, Member, TrackedChannel, Wait } from './channels.ts';
import { isSupervisor } from './supervisors.ts';

/** What is known of one leg of a call, by who is on the line with whom and who called whom. */
export function describeLeg(
  channel: TrackedChannel,
  uuid: string,
  channels: Channels,
  now: number,
): LegDescription & { linkedid: string } {
  const parties = partiesOf(channel, channels);
  const agents = parties.filter((party) => sideOf(party, channels) === 'agent');
  const caller = parties.find((party) => sideOf(party, channels) === 'caller');
  const call = callOf(channel, channels);
  const agent = agents.includes(channel) ? channel : agents.length === 1 ? agents[0] : undefined;
  const member = agent && memberOf(agent, channels);
  const queue = member?.queue ?? caller?.member?.queue;
  const waits = parties.flatMap(({ wait }) => wait ?? []);
  return {
    uuid,
    linkedid: call.linkedid,
    channel: sideOf(channel, channels),
    ...(agent && { agent: member?.agent ?? { id: extensionOf(agent.name) } }),
    ...(call.caller && Object.keys(call.caller.shown).length > 0 && { caller: call.caller.shown }),
    ...(queue !== undefined && { queue }),
    ...(waits.length > 0 && { queueMs: Math.max(...waits.map((wait) => waitedMs(wait, now))) }),
    ifSwapped: whoIfSwapped(parties, channels),
    diallerKeys: diallerKeysOf(channel, channels),
  };
}

/** Who they are if the agent is on the caller's side. */
function whoIfSwapped(
  parties: readonly TrackedChannel[],
  channels: Channels,
): NonNullable<LegDescription['ifSwapped']> {
  const on = (side: Channel) => parties.filter((party) => sideOf(party, channels) === side);
  const [agents, [caller]] = [on('caller'), on('agent')];
  const [agent] = agents;
  return {
    ...(agent && agents.length === 1 && { agent: memberOf(agent, channels)?.agent ?? { id: extensionOf(agent.name) } }),
    ...(caller && { caller: shownOf(caller) }),
  };
}

/** How long a caller has waited by now. */
export function waitedMs({ pastMs, since }: Wait, now: number): number {
  return pastMs + (since === undefined ? 0 : Math.max(0, now - since));
}

/** The call that the channel belongs to. Its caller stays who they are, when they have left the others too. */
export function callOf(channel: TrackedChannel, channels: Channels): KnownCall {
  const linkedid = callLinkedid(channel, channels);
  const parties = partiesOf(channel, channels);
  const known = parties.map(({ call }) => call).find((call) => call?.linkedid === linkedid && call.caller)?.caller;
  const isThere = parties.some(({ uniqueid }) => uniqueid === known?.uniqueid);
  if (known && !isThere) return { linkedid, caller: known };
  const callers = parties.filter((party) => sideOf(party, channels) === 'caller');
  const caller = callers.find(({ uniqueid }) => uniqueid === known?.uniqueid) ?? callers[0];
  return { linkedid, ...(caller && { caller: { uniqueid: caller.uniqueid, shown: shownOf(caller) } }) };
}

/** A dialler writes its own name of the call where the caller's name belongs. */
function shownOf({ caller: { name, ...caller } }: TrackedChannel): TrackedChannel['caller'] {
  return name === undefined || isDiallersName(name) ? caller : { ...caller, name };
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
export function sideOf(channel: TrackedChannel, channels: Channels): Channel {
  if (channel.leadsOutside) return 'caller';
  const others = [...channels.conversation(channel), ...channels.linked(channel.linkedid)];
  if (others.some(({ leadsOutside }) => leadsOutside)) return 'agent';
  if (channel.bridge?.isConference) return 'mixed';
  return channel.dialledBy !== undefined || channel.wasMadeForCall ? 'agent' : 'caller';
}

/**
 * The id that all legs of the conversation have in common. In a conference people come and go, and the call that is known
 * there goes on, whoever enters or leaves; at first it is that of the outside party, for an agent stays from call to call.
 * Elsewhere it is the oldest, as Asterisk itself joins calls.
 */
function callLinkedid(channel: TrackedChannel, channels: Channels): string {
  const parties = channels.conversation(channel);
  const conferring = parties.some(({ bridge }) => bridge?.isConference);
  const known = parties
    .filter(({ call }) => conferring && call !== undefined)
    .sort((a, b) => (a.bridge?.entry ?? 0) - (b.bridge?.entry ?? 0));
  if (known[0]?.call) return known[0].call.linkedid;
  const outside = parties.filter(({ leadsOutside }) => leadsOutside);
  const from = conferring && outside.length > 0 ? outside : parties;
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
