import { z } from 'zod';
import { channelSchema, type Channel } from '../ids.ts';

const timeMs = z.int().nonnegative();

/** What one side says without a pause, over as many utterances as it takes. */
const turnSchema = z.object({
  startMs: timeMs,
  endMs: timeMs,
  words: z.int().nonnegative(),
  /** It was counted as an interruption. */
  interrupts: z.boolean(),
});
type Turn = z.infer<typeof turnSchema>;

/** How the sides share the time of a call. */
export const talkSchema = z.object({
  /** The end of the last words: the call's clock as far as words tell it. */
  heardUntilMs: timeMs,
  /** Time in which anybody spoke. */
  spokenMs: timeMs,
  /** The last stretches in which anybody spoke, oldest first, as [start, end]. */
  stretches: z.array(z.tuple([timeMs, timeMs])),
  turns: z.partialRecord(channelSchema, turnSchema),
  /** How often each side broke in on the other, and when it did so last. */
  interruptions: z.partialRecord(channelSchema, z.object({ count: z.int().positive(), recentMs: z.array(timeMs) })),
});
export type Talk = z.infer<typeof talkSchema>;

export const silentTalk: Talk = { heardUntilMs: 0, spokenMs: 0, stretches: [], turns: {}, interruptions: {} };

/** Interruptions whose times are kept, a side. */
export const RECENT_INTERRUPTIONS = 20;
/** Utterances come out of order in time by a few seconds: stretches older than these are not touched any more. */
const STRETCHES = 8;
/** A side that goes on within this time is still in its turn: long speech is cut into utterances anywhere. */
const TURN_PAUSE_MS = 300;
/** Who begins an interruption speaks into at least so much of the other's turn, and breaks off no shorter one. */
const OVERLAP_MS = 500;
/** "Yes", "mm-hm" and "I see" are no interruptions. */
const INTERRUPTING_WORDS = 3;

interface Spoken {
  readonly channel: Channel;
  readonly startMs: number;
  readonly endMs: number;
}

/** The talk with one more utterance of so many words. */
export function foldTalk(talk: Talk, spoken: Spoken, words: number): Talk {
  const { channel, startMs, endMs } = spoken;
  const heard: Talk = {
    ...talk,
    ...foldStretch(talk, [startMs, endMs]),
    heardUntilMs: Math.max(talk.heardUntilMs, endMs),
    turns: { ...talk.turns, [channel]: foldTurn(talk.turns[channel], spoken, words) },
  };
  if (channel === 'mixed') return heard;
  const other = channel === 'agent' ? 'caller' : 'agent';
  return countInterruption(countInterruption(heard, channel, other), other, channel);
}

/** Time in which nobody spoke, from the start of the call to the last words. */
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
  const goesOn = turn && startMs - turn.endMs <= TURN_PAUSE_MS && startMs >= turn.startMs;
  if (!goesOn) return { startMs, endMs, words, interrupts: false };
  return { ...turn, endMs: Math.max(turn.endMs, endMs), words: turn.words + words };
}

function countInterruption(talk: Talk, by: Channel, of: Channel): Talk {
  const [turn, other] = [talk.turns[by], talk.turns[of]];
  if (!turn || !other || turn.interrupts || turn.words < INTERRUPTING_WORDS) return talk;
  const breaksIn = other.startMs + OVERLAP_MS <= turn.startMs && turn.startMs + OVERLAP_MS <= other.endMs;
  if (!breaksIn) return talk;
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
