import type { z } from 'zod';
import type { callDescribedSchema, callEndedSchema, callStartedSchema, CallMetadata, CallTick } from '../events.ts';
import type { Channel } from '../ids.ts';
import { levelSchema, type Alert, type Level } from '../rules/alert.ts';
import { tokenize } from '../text/tokens.ts';
import { callHealthOf } from './health.ts';
import { isSkipped, skipTo, withoutSkipped } from './gap.ts';
import type { CallState, ChannelStats, ScoredUtterance } from './state.ts';
import { MAX_OPEN_ALERTS, MOOD_POINTS, MOOD_WINDOW } from './state.ts';
import { foldTalk } from './talk.ts';

/**
 * What a call's state is folded from. Utterances are folded in order of `seq`; everything else may come at any time
 * and any number of times.
 */
export type CallEvent =
  | z.infer<typeof callStartedSchema>
  | z.infer<typeof callDescribedSchema>
  | z.infer<typeof callEndedSchema>
  | ScoredUtterance
  | { type: 'CallTicked'; tick: CallTick }
  /** The utterances below `toSeq` that have not come are given up. */
  | { type: 'GapSkipped'; toSeq: number }
  | { type: 'AlertRaised'; alert: Alert }
  | { type: 'AlertUpdated'; alert: Alert };

const handlers: { [T in CallEvent['type']]: (state: CallState, event: Extract<CallEvent, { type: T }>) => CallState } =
  {
    // Once there are words, they say which relay and engine they came from.
    CallStarted: (state, { engine, relayId, callStartedAt }) =>
      state.nextSeq === 1 ? { ...state, engine, relayId, startedAt: Math.min(state.startedAt, callStartedAt) } : state,

    CallDescribed: (state, event) => describe(state, event.metadata, event.describedAt),

    UtteranceTranscribed: (state, utterance) => {
      if (utterance.seq === state.nextSeq) return foldUtterance(state, utterance);
      return isSkipped(state.skipped, utterance.seq) ? foldLate(state, utterance) : state;
    },

    CallTicked: (state, { tick }) => {
      if (state.health && state.health.atMs >= tick.atMs) return state;
      return foundAgain({ ...state, health: callHealthOf(tick) });
    },

    GapSkipped: (state, { toSeq }) => skipTo(state, toSeq),

    CallEnded: (state, event) => (event.reason === 'lost' ? giveUp(state, event.endedAt) : end(state, event)),

    AlertRaised: (state, { alert }) => {
      if (state.openAlerts[alert.alertId] || alert.follows !== undefined) return state;
      const lastFired = { ...state.lastFired };
      // What time alone sets off has no cooldown: each time is told once.
      if (alert.seq > 0) {
        const fired = { atMs: state.talk.heardUntilMs, alertId: alert.alertId };
        for (const { ruleId } of alert.reasons) lastFired[ruleId] = laterOf(fired, lastFired[ruleId]);
      }
      return {
        ...state,
        lastFired,
        openAlerts: gravest({ ...state.openAlerts, [alert.alertId]: alert.level }),
        alertCount: state.alertCount + 1,
      };
    },

    AlertUpdated: (state, { alert }) => {
      const { [alert.alertId]: _, ...others } = state.openAlerts;
      const openAlerts = alert.state === 'open' ? { ...others, [alert.alertId]: alert.level } : others;
      return { ...state, openAlerts: gravest(openAlerts) };
    },
  };

/**
 * The state after an event. An utterance that is not the next in order leaves the state as it was; one that was
 * skipped and comes after all is counted, but the mood is past it.
 */
export function evolve(state: CallState, event: CallEvent): CallState {
  const handler = handlers[event.type] as (state: CallState, event: CallEvent) => CallState;
  return handler(state, event);
}

