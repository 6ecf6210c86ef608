import type { CallSummary } from '#core/call/summary.ts';
import { isCustomer } from '#core/ids.ts';
import { MOOD_WINDOW, type ScoredUtterance } from '#core/call/state.ts';

/** The mood of a call, or nothing while its customer has said nothing. */
export function moodOf(call: CallSummary): number | undefined {
  return call.mood.points.length > 0 ? call.mood.rolling : undefined;
}

/** Whether the customer of a call has spoken, and nothing of it was in a language that is scored. */
export function isUnscored(call: Pick<CallSummary, 'mood' | 'channels'>): boolean {
  const { caller, mixed } = call.channels;
  return call.mood.points.length === 0 && (caller?.utterances ?? 0) + (mixed?.utterances ?? 0) > 0;
}

/** The mean of all that the customer said, which is what past calls are found and counted by. */
export function meanMoodOf(lines: readonly ScoredUtterance[]): number | undefined {
  const scores = lines.filter(({ channel }) => isCustomer(channel)).flatMap(({ score }) => score?.compound ?? []);
  return scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : undefined;
}

/** A point of the mood line; `seq` is the line to jump to. */
export interface MoodPoint {
  readonly atMs: number;
  readonly mood: number;
  readonly seq: number;
}

export interface MoodLine {
  readonly customer: readonly MoodPoint[];
  readonly agent: readonly MoodPoint[];
}

/** The rolling mood of both sides after each of their utterances, by the window that the call's own mood has. */
export function moodLine(utterances: readonly ScoredUtterance[]): MoodLine {
  return {
    customer: rollingLine(utterances.filter(({ channel }) => isCustomer(channel))),
    agent: rollingLine(utterances.filter(({ channel }) => !isCustomer(channel))),
  };
}

function rollingLine(utterances: readonly ScoredUtterance[]): MoodPoint[] {
  const scored = utterances.flatMap(({ endMs, seq, score }) => (score ? { endMs, seq, compound: score.compound } : []));
  return scored.map(({ endMs, seq }, index) => {
    const window = scored.slice(Math.max(0, index + 1 - MOOD_WINDOW), index + 1);
    const mood = window.reduce((sum, { compound }) => sum + compound, 0) / window.length;
    return { atMs: endMs, mood, seq };
  });
}
