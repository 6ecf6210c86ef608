import type { CallState } from './state.ts';

/** Episodes of one rule that a call remembers. */
const MAX_EPISODES = 16;

/** The call with an episode of a rule, known by its beginning, as reported. */
export function reportEpisode(
  state: CallState,
  { ruleId, startMs }: { readonly ruleId: string; readonly startMs: number },
): CallState {
  const reportedMs = [...(state.toldMs[ruleId] ?? []), startMs].sort((a, b) => a - b).slice(-MAX_EPISODES);
  return { ...state, toldMs: { ...state.toldMs, [ruleId]: reportedMs } };
}

/** Whether an episode was reported. One that is older than all that are remembered was, or no longer matters. */
export function isReported({ toldMs }: CallState, ruleId: string, startMs: number): boolean {
  const reportedMs = toldMs[ruleId] ?? [];
  const isForgotten = reportedMs.length === MAX_EPISODES && startMs < (reportedMs[0] ?? 0);
  return isForgotten || reportedMs.includes(startMs);
}
