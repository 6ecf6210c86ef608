import type { CallTick } from '#core/call/events.ts';
import type { Channel } from '#core/ids.ts';
import { RELAY_SILENCE_MS } from '#core/contracts/events.ts';
import type { CallSummary } from '#core/call/summary.ts';
import type { Board } from './board.ts';

/** Whether we hear a call, and what is wrong if we do not; `ms` is for how long. */
export type Health =
  | { readonly kind: 'lost'; readonly ms: number }
  | { readonly kind: 'unheard'; readonly channel: Channel; readonly ms: number }
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'silent'; readonly channel: Channel; readonly ms: number }
  | { readonly kind: 'one-sided'; readonly channel: Channel }
  | { readonly kind: 'restarting'; readonly ms: number }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'hearing' };

/** A leg without audio for so long is not heard. */
const UNHEARD_MS = 10_000;
/** A side that is silent for so long is reported. */
const SILENT_MS = 20_000;
/** An engine so far behind makes the text late. */
const LATE_MS = 5_000;

/** The worst that is known of a live call's hearing. `now` is by the server's clock. */
export function healthOf(board: Board, call: CallSummary, now: number): Health {
  const silentMs = now - lastSignAt(board, call);
  if (call.status === 'lost' || silentMs >= RELAY_SILENCE_MS) return { kind: 'lost', ms: silentMs };
  const known = board.ticks.get(call.callId);
  if (known?.tick.isRestarting) return { kind: 'restarting', ms: silentMs };
  if (!known || known.tick.legs.length === 0) return { kind: 'waiting' };
  return legsHealth(known.tick, Math.max(0, now - known.tickedAt));
}

function legsHealth({ legs }: CallTick, tickAgeMs: number): Health {
  const unheard = legs.find((leg) => leg.lastAudioAgeMs + tickAgeMs >= UNHEARD_MS && leg.lastAudioAgeMs >= LATE_MS);
  if (unheard) return { kind: 'unheard', channel: unheard.channel, ms: unheard.lastAudioAgeMs + tickAgeMs };
  const lagMs = Math.max(...legs.map((leg) => leg.engineLagMs));
  if (lagMs >= LATE_MS) return { kind: 'late', ms: lagMs };
  const silent = legs.find((leg) => leg.silenceMs >= SILENT_MS);
  if (silent) return { kind: 'silent', channel: silent.channel, ms: silent.silenceMs + tickAgeMs };
  const [first, second] = legs;
  if (first && !second && first.channel !== 'mixed') return { kind: 'one-sided', channel: first.channel };
  return { kind: 'hearing' };
}

/** When the call's relay last reported it. */
export function lastSignAt(board: Board, call: CallSummary): number {
  const tickedAt = board.ticks.get(call.callId)?.tickedAt ?? board.relays.get(call.relayId)?.tickedAt ?? 0;
  return Math.max(tickedAt, call.startedAt + (call.lastUtterance?.endMs ?? 0));
}

/** Whether to show a person that this call cannot be heard. */
export function isUnheard({ kind }: Health): boolean {
  return kind === 'lost' || kind === 'restarting' || kind === 'unheard' || kind === 'one-sided';
}
