import type { Alert } from '../alert.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { decide, remember } from './decide.ts';
import { evolve, type CallEvent } from '../call/evolve.ts';
import { isSameHealth } from '../call/health.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';
import { beginning, momentOfTick, momentOfUtterance, watch } from './watch.ts';

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
  const state = evolve(before, event);
  switch (event.type) {
    case 'CallStarted':
    case 'GapSkipped':
      return raise(watch(state, beginning, rules));
    case 'CallTicked':
      // Also a tick that is not the newest: what it tells may not have been told.
      return raise(watch(state, momentOfTick(event.tick), rules));
    case 'UtteranceTranscribed':
      return state === before ? { state, alerts: [] } : hear(state, event, rules);
    default:
      return { state, alerts: [] };
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

function hear(folded: CallState, utterance: ScoredUtterance, rules: CompiledRules): Fold {
  const reading = rules.phrases.read(utterance.text);
  const state = remember(folded, utterance, rules, reading);
  const said = raise({ state, alerts: decide(state, utterance, rules, reading) });
  // What is late tells nothing of the time: the moments after it have been watched.
  if (utterance.seq !== state.lastUtterance?.seq) return said;
  const passed = raise(watch(said.state, momentOfUtterance(utterance), rules));
  return { state: passed.state, alerts: [...said.alerts, ...passed.alerts] };
}

function raise({ state, alerts }: Fold): Fold {
  return { state: alerts.reduce((before, alert) => evolve(before, { type: 'AlertRaised', alert }), state), alerts };
}
