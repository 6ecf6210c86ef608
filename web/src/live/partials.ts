import type { ScoredUtterance } from '#core/call/state.ts';
import type { Channel } from '#core/ids.ts';
import type { ServerMessage } from '#core/contracts/live.ts';

type PartialMessage = Extract<ServerMessage, { type: 'partial' }>;

/** Words that are being said and may still change. */
export interface HeardPartial {
  readonly channel: Channel;
  readonly startMs: number;
  readonly text: string;
  /** When the engine gave them, by the relay's clock: which of two is newer. */
  readonly heardAt: number;
  /** When they came, by the server's. */
  readonly cameAt: number;
}

/** The newest words of each side of the calls that are open. */
export type Partials = ReadonlyMap<string, ReadonlyMap<Channel, HeardPartial>>;

export const noPartials: Partials = new Map();

/** Words without news for so long were lost on their way, or turned out to be nothing. */
export const PARTIAL_LIFE_MS = 10_000;

/** Keeps what is newer of its side; what comes late or twice changes nothing. */
export function withPartial(partials: Partials, message: PartialMessage, cameAt: number): Partials {
  const { callId, channel, startMs, text, heardAt } = message;
  const ofCall = partials.get(callId);
  if ((ofCall?.get(channel)?.heardAt ?? -1) >= heardAt) return partials;
  const next = new Map(ofCall).set(channel, { channel, startMs, text, heardAt, cameAt });
  return new Map(partials).set(callId, next);
}

export function withoutCall(partials: Partials, callId: string): Partials {
  if (!partials.has(callId)) return partials;
  const next = new Map(partials);
  next.delete(callId);
  return next;
}

/**
 * The words that no utterance has replaced yet, by their beginning: one that ends after they began holds them.
 * @param lines the call's utterances in order of seq
 * @param now by the server's clock
 */
export function shownPartials(
  ofCall: ReadonlyMap<Channel, HeardPartial> | undefined,
  lines: readonly ScoredUtterance[],
  now: number,
): HeardPartial[] {
  return [...(ofCall?.values() ?? [])]
    .filter(
      ({ channel, startMs, cameAt }) =>
        now - cameAt < PARTIAL_LIFE_MS && !lines.some((line) => line.channel === channel && line.endMs > startMs),
    )
    .sort((a, b) => a.startMs - b.startMs);
}
