import type { Alert } from '../alert.ts';
import { evolve, type CallEvent } from '../call/evolve.ts';
import { isSameHealth } from '../call/health.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { beginning, judge, momentOfTick, momentOfUtterance, type Judged } from './judge.ts';

/** A state and the alerts that were raised on the way to it. */
export interface Fold {
  readonly state: CallState;
  readonly alerts: Alert[];
}

/**
 * Takes one event into a call and raises what it sets off. Events may come in any order and any number of times, but
 * an utterance counts only when it is the next in order or was skipped before (see {@link foldUtterances}).
 */
export function advance(before: CallState, event: CallEvent, rules: CompiledRules): Fold {
  let state = evolve(before, event);
  const alerts: Alert[] = [];
  for (const judged of judgedAfter(before, event, state)) {
    for (const concluded of judge(state, judged, rules)) {
      state = evolve(state, concluded);
      if (concluded.type === 'AlertRaised') alerts.push(concluded.alert);
    }
  }
  return { state, alerts };
}

/** What the rules are held against after an event, one after the other. */
function judgedAfter(before: CallState, event: CallEvent, state: CallState): Judged[] {
  switch (event.type) {
    case 'CallStarted':
    case 'GapSkipped':
      return [beginning];
    case 'CallTicked':
      // Also a tick that is not the newest: what it shows may not have been reported.
      return [momentOfTick(event.tick)];
    case 'UtteranceTranscribed': {
      if (state === before) return [];
      const words: Judged = { type: 'words', utterance: event };
      // What is late says nothing of the time: the moments after it have been judged.
      return event.seq === state.lastUtterance?.seq ? [words, momentOfUtterance(event)] : [words];
    }
    default:
      return [];
  }
}

/**
 * Folds utterances into a call's state and raises alerts, up to the first hole.
 * @param utterances stored ones in order of `seq`: all from `state.nextSeq` on, and any that were skipped before
 */
export function foldUtterances(state: CallState, utterances: readonly ScoredUtterance[], rules: CompiledRules): Fold {
  const alerts: Alert[] = [];
  for (const utterance of utterances) {
    if (utterance.seq > state.nextSeq) break;
    const next = advance(state, utterance, rules);
    state = next.state;
    alerts.push(...next.alerts);
  }
  return { state, alerts };
}

/**
 * Whether a state is worth a write: false where nothing but the time of the newest tick is new. Who leaves such a
 * state unwritten loses nothing: the next tick says the same.
 */
export function isWorthStoring(before: CallState, after: CallState): boolean {
  const fields = Object.keys({ ...before, ...after }) as (keyof CallState)[];
  return (
    !isSameHealth(before.health, after.health) ||
    fields.some((field) => field !== 'health' && before[field] !== after[field])
  );
}
