import type { Channels, TrackedChannel } from './channels.ts';

/** Calls by which the relay brings people to the telephone have ids that begin so. */
export const OWN_CALLS = 'earshot-';

/** What ViciDial names the calls that bring a supervisor into an agent's session. */
const BLIND_MONITOR = 'VC Blind Monitor';

/** On the channel is somebody who listens to a call of others. It is none of its sides. */
export function isSupervisor(channel: TrackedChannel, channels: Channels): boolean {
  return [channel, ...channels.diallers(channel)].some(
    ({ linkedid, caller }) => linkedid.startsWith(OWN_CALLS) || caller.name === BLIND_MONITOR,
  );
}
