import type { Alert } from '../rules/alert.ts';
import type { CompiledRule } from '../rules/compile.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { CallState, ScoredUtterance } from './state.ts';

/** A state and the alerts that were raised on the way to it. */
export interface Fold {
  readonly state: CallState;
  readonly alerts: Alert[];
}

/**
 * Folds utterances into a call's state and raises alerts, up to the first hole.
 * @param utterances stored ones from `state.nextSeq` on, in order of `seq`
 */
export function foldUtterances(
  state: CallState,
  utterances: readonly ScoredUtterance[],
  rules: readonly CompiledRule[],
): Fold {
  const alerts: Alert[] = [];
  for (const utterance of utterances) {
    if (utterance.seq !== state.nextSeq) break;
    state = evolve(state, utterance);
    for (const alert of decide(state, utterance, rules)) {
      state = evolve(state, { type: 'AlertRaised', alert });
      alerts.push(alert);
    }
  }
  return { state, alerts };
}