/** A call that was given up as lost lives again when a tick tells of a later time. */
function foundAgain(state: CallState): CallState {
  if (state.status !== 'lost' || (state.endedAt ?? 0) > heardOfAt(state)) return state;
  const { endedAt: _, endReason: __, ...rest } = state;
  return { ...rest, status: 'live' };
}

function giveUp(state: CallState, at: number): CallState {
  const isHeardOfLater = heardOfAt(state) >= at || (state.endedAt ?? -1) >= at;
  if (state.status === 'ended' || isHeardOfLater) return state;
  return { ...state, status: 'lost', endedAt: at, endReason: 'lost' };
}

/** When a relay last reported the call; −1 where none did. */
function heardOfAt({ startedAt, health }: CallState): number {
  return health ? startedAt + health.atMs : -1;
}

function end(state: CallState, { endedAt, reason, lastSeq }: z.infer<typeof callEndedSchema>): CallState {
  const isEarlier =
    state.status === 'ended' &&
    (state.endedAt !== endedAt ? (state.endedAt ?? 0) > endedAt : (state.endReason ?? '') >= reason);
  const next = { ...state, lastSeq: Math.max(state.lastSeq ?? 0, lastSeq) };
  return isEarlier ? next : { ...next, status: 'ended', endedAt, endReason: reason };
}

function describe(state: CallState, metadata: CallMetadata, describedAt: number): CallState {
  const next = { ...state, metadata: { ...state.metadata }, describedAt: { ...state.describedAt } };
  for (const [field, value] of Object.entries(metadata) as [keyof CallMetadata, never][]) {
    const knownAt = next.describedAt[field] ?? -1;
    // Two values of one instant: either will do, but always the same.
    const isOlder = knownAt === describedAt && JSON.stringify(next.metadata[field]) >= JSON.stringify(value);
    if (knownAt > describedAt || isOlder) continue;
    next.metadata[field] = value;
    next.describedAt[field] = describedAt;
  }
  return next;
}

function foldUtterance(state: CallState, utterance: ScoredUtterance): CallState {
  const { channel, score, seq, text, endMs, relayId, engine } = utterance;
  const next: CallState = {
    ...countUtterance(state, utterance),
    relayId,
    engine,
    nextSeq: seq + 1,
    lastUtterance: { seq, channel, text: endOf(text), endMs },
  };
  return isCustomer(channel) ? foldMood(next, score.compound, score.label === 'negative') : next;
}

function foldLate(state: CallState, utterance: ScoredUtterance): CallState {
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
    [utterance.score.label]: before[utterance.score.label] + 1,
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

/** Four decimals, as scores have them. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

const LAST_WORDS_LENGTH = 160;

function endOf(text: string): string {
  if (text.length <= LAST_WORDS_LENGTH) return text;
  const end = text.slice(-LAST_WORDS_LENGTH);
  return `…${end.slice(end.indexOf(' ') + 1)}`;
}

type Firing = CallState['lastFired'][string];

/** The later of two firings; of two at the same moment always the same, whichever came first. */
function laterOf(one: Firing, other: Firing | undefined): Firing {
  if (!other || one.atMs > other.atMs) return one;
  return one.atMs === other.atMs && one.alertId > other.alertId ? one : other;
}

/** As many open alerts as a state may know: the mildest goes, whichever came when. */
function gravest(openAlerts: Record<string, Level>): Record<string, Level> {
  const alerts = Object.entries(openAlerts);
  if (alerts.length <= MAX_OPEN_ALERTS) return openAlerts;
  const rank = (level: Level) => levelSchema.options.indexOf(level);
  const [mildest] = alerts.reduce((a, b) => {
    const difference = rank(a[1]) - rank(b[1]) || (a[0] < b[0] ? 1 : -1);
    return difference < 0 ? a : b;
  });
  const { [mildest]: _, ...others } = openAlerts;
  return others;
}

/** Whether a channel's words are the customer's: its own, or a leg nobody told us the side of. */
export function isCustomer(channel: Channel): boolean {
  return channel !== 'agent';
}
