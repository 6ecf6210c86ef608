import type { Memory } from '../condition.ts';
import { shortened } from '../../../kept.ts';

/** When a condition of a part held last, and in what words; a seq of 0 means never. */
export interface Occurrence {
  readonly seq: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly turn: number;
  readonly words: string;
}

/** What was found, while it is awaited what does not follow. */
export interface Wait {
  /** The utterance that completed what was to be found; 0 where nothing was, and the phase began. */
  readonly seq: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly turn: number;
  /** What was awaited not to happen did. */
  readonly isBroken: boolean;
  /** The first utterance or tick that proves that it is over, and when it was over; known for some waits only. */
  readonly overSeq: number;
  readonly overMs: number;
  /** For each condition that had to hold. */
  readonly found: readonly Occurrence[];
}

/** A compound condition's memory of a call, in names. */
export interface CompoundMemory {
  /** Turns so far, and the side that has the word. */
  readonly turn: number;
  readonly side: number;
  /** The utterance with which the phase began; 0 if it has not. */
  readonly phaseSeq: number;
  /** The newest utterance was in the rule's scope. */
  readonly isInScope: boolean;
  /** For each condition. */
  readonly last: readonly Occurrence[];
  /** The memory of each condition itself. */
  readonly own: readonly Memory[];
  readonly waits: readonly Wait[];
}

export const NEVER: Occurrence = { seq: 0, startMs: 0, endMs: 0, turn: 0, words: '' };

/** Waits that are kept: the newest ones. */
const MAX_WAITS = 8;
/** Characters kept of an explanation. */
const MAX_WORDS = 72;

export function occurrence(at: Omit<Occurrence, 'words'>, words: string): Occurrence {
  return { ...at, words: shortened(words, MAX_WORDS) };
}

/** A memory as numbers and texts. It begins with the rule's version: another version starts anew. */
export function encoded(version: number, memory: CompoundMemory): Memory {
  const { turn, side, phaseSeq, isInScope, last, own, waits } = memory;
  const kept = waits.slice(-MAX_WAITS);
  return [
    version,
    last.length,
    turn,
    side,
    phaseSeq,
    Number(isInScope),
    ...last.flatMap(flat),
    ...own.flatMap((some) => [some.length, ...some]),
    kept.length,
    ...kept.flatMap((wait) => [
      wait.seq,
      wait.startMs,
      wait.endMs,
      wait.turn,
      Number(wait.isBroken),
      wait.overSeq,
      wait.overMs,
      wait.found.length,
      ...wait.found.flatMap(flat),
    ]),
  ];
}

/** The memory that {@link encoded} made; undefined if it is of another version or of another condition. */
export function decoded(version: number, conditions: number, memory: Memory): CompoundMemory | undefined {
  if (memory[0] !== version || memory[1] !== conditions) return undefined;
  let at = 2;
  const number = () => {
    const value = memory[at++];
    return typeof value === 'number' ? value : 0;
  };
  const text = () => {
    const value = memory[at++];
    return typeof value === 'string' ? value : '';
  };
  const some = <T>(count: number, read: () => T): T[] =>
    Array.from({ length: Math.min(count, memory.length) }, () => read());
  const one = (): Occurrence => ({
    seq: number(),
    startMs: number(),
    endMs: number(),
    turn: number(),
    words: text(),
  });
  const wait = (): Wait => ({
    seq: number(),
    startMs: number(),
    endMs: number(),
    turn: number(),
    isBroken: number() === 1,
    overSeq: number(),
    overMs: number(),
    found: some(number(), one),
  });
  return {
    turn: number(),
    side: number(),
    phaseSeq: number(),
    isInScope: number() === 1,
    last: some(conditions, one),
    own: some(conditions, () => some(number(), number)),
    waits: some(number(), wait),
  };
}

function flat({ seq, startMs, endMs, turn, words }: Occurrence) {
  return [seq, startMs, endMs, turn, words];
}
