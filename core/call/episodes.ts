import { withEntries } from '../own-table.ts';
import type { CallState } from './state.ts';

/** Reported episodes that a call's state keeps for each rule. */
const MAX_EPISODES = 16;

/** Marks an episode of a rule, identified by its start, as reported. */
export function reportEpisode(
  state: CallState,
  { ruleId, startMs }: { readonly ruleId: string; readonly startMs: number },
): CallState {
  const reportedMs = [...(state.toldMs[ruleId] ?? []), startMs].sort((a, b) => a - b).slice(-MAX_EPISODES);
  return { ...state, toldMs: withEntries(state.toldMs, [[ruleId, reportedMs]]) };
}

/** Whether an episode was reported. One older than all that are kept counts as reported. */
export function isReported({ toldMs }: CallState, ruleId: string, startMs: number): boolean {
  const reportedMs = toldMs[ruleId] ?? [];
  const isForgotten = reportedMs.length === MAX_EPISODES && startMs < (reportedMs[0] ?? 0);
  return isForgotten || reportedMs.includes(startMs);
}
