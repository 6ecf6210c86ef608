import { isCustomer } from '../ids.ts';
import { tokenize } from '../text/tokens.ts';
import { withoutSkipped } from './gap.ts';
import { MOOD_POINTS, MOOD_WINDOW, type CallState, type ChannelStats, type ScoredUtterance } from './state.ts';
import { foldTalk } from './talk.ts';

/** Folds the next utterance in order into the state. */
export function foldUtterance(state: CallState, utterance: ScoredUtterance): CallState {
  const { channel, score, seq, text, endMs, relayId, engine } = utterance;
  const next: CallState = {
    ...countUtterance(state, utterance),
    relayId,
    engine,
    nextSeq: seq + 1,
    lastUtterance: { seq, channel, text: endOf(text), endMs },
  };
  return score && isCustomer(channel) ? foldMood(next, score.compound, score.label === 'negative') : next;
}

/** Folds an utterance that was skipped and arrives late: it is counted, but does not change the mood. */
export function foldLate(state: CallState, utterance: ScoredUtterance): CallState {
  return { ...countUtterance(state, utterance), skipped: withoutSkipped(state.skipped, utterance.seq) };
}

function countUtterance(state: CallState, utterance: ScoredUtterance): CallState {
  const words = tokenize(utterance.text).length;
  const { channel, gapBeforeMs = 0 } = utterance;
  return {
    ...state,
    startedAt: Math.min(state.startedAt, utterance.callStartedAt),
    channels: { ...state.channels, [channel]: count(state.channels[channel], utterance, words) },
    talk: foldTalk(state.talk, utterance, words),
    lostAudioMs: state.lostAudioMs + gapBeforeMs,
  };
}

function count(stats: ChannelStats | undefined, utterance: ScoredUtterance, words: number): ChannelStats {
  const before = stats ?? { utterances: 0, words: 0, speechMs: 0, positive: 0, neutral: 0, negative: 0 };
  return {
    ...before,
    utterances: before.utterances + 1,
    words: before.words + words,
    speechMs: before.speechMs + Math.max(0, utterance.endMs - utterance.startMs),
    ...(utterance.score && { [utterance.score.label]: before[utterance.score.label] + 1 }),
  };
}

function foldMood(state: CallState, compound: number, negative: boolean): CallState {
  const window = [...state.mood.window, compound].slice(-MOOD_WINDOW);
  const rolling = rounded(window.reduce((sum, value) => sum + value, 0) / window.length);
  const points = [...state.mood.points, rolling].slice(-MOOD_POINTS);
  const before = points.at(-1 - MOOD_WINDOW) ?? points[0] ?? 0;
  return {
    ...state,
    mood: { rolling, window, points, trend: rounded(rolling - before) },
    consecutiveNegative: negative ? state.consecutiveNegative + 1 : 0,
  };
}

/** To four decimals, like scores. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

const LAST_WORDS_LENGTH = 160;

function endOf(text: string): string {
  if (text.length <= LAST_WORDS_LENGTH) return text;
  const end = text.slice(-LAST_WORDS_LENGTH);
  return `…${end.slice(end.indexOf(' ') + 1)}`;
}
