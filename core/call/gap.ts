import type { CallTick } from './events.ts';
import type { CallState, ScoredUtterance } from './state.ts';

type Skipped = CallState['skipped'];

/** Gaps that a call remembers; what comes for an older one is only stored. */
const MAX_GAPS = 50;

/** Utterances are waited for so long, counted from when a later one was stored or the call ended. */
export const GAP_PATIENCE_MS = 10_000;

/** Whether utterances that a relay published before a tick are missing in the state: then look for a gap to skip. */
export function isBehind(state: CallState, tick: CallTick): boolean {
  return tick.lastSeq >= state.nextSeq;
}

/**
 * The event that gives up what did not come in time; undefined where nothing is overdue.
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
  return toSeq > state.nextSeq && now - since >= GAP_PATIENCE_MS ? { type: 'GapSkipped', toSeq } : undefined;
}

/** Goes on with `toSeq`; what lies before and has not come is given up. */
export function skipTo(state: CallState, toSeq: number): CallState {
  if (toSeq <= state.nextSeq) return state;
  const gap: Skipped[number] = [state.nextSeq, toSeq - 1];
  return { ...state, nextSeq: toSeq, skipped: [...state.skipped, gap].slice(-MAX_GAPS) };
}

/** Whether an utterance was given up and has not come since. */
export function isSkipped(skipped: Skipped, seq: number): boolean {
  return skipped.some(([first, last]) => first <= seq && seq <= last);
}

/** What is still missing when one of the skipped has come. */
export function withoutSkipped(skipped: Skipped, seq: number): Skipped {
  return skipped.flatMap(([first, last]): Skipped => {
    if (seq < first || last < seq) return [[first, last]];
    return (
      [
        [first, seq - 1],
        [seq + 1, last],
      ] satisfies Skipped
    ).filter(([from, to]) => from <= to);
  });
}
