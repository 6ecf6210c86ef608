import type { z } from 'zod';
import type { callDescribedSchema, callEndedSchema, callStartedSchema, CallMetadata } from '../events.ts';
import type { Channel } from '../ids.ts';
import type { Alert } from '../rules/alert.ts';
import { tokenize } from '../text/tokens.ts';
import type { CallState, ChannelStats, ScoredUtterance } from './state.ts';
import { MOOD_POINTS, MOOD_WINDOW } from './state.ts';

/** What a call's state is folded from. Utterances must come in order of `seq`; the rest may come at any time. */
export type CallEvent =
  | z.infer<typeof callStartedSchema>
  | z.infer<typeof callDescribedSchema>
  | z.infer<typeof callEndedSchema>
  | ScoredUtterance
  | { type: 'AlertRaised'; alert: Alert }
  | { type: 'AlertUpdated'; alert: Alert };

const handlers: { [T in CallEvent['type']]: (state: CallState, event: Extract<CallEvent, { type: T }>) => CallState } =
  {
    CallStarted: (state, event) => ({ ...found(state), engine: event.engine, relayId: event.relayId }),

    CallDescribed: (state, event) => describe(state, event.metadata, event.describedAt),

    UtteranceTranscribed: foldUtterance,

    CallEnded: (state, event) => {
      const lost = event.reason === 'lost';
      if (lost && state.status === 'ended') return state;
      return { ...state, status: lost ? 'lost' : 'ended', endedAt: event.endedAt, endReason: event.reason };
    },

    AlertRaised: (state, { alert }) => {
      const lastFiredMs = { ...state.lastFiredMs };
      for (const reason of alert.reasons) lastFiredMs[reason.ruleId] = alert.atMs;
      return {
        ...state,
        lastFiredMs,
        openAlerts: { ...state.openAlerts, [alert.alertId]: alert.level },
        alertCount: state.alertCount + 1,
      };
    },

    AlertUpdated: (state, { alert }) => {
      const { [alert.alertId]: _, ...others } = state.openAlerts;
      return { ...state, openAlerts: alert.state === 'open' ? { ...others, [alert.alertId]: alert.level } : others };
    },
  };

/** The state after an event. An utterance that is not the next in order leaves the state as it was. */
export function evolve(state: CallState, event: CallEvent): CallState {
  const handler = handlers[event.type] as (state: CallState, event: CallEvent) => CallState;
  return handler(state, event);
}

/** A call that was given up as lost lives again when its relay starts it again. */
function found(state: CallState): CallState {
  if (state.status !== 'lost') return state;
  const { endedAt: _, endReason: __, ...rest } = state;
  return { ...rest, status: 'live' };
}

function describe(state: CallState, metadata: CallMetadata, describedAt: number): CallState {
  const next = { ...state, metadata: { ...state.metadata }, describedAt: { ...state.describedAt } };
  for (const [field, value] of Object.entries(metadata) as [keyof CallMetadata, never][]) {
    if ((next.describedAt[field] ?? -1) > describedAt) continue;
    next.metadata[field] = value;
    next.describedAt[field] = describedAt;
  }
  return next;
}

function foldUtterance(state: CallState, utterance: ScoredUtterance): CallState {
  if (utterance.seq !== state.nextSeq) return state;
  const { channel, score, seq, text, endMs } = utterance;
  const next: CallState = {
    ...state,
    nextSeq: seq + 1,
    channels: { ...state.channels, [channel]: count(state.channels[channel], utterance) },
    lastUtterance: { seq, channel, text, endMs },
  };
  return isCustomer(channel) ? foldMood(next, score.compound, score.label === 'negative') : next;
}

function count(stats: ChannelStats | undefined, utterance: ScoredUtterance): ChannelStats {
  const before = stats ?? { utterances: 0, words: 0, speechMs: 0, positive: 0, neutral: 0, negative: 0 };
  return {
    ...before,
    utterances: before.utterances + 1,
    words: before.words + tokenize(utterance.text).length,
    speechMs: before.speechMs + Math.max(0, utterance.endMs - utterance.startMs),
    [utterance.score.label]: before[utterance.score.label] + 1,
  };
}

function foldMood(state: CallState, compound: number, negative: boolean): CallState {
  const window = [...state.mood.window, compound].slice(-MOOD_WINDOW);
  const rolling = window.reduce((sum, value) => sum + value, 0) / window.length;
  const points = [...state.mood.points, rolling].slice(-MOOD_POINTS);
  const before = points.at(-1 - MOOD_WINDOW) ?? points[0] ?? 0;
  return {
    ...state,
    mood: { rolling, window, points, trend: rolling - before },
    consecutiveNegative: negative ? state.consecutiveNegative + 1 : 0,
  };
}

/** Whether a channel's words are the customer's: its own, or a leg nobody told us the side of. */
export function isCustomer(channel: Channel): boolean {
  return channel !== 'agent';
}
