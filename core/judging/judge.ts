import type { CallTick } from '../call/events.ts';
import type { CallEvent } from '../call/evolve.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { judgeTime, type CallMoment } from './time.ts';
import { judgeWords } from './words.ts';

/** What rules are held against: words, or a moment that the call has reached. */
export type Judged =
  { readonly type: 'words'; readonly utterance: ScoredUtterance } | ({ readonly type: 'moment' } & CallMoment);

/** The beginning of a call, when what is due becomes known. */
export const beginning: Judged = { type: 'moment', atMs: 0, seq: 0, legs: [] };

/** The moment that a relay reports. */
export function momentOfTick({ atMs, lastSeq, scope, legs }: CallTick): Judged {
  return { type: 'moment', atMs, seq: lastSeq, scope, legs };
}

/** The moment at which these words ended. */
export function momentOfUtterance(utterance: ScoredUtterance): Judged {
  const { endMs, seq, scope } = utterance;
  return { type: 'moment', atMs: endMs, seq, scope, utterance, legs: [] };
}

/**
 * What the rules conclude: what they remember of the call, and the alerts they raise. Changes nothing; {@link evolve}
 * applies the events.
 * @param state the call with what is judged folded in
 */
export function judge(state: CallState, judged: Judged, rules: CompiledRules): CallEvent[] {
  return judged.type === 'words' ? judgeWords(state, judged.utterance, rules) : judgeTime(state, judged, rules);
}
