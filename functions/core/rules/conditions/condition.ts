import type { CallState, ScoredUtterance } from '../../call/state.ts';
import type { Match } from '../alert.ts';

/** What a condition found: the words, and a sentence for a person. */
export interface Finding {
  readonly explanation: string;
  readonly matches: Match[];
}

/** A condition made ready to run. `state` has the utterance folded in already. */
export type Check = (state: CallState, utterance: ScoredUtterance) => Finding | undefined;
