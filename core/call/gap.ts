import type { CallTick } from './events.ts';
import type { CallState, ScoredUtterance } from './state.ts';

type Skipped = CallState['skipped'];

/** Gaps that a call's state keeps; late utterances of older ones are stored but not counted. */
const MAX_GAPS = 50;

/** How long to wait for a missing utterance, from when a later one was stored or the call ended. */
export const GAP_TIMEOUT_MS = 10_000;

/** Whether the state lacks utterances that the relay published before a tick, so that there may be a gap to skip. */
export function isBehind(state: CallState, tick: CallTick): boolean {
  return tick.lastSeq >= state.nextSeq;
}

/**
 * The event that skips the utterances that are overdue; undefined if none are.
 * @param waiting the stored utterances from `state.nextSeq` on, in order of `seq`
 */
export function overdueGap(
  state: CallState,
  waiting: readonly ScoredUtterance[],
  now: number,
): { type: 'GapSkipped'; toSeq: number } | undefined {
  const next = waiting[0];
  const [toSeq, since] = next
    ? [next.seq, next.ingestedAt]
    : [(state.lastSeq ?? 0) + 1, state.status === 'ended' ? (state.endedAt ?? now) : now];
  return toSeq > state.nextSeq && now - since >= GAP_TIMEOUT_MS ? { type: 'GapSkipped', toSeq } : undefined;
}

/** Continues with `toSeq`; missing utterances before it are skipped. */
export function skipTo(state: CallState, toSeq: number): CallState {
  if (toSeq <= state.nextSeq) return state;
  const gap: Skipped[number] = [state.nextSeq, toSeq - 1];
  return { ...state, nextSeq: toSeq, skipped: [...state.skipped, gap].slice(-MAX_GAPS) };
}

/** Whether an utterance was skipped and has not arrived since. */
export function isSkipped(skipped: Skipped, seq: number): boolean {
  return skipped.some(([first, last]) => first <= seq && seq <= last);
}

/** The skipped ranges without one seq that has arrived. */
export function withoutSkipped(skipped: Skipped, seq: number): Skipped {
  return skipped
    .flatMap(([first, last]): Skipped => {
      if (seq < first || last < seq) return [[first, last]];
      return (
        [
          [first, seq - 1],
          [seq + 1, last],
        ] satisfies Skipped
      ).filter(([from, to]) => from <= to);
    })
    .slice(-MAX_GAPS);
}
