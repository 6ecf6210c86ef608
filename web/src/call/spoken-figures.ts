import type { ChannelStats, ScoredUtterance } from '#core/call/state.ts';
import type { CallSummary } from '#core/call/summary.ts';
import type { Channel } from '#core/ids.ts';

/** A call with its figures of each side counted anew from its lines, where somebody has swapped the sides. */
export function withSpokenFigures(call: CallSummary, lines: readonly ScoredUtterance[]): CallSummary {
  if (!call.metadata.swappedAfter?.length || lines.length === 0) return call;
  const channels: Partial<Record<Channel, ChannelStats>> = {};
  for (const { channel, startMs, endMs, text, score } of lines) {
    const before = channels[channel] ?? { utterances: 0, words: 0, speechMs: 0, positive: 0, neutral: 0, negative: 0 };
    channels[channel] = {
      ...before,
      utterances: before.utterances + 1,
      words: before.words + text.split(/\s+/).length,
      speechMs: before.speechMs + Math.max(0, endMs - startMs),
      ...(score && { [score.label]: before[score.label] + 1 }),
    };
  }
  return { ...call, channels };
}
