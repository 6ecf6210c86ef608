import type { z } from 'zod';
import type { callDescribedSchema, callEndedSchema, callStartedSchema, CallMetadata, CallTick } from './events.ts';
import { isForNow, levelSchema, type Alert, type Level } from '../alert.ts';
import { callHealthOf } from './health.ts';
import { isSkipped, skipTo } from './gap.ts';
import { reportEpisode } from './episodes.ts';
import { MAX_KEYWORDS, MAX_OPEN_ALERTS, type CallState, type Deadline, type ScoredUtterance } from './state.ts';
import { foldLate, foldUtterance } from './utterance.ts';

/**
 * What a call's state is folded from: what was reported of it, what the rules concluded (see `judging/judge.ts`), and
 * what people did. Utterances are folded in order of `seq`; everything else may come at any time and any number of
 * times.
 */
export type CallEvent =
  | z.infer<typeof callStartedSchema>
  | z.infer<typeof callDescribedSchema>
  | z.infer<typeof callEndedSchema>
  | ScoredUtterance
  | { type: 'CallTicked'; tick: CallTick }
  /** The utterances below `toSeq` that have not come are given up. */
  | { type: 'GapSkipped'; toSeq: number }
  /** What rules remember of the call from now on, by rule id. */
  | { type: 'RulesRemembered'; memory: ReadonlyMap<string, readonly number[]> }
  /** The rules' phrases in an utterance of the customer; one that was said twice is named twice. */
  | { type: 'KeywordsSpoken'; phrases: readonly string[] }
  /** These rules may fire again. */
  | { type: 'CooldownsEnded'; ruleIds: readonly string[] }
  | { type: 'DeadlineSet'; ruleId: string; deadline: Deadline }
  /** An alert was raised for what began at `startMs`: it is not raised again. */
  | { type: 'EpisodeReported'; ruleId: string; startMs: number }
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

    RulesRemembered: (state, { memory }) => {
      const copies = [...memory].map(([ruleId, numbers]): [string, number[]] => [ruleId, [...numbers]]);
      return { ...state, memory: { ...state.memory, ...Object.fromEntries(copies) } };
    },

    KeywordsSpoken: (state, { phrases }) => ({ ...state, keywords: countKeywords(state.keywords, phrases) }),

    CooldownsEnded: (state, { ruleIds }) => {
      const cooling = Object.entries(state.lastFired).filter(([ruleId]) => !ruleIds.includes(ruleId));
      return { ...state, lastFired: Object.fromEntries(cooling) };
    },

    DeadlineSet: (state, { ruleId, deadline }) => ({
      ...state,
      deadlines: { ...state.deadlines, [ruleId]: deadline },
    }),

    EpisodeReported: reportEpisode,

    AlertRaised: (state, { alert }) => {
      if (state.openAlerts[alert.alertId] || alert.follows !== undefined) return state;
      const lastFired = { ...state.lastFired };
      // What time alone sets off has no cooldown: each time is told once.
      if (alert.seq > 0) {
        const fired = { atMs: state.talk.heardUntilMs, alertId: alert.alertId };
        for (const { ruleId } of alert.reasons) lastFired[ruleId] = laterOf(fired, lastFired[ruleId]);
      }
      if (!isForNow(alert)) return { ...state, lastFired };
      return {
        ...state,
        lastFired,
        openAlerts: gravest({ ...state.openAlerts, [alert.alertId]: alert.level }),
        alertCount: state.alertCount + 1,
      };
    },

    AlertUpdated: (state, { alert }) => {
      const { [alert.alertId]: _, ...others } = state.openAlerts;
      const openAlerts =
        alert.state === 'open' && isForNow(alert) ? { ...others, [alert.alertId]: alert.level } : others;
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

type Firing = CallState['lastFired'][string];

/** The later of two firings; of two at the same moment always the same, whichever came first. */
function laterOf(one: Firing, other: Firing | undefined): Firing {
  if (!other || one.atMs > other.atMs) return one;
  return one.atMs === other.atMs && one.alertId > other.alertId ? one : other;
}

function countKeywords(keywords: CallState['keywords'], phrases: readonly string[]): CallState['keywords'] {
  const counts = { ...keywords };
  for (const phrase of phrases) {
    const count = counts[phrase];
    if (count !== undefined) counts[phrase] = count + 1;
    else if (Object.keys(counts).length < MAX_KEYWORDS) counts[phrase] = 1;
  }
  return counts;
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
