import type { Alert } from '../alert.ts';
import { evolve, type CallEvent } from '../call/evolve.ts';
import { isSameHealth } from '../call/health.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { callStart, judge, momentOfTick, momentOfUtterance, type JudgeInput } from './judge.ts';

/** A state, and the alerts raised while folding. */
export interface Fold {
  readonly state: CallState;
  readonly alerts: Alert[];
}

/**
 * Applies one event to a call, and the events that the rules conclude from it. Events may arrive in any order and any
 * number of times, but an utterance counts only if it is the next in order or was skipped (see {@link foldUtterances}).
 */
export function advance(before: CallState, event: CallEvent, rules: CompiledRules): Fold {
  let state = evolve(before, event);
  const alerts: Alert[] = [];
  for (const input of inputsAfter(before, event, state)) {
    for (const concluded of judge(state, input, rules)) {
      state = evolve(state, concluded);
      if (concluded.type === 'AlertRaised') alerts.push(concluded.alert);
    }
  }
  return { state, alerts };
}

/** What the rules judge after an event, in order. */
function inputsAfter(before: CallState, event: CallEvent, state: CallState): JudgeInput[] {
  switch (event.type) {
    // What is awaited until the end of a call is judged when it is over.
    case 'CallEnded':
    case 'CallStarted':
    case 'GapSkipped':
      return [callStart];
    case 'CallTicked':
      // Even if it is not the newest: its episodes may not have been reported.
      return [momentOfTick(event.tick)];
    case 'UtteranceTranscribed': {
      if (state === before) return [];
      const utterance: JudgeInput = { type: 'utterance', utterance: event };
      // A late utterance is no new moment: the moments after it have been judged.
      return event.seq === state.lastUtterance?.seq ? [utterance, momentOfUtterance(event)] : [utterance];
    }
    default:
      return [];
  }
}

/** Alerts after which one write folds no further utterance: a transaction holds 100 rows and 4 MB. */
export const ALERTS_A_WRITE = 30;

/**
 * Folds utterances into a call's state up to the first gap, and raises alerts.
 * @param utterances stored ones in order of `seq`: all from `state.nextSeq` on, and any that were skipped before
 * @param most once so many alerts are raised, no further utterance is folded
 */
export function foldUtterances(
  state: CallState,
  utterances: readonly ScoredUtterance[],
  rules: CompiledRules,
  most = Infinity,
): Fold {
  const alerts: Alert[] = [];
  for (const utterance of utterances) {
    if (utterance.seq > state.nextSeq || alerts.length >= most) break;
    const next = advance(state, utterance, rules);
    state = next.state;
    alerts.push(...next.alerts);
  }
  return { state, alerts };
}

/**
 * Whether a state is worth a write: false if only the time of the newest tick differs. Not writing such a state loses
 * nothing: the next tick reports the same.
 */
export function isWorthStoring(before: CallState, after: CallState): boolean {
  const fields = Object.keys({ ...before, ...after }) as (keyof CallState)[];
  return (
    !isSameHealth(before.health, after.health) ||
    fields.some((field) => field !== 'health' && before[field] !== after[field])
  );
}
