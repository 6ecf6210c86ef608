import type { z } from 'zod';
import type { LegTick } from '../../call/events.ts';
import type { CallState, ScoredUtterance } from '../../call/state.ts';
import type { PhraseBook, Reading } from '../../text/phrases.ts';
import type { Match } from '../../alert.ts';
import type { RuleChannel } from '../channel.ts';

/** What a rule remembers of a call: numbers that only its condition understands. */
export type Memory = readonly number[];

/** An utterance that a rule listens to, folded into its call already. */
export interface Heard {
  readonly call: CallState;
  readonly utterance: ScoredUtterance;
  readonly reading: Reading;
}

/** What a condition found: the words, and a sentence for a person. */
export interface Finding {
  readonly explanation: string;
  readonly matches: Match[];
}

/** A moment that a call has reached, as an utterance or a tick tells it. */
export interface Moment {
  readonly atMs: number;
  /** Every utterance that was published by then has this seq or a lower one. */
  readonly seq: number;
  /** Whether the call was in the rule's scope then. */
  readonly inScope: boolean;
  /** The words that tell the moment; missing where a tick tells it. */
  readonly utterance?: ScoredUtterance;
  /** The legs as the tick reports them. */
  readonly legs: readonly LegTick[];
}

/** Something that time alone brought about. It is told once for each beginning, whoever sees it first. */
export interface Episode {
  /** Its beginning, by which it is known: the same in every tick that sees it. See {@link beganAtMs}. */
  readonly startMs: number;
  /** When the condition was fulfilled: a fact of the episode, not of the tick. */
  readonly dueMs: number;
  readonly explanation: string;
}

/**
 * When something began that a tick says has lasted for so long: to the second, so that two readings of one clock
 * hardly ever make two of it, and by the tick alone, so that no order of ticks does.
 */
export function beganAtMs({ atMs }: Moment, lastedMs: number): number {
  return Math.floor(Math.max(0, atMs - lastedMs) / 1_000) * 1_000;
}

/** What a condition makes of a moment. */
export interface Sighting {
  readonly episode?: Episode | undefined;
  readonly memory?: Memory;
  readonly deadline?: { readonly dueMs: number; readonly doneMs?: number };
}

/** A condition made ready to run. */
export interface Check {
  /** What is remembered after an utterance of the rule's side, be it in the rule's scope or not. */
  readonly remember?: (heard: Heard, memory: Memory) => Memory;
  /** Judges an utterance; `memory` holds it already. */
  readonly judge?: (heard: Heard, memory: Memory) => Finding | undefined;
  /**
   * Judges a moment. What it tells must follow from the moment and from the utterances up to the moment's `seq`, so
   * that no order of arrival makes a difference.
   */
  readonly watch?: (moment: Moment, call: CallState, memory: Memory) => Sighting;
}

/** What a condition is made ready with. */
export interface Workshop {
  readonly ruleId: string;
  readonly channel: RuleChannel;
  /** When the rule was last changed; 0 where nobody knows. */
  readonly changedAt: number;
  readonly phrases: PhraseBook;
}

/** One kind of condition: everything that the engine needs to know of it. */
export interface ConditionKind<S extends z.ZodObject<{ type: z.ZodLiteral<string> }>> {
  readonly schema: S;
  /** The sides that a rule of this kind can listen to; any side where missing. */
  readonly channels?: readonly RuleChannel[];
  /** Time alone can fulfil it: it is told once for each beginning, and has no cooldown. */
  readonly isTimed?: true;
  /** It judges an utterance by nothing but the utterance: one that comes late is judged all the same. */
  readonly judgesAlone?: true;
  readonly compile: (condition: z.infer<S>, workshop: Workshop) => Check;
}

/** Lets the compiler infer the condition's type from its schema. */
export function conditionKind<S extends z.ZodObject<{ type: z.ZodLiteral<string> }>>(
  kind: ConditionKind<S>,
): ConditionKind<S> {
  return kind;
}
