import type { Channel } from '../ids.ts';
import type { CallMetadata } from './events.ts';

/** The side across; of a leg that has both sides it is the same. */
export function otherSide(channel: Channel): Channel {
  if (channel === 'mixed') return channel;
  return channel === 'agent' ? 'caller' : 'agent';
}

type Swaps = Pick<CallMetadata, 'swappedAfter'>;

/** Whether somebody has found that who was taken for the agent is the caller. */
export function isSwapped({ swappedAfter = [] }: Swaps): boolean {
  return swappedAfter.length % 2 === 1;
}

/** Who said a line, by what is known now: a swap counts for what was said before it, too. */
export function spokenBy({ seq, channel }: { seq: number; channel: Channel }, { swappedAfter = [] }: Swaps): Channel {
  const later = swappedAfter.filter((lastSeq) => lastSeq >= seq).length;
  return later % 2 === 1 ? otherSide(channel) : channel;
}
