import type { CallState } from './state.ts';

type Skipped = CallState['skipped'];

/** Gaps that a call remembers; what comes for an older one is only stored. */
const MAX_GAPS = 50;

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
