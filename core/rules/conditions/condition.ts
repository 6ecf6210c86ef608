import type { z } from 'zod';
import type { LegTick } from '../../call/events.ts';
import type { CallState, ScoredUtterance } from '../../call/state.ts';
import type { PhraseBook, Reading } from '../../text/phrases.ts';
import type { Match, ReasonPart } from '../../alert.ts';
import type { RuleChannel } from '../channel.ts';

/** A rule's memory of a call: numbers and short texts that only its condition interprets. */
export type Memory = readonly (number | string)[];

/** The numbers of a memory, for a condition that keeps no texts: the rule may have had another condition before. */
export function numbersIn(memory: Memory): readonly number[] {
  return memory.every((one) => typeof one === 'number') ? memory : memory.filter((one) => typeof one === 'number');
}

/** An utterance to judge, and the call with it folded in. */
export interface UtteranceContext {
  readonly call: CallState;
  readonly utterance: ScoredUtterance;
  readonly reading: Reading;
}

/** What a condition found in an utterance: the matches, and an explanation for people. */
export interface UtteranceFinding {
  readonly explanation: string;
  readonly matches: Match[];
  /** Of a compound condition: the truth of each part. */
  readonly parts?: ReasonPart[];
}

/** A moment that a call has reached, known from an utterance or a tick. */
export interface Moment {
  readonly atMs: number;
  /** The highest seq published by then. */
  readonly seq: number;
  /** Whether the call was in the rule's scope at that moment. */
  readonly inScope: boolean;
  /** The utterance that ended at this moment; absent for a tick. */
  readonly utterance?: ScoredUtterance;
  /** The legs as the tick reports them; empty for an utterance. */
  readonly legs: readonly LegTick[];
}

/** A state of affairs that time alone brought about, such as a silence. It is reported once for each start. */
export interface Episode {
  /** Its start, which identifies it: the same in every tick that shows it. See {@link beganAtMs}. */
  readonly startMs: number;
  /** When the condition was fulfilled; derived from the episode, not from the tick that shows it. */
  readonly dueMs: number;
  readonly explanation: string;
  /** Of a compound condition: the truth of each part. */
  readonly parts?: ReasonPart[];
}

/**
 * The start of what a tick reports to have lasted for `lastedMs`. Rounded down to the second, so that jitter between
 * ticks hardly ever makes two episodes of one; computed from the tick alone, so that the order of ticks never does.
 */
export function beganAtMs({ atMs }: Moment, lastedMs: number): number {
  return Math.floor(Math.max(0, atMs - lastedMs) / 1_000) * 1_000;
}

/** What a condition concludes from a moment. */
export interface MomentFinding {
  readonly episode?: Episode | undefined;
  /** Further ones, where several end at once. */
  readonly more?: readonly Episode[];
  readonly memory?: Memory;
  readonly deadline?: { readonly dueMs: number; readonly doneMs?: number };
}

/** A compiled condition. */
export interface Check {
  /** The memory after an utterance on the rule's channel, in its scope or not; the same array if nothing changed. */
  readonly remember?: (context: UtteranceContext, memory: Memory, inScope: boolean) => Memory;
  /** Judges an utterance; `memory` includes it already. */
  readonly judge?: (context: UtteranceContext, memory: Memory) => UtteranceFinding | undefined;
  /** The truth of each part at an utterance that `memory` includes, for people who try a rule. */
  readonly partsAt?: (utterance: ScoredUtterance, memory: Memory) => ReasonPart[];
  /**
   * Judges a moment. The result must depend only on the moment and on the utterances up to its `seq`, so that the order
   * of arrival makes no difference.
   */
  readonly watch?: (moment: Moment, call: CallState, memory: Memory) => MomentFinding;
}

/** What a condition is compiled with. */
export interface CompileContext {
  readonly ruleId: string;
  readonly version: number;
  readonly channel: RuleChannel;
  /** When the rule was last changed; 0 if unknown. */
  readonly changedAt: number;
  readonly phrases: PhraseBook;
}

/** One kind of condition: everything that the rule engine needs to know about it. */
export interface ConditionKind<S extends z.ZodObject<{ type: z.ZodLiteral<string> }>> {
  readonly schema: S;
  /** The channels that a rule of this kind can have; all if absent. */
  readonly channels?: readonly RuleChannel[];
  /** Time alone can fulfil it: each episode is reported once, and there is no cooldown. */
  readonly isTimed?: true | ((condition: z.infer<S>) => boolean);
  /** What contradicts itself in a well-formed condition, by its field. */
  readonly contradictions?: (condition: z.infer<S>) => readonly { readonly field: string; readonly message: string }[];
  /** It judges an utterance by its own content alone, so that a late one can be judged too. */
  readonly judgesAlone?: true;
  readonly compile: (condition: z.infer<S>, context: CompileContext) => Check;
}

/** Lets the compiler infer the condition's type from its schema. */
export function conditionKind<S extends z.ZodObject<{ type: z.ZodLiteral<string> }>>(
  kind: ConditionKind<S>,
): ConditionKind<S> {
  return kind;
}
