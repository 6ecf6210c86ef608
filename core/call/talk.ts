import { z } from 'zod';
import { channelSchema, type Channel } from '../ids.ts';

const timeMs = z.int().nonnegative();

/** What one side says without a pause, possibly over several utterances. */
const turnSchema = z.object({
  startMs: timeMs,
  endMs: timeMs,
  words: z.int().nonnegative(),
  /** Whether it was counted as an interruption. */
  interrupts: z.boolean(),
});
type Turn = z.infer<typeof turnSchema>;

/** How the sides share the talking time of a call. */
export const talkSchema = z.object({
  /** The latest end of an utterance: call time as far as utterances show it. */
  heardUntilMs: timeMs,
  /** Time in which anybody spoke. */
  spokenMs: timeMs,
  /** The last stretches in which anybody spoke, oldest first, as [start, end]. */
  stretches: z.array(z.tuple([timeMs, timeMs])),
  turns: z.partialRecord(channelSchema, turnSchema),
  /** How often each side interrupted the other, and when it last did. */
  interruptions: z.partialRecord(channelSchema, z.object({ count: z.int().positive(), recentMs: z.array(timeMs) })),
});
export type Talk = z.infer<typeof talkSchema>;

export const initialTalk: Talk = { heardUntilMs: 0, spokenMs: 0, stretches: [], turns: {}, interruptions: {} };

/** Interruptions of each side whose times are kept. */
export const RECENT_INTERRUPTIONS = 20;
/** Utterances are out of time order by a few seconds at most: older stretches can no longer change. */
const STRETCHES = 8;
/** A side that continues within this time is still in its turn: long speech is cut into utterances anywhere. */
const TURN_PAUSE_MS = 300;
/** An interruption overlaps the rest of the other's turn by this much, and starts this long after that turn did. */
const OVERLAP_MS = 500;
/** "Yes", "mm-hm" and "I see" are no interruptions. */
const INTERRUPTING_WORDS = 3;

interface Spoken {
  readonly channel: Channel;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Folds an utterance in. One that ends before it starts, as a relay's clock may have it, took no time.
 * @param words how many it has
 */
export function foldTalk(talk: Talk, { channel, startMs, endMs: reportedEndMs }: Spoken, words: number): Talk {
  const endMs = Math.max(startMs, reportedEndMs);
  const spoken = { channel, startMs, endMs };
  const next: Talk = {
    ...talk,
    ...foldStretch(talk, [startMs, endMs]),
    heardUntilMs: Math.max(talk.heardUntilMs, endMs),
    turns: { ...talk.turns, [channel]: foldTurn(talk.turns[channel], spoken, words) },
  };
  if (channel === 'mixed') return next;
  const other = channel === 'agent' ? 'caller' : 'agent';
  return countInterruption(countInterruption(next, channel, other), other, channel);
}

/** Time in which nobody spoke, from the start of the call to the end of the last utterance. */
export function silenceMsOf({ heardUntilMs, spokenMs }: Talk): number {
  return Math.max(0, heardUntilMs - spokenMs);
}

type Stretch = Talk['stretches'][number];

function foldStretch({ spokenMs, stretches }: Talk, [startMs, endMs]: Stretch): Pick<Talk, 'spokenMs' | 'stretches'> {
  const touches = ([start, end]: Stretch) => start <= endMs && end >= startMs;
  const touching = stretches.filter(touches);
  const merged: Stretch = [
    Math.min(startMs, ...touching.map(([start]) => start)),
    Math.max(endMs, ...touching.map(([, end]) => end)),
  ];
  const knownMs = touching.reduce((sum, [start, end]) => sum + end - start, 0);
  return {
    spokenMs: spokenMs + merged[1] - merged[0] - knownMs,
    stretches: [...stretches.filter((stretch) => !touches(stretch)), merged]
      .sort(([a], [b]) => a - b)
      .slice(-STRETCHES),
  };
}

function foldTurn(turn: Turn | undefined, { startMs, endMs }: Spoken, words: number): Turn {
  const continues = turn && startMs - turn.endMs <= TURN_PAUSE_MS && startMs >= turn.startMs;
  if (!continues) return { startMs, endMs, words, interrupts: false };
  return { ...turn, endMs: Math.max(turn.endMs, endMs), words: turn.words + words };
}

function countInterruption(talk: Talk, by: Channel, of: Channel): Talk {
  const [turn, other] = [talk.turns[by], talk.turns[of]];
  if (!turn || !other || turn.interrupts || turn.words < INTERRUPTING_WORDS) return talk;
  const interrupts = other.startMs + OVERLAP_MS <= turn.startMs && turn.startMs + OVERLAP_MS <= other.endMs;
  if (!interrupts) return talk;
  const { count, recentMs } = talk.interruptions[by] ?? { count: 0, recentMs: [] };
  return {
    ...talk,
    turns: { ...talk.turns, [by]: { ...turn, interrupts: true } },
    interruptions: {
      ...talk.interruptions,
      [by]: { count: count + 1, recentMs: [...recentMs, turn.startMs].slice(-RECENT_INTERRUPTIONS) },
    },
  };
}
