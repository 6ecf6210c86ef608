import type { z } from 'zod';
import type { callDescribedSchema, callEndedSchema, callStartedSchema, CallMetadata, CallTick } from './events.ts';
import { isImmediate, levelSchema, type Alert, type Level } from '../alert.ts';
import { callHealthOf } from './health.ts';
import { isSkipped, skipTo } from './gap.ts';
import { tableOf, withEntries, withoutKeys, type OwnTable } from '../own-table.ts';
import { utf8Bytes } from '../kept.ts';
import { reportEpisode } from './episodes.ts';
import {
  MAX_DEADLINES,
  MAX_KEYWORDS,
  MAX_MEMORY_TEXT_BYTES,
  MAX_OPEN_ALERTS,
  type CallState,
  type Deadline,
  type ScoredUtterance,
} from './state.ts';
import { foldLate, foldUtterance } from './utterance.ts';

/**
 * The events that a call's state is folded from: those that its relay publishes, those that the rules conclude (see
 * `judging/judge.ts`), and what people did. Utterances are folded in order of `seq`; all others may arrive at any time
 * and any number of times.
 */
export type CallEvent =
  | z.infer<typeof callStartedSchema>
  | z.infer<typeof callDescribedSchema>
  | z.infer<typeof callEndedSchema>
  | ScoredUtterance
  | { type: 'CallTicked'; tick: CallTick }
  /** Missing utterances below `toSeq` are skipped. */
  | { type: 'GapSkipped'; toSeq: number }
  /** The new memory of rules, by rule id. */
  | { type: 'RulesRemembered'; memory: ReadonlyMap<string, readonly (number | string)[]> }
  /** The rules' phrases in an utterance of the customer; one said twice is listed twice. */
  | { type: 'KeywordsSpoken'; phrases: readonly string[] }
  /** These rules may fire again. */
  | { type: 'CooldownsEnded'; ruleIds: readonly string[] }
  | { type: 'DeadlineSet'; ruleId: string; deadline: Deadline }
  /** An alert was raised for the episode that began at `startMs`; it is not raised again. */
  | { type: 'EpisodeReported'; ruleId: string; startMs: number }
  /** `firedRuleIds`: the rules whose cooldown begins, where they are more than the alert's reasons. */
  | { type: 'AlertRaised'; alert: Alert; firedRuleIds?: readonly string[] }
  /** These rules are no longer in force: what the state keeps of them is dropped. */
  | { type: 'RulesForgotten'; ruleIds: readonly string[] }
  | { type: 'AlertUpdated'; alert: Alert };

const handlers: { [T in CallEvent['type']]: (state: CallState, event: Extract<CallEvent, { type: T }>) => CallState } =
  {
    // Utterances name their own relay and engine, which may have changed since the start.
    CallStarted: (state, { engine, relayId, callStartedAt }) =>
      state.nextSeq === 1 ? { ...state, engine, relayId, startedAt: Math.min(state.startedAt, callStartedAt) } : state,

    CallDescribed: (state, event) => describe(state, event.metadata, event.describedAt),

    UtteranceTranscribed: (state, utterance) => {
      if (utterance.seq === state.nextSeq) return foldUtterance(state, utterance);
      return isSkipped(state.skipped, utterance.seq) ? foldLate(state, utterance) : state;
    },

    CallTicked: (state, { tick }) => {
      if (state.health && state.health.atMs >= tick.atMs) return state;
      return revived({ ...state, health: callHealthOf(tick) });
    },

    GapSkipped: (state, { toSeq }) => skipTo(state, toSeq),

    CallEnded: (state, event) => (event.reason === 'lost' ? endAsLost(state, event.endedAt) : end(state, event)),

    RulesRemembered: (state, { memory }) => {
      return { ...state, memory: remembered(state.memory, memory) };
    },

    KeywordsSpoken: (state, { phrases }) => ({ ...state, keywords: countKeywords(state.keywords, phrases) }),

    CooldownsEnded: (state, { ruleIds }) => ({ ...state, lastFired: withoutKeys(state.lastFired, ruleIds) }),

    DeadlineSet: (state, { ruleId, deadline }) => {
      const deadlines = soonest(withEntries(state.deadlines, [[ruleId, deadline]]));
      return deadlines[ruleId] ? { ...state, deadlines } : state;
    },

    RulesForgotten: (state, { ruleIds }) => ({
      ...state,
      memory: withoutKeys(state.memory, ruleIds),
      toldMs: withoutKeys(state.toldMs, ruleIds),
      deadlines: withoutKeys(state.deadlines, ruleIds),
    }),

    EpisodeReported: reportEpisode,

    AlertRaised: (state, { alert, firedRuleIds = alert.reasons.map(({ ruleId }) => ruleId) }) => {
      if (state.openAlerts[alert.alertId] || alert.follows !== undefined) return state;
      // Alerts raised by time alone (seq 0) have no cooldown: each episode is reported once.
      const fired = { atMs: state.talk.heardUntilMs, alertId: alert.alertId };
      const firings = alert.seq > 0 ? firedRuleIds : [];
      const lastFired = withEntries(
        state.lastFired,
        firings.map((ruleId) => [ruleId, laterOf(fired, state.lastFired[ruleId])] as const),
      );
      if (!isImmediate(alert)) return { ...state, lastFired };
      return {
        ...state,
        lastFired,
        openAlerts: mostSevere(withEntries(state.openAlerts, [[alert.alertId, alert.level]])),
        alertCount: state.alertCount + 1,
      };
    },

    AlertUpdated: (state, { alert }) => {
      const others = withoutKeys(state.openAlerts, [alert.alertId]);
      const openAlerts =
        alert.state === 'open' && isImmediate(alert) ? withEntries(others, [[alert.alertId, alert.level]]) : others;
      return { ...state, openAlerts: mostSevere(openAlerts) };
    },
  };

/**
 * The state after an event. An utterance that is not the next in order changes nothing; one that was skipped and
 * arrives late is counted, but does not change the mood.
 */
export function evolve(state: CallState, event: CallEvent): CallState {
  const handler = handlers[event.type] as (state: CallState, event: CallEvent) => CallState;
  return handler(state, event);
}

/** Makes a call that ended as lost live again after a tick from a later time. */
function revived(state: CallState): CallState {
  if (state.status !== 'lost' || (state.endedAt ?? 0) > lastReportedAt(state)) return state;
  const { endedAt: _, endReason: __, ...rest } = state;
  return { ...rest, status: 'live' };
}

function endAsLost(state: CallState, at: number): CallState {
  const isReportedLater = lastReportedAt(state) >= at || (state.endedAt ?? -1) >= at;
  if (state.status === 'ended' || isReportedLater) return state;
  return { ...state, status: 'lost', endedAt: at, endReason: 'lost' };
}

/** When a relay last reported the call; −1 if never. */
function lastReportedAt({ startedAt, health }: CallState): number {
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
    // Of two values with one instant either will do, but always the same one.
    const isOlder = knownAt === describedAt && JSON.stringify(next.metadata[field]) >= JSON.stringify(value);
    if (knownAt > describedAt || isOlder) continue;
    next.metadata[field] = value;
    next.describedAt[field] = describedAt;
  }
  return next;
}

type Memories = CallState['memory'];

/** The memory with that of some rules; their texts are dropped where the state has no room for them. */
function remembered(before: Memories, changed: ReadonlyMap<string, readonly (number | string)[]>): Memories {
  const copies = [...changed].map(([ruleId, memory]): [string, (number | string)[]] => [ruleId, [...memory]]);
  const after = withEntries(before, copies);
  const hasTexts = copies.some(([, memory]) => memory.some((one) => typeof one === 'string' && one !== ''));
  if (!hasTexts || textBytesOf(after) <= MAX_MEMORY_TEXT_BYTES) return after;
  return withEntries(
    before,
    copies.map(([ruleId, memory]) => [ruleId, memory.map((one) => (typeof one === 'string' ? '' : one))]),
  );
}

function textBytesOf(memories: Memories): number {
  return Object.values(memories)
    .flat()
    .reduce<number>((sum, one) => sum + (typeof one === 'string' ? utf8Bytes(one) : 0), 0);
}

type Firing = CallState['lastFired'][string];

/** The later of two firings; of two at the same time the same one in any order. */
function laterOf(one: Firing, other: Firing | undefined): Firing {
  if (!other || one.atMs > other.atMs) return one;
  return one.atMs === other.atMs && one.alertId > other.alertId ? one : other;
}

function countKeywords(keywords: CallState['keywords'], phrases: readonly string[]): CallState['keywords'] {
  const counts = new Map(Object.entries(keywords));
  for (const phrase of phrases) {
    const count = counts.get(phrase);
    if (count !== undefined || counts.size < MAX_KEYWORDS) counts.set(phrase, (count ?? 0) + 1);
  }
  return tableOf(counts);
}

/** The deadlines that are due soonest, as many as the state may hold, independently of their order. */
function soonest(deadlines: CallState['deadlines']): CallState['deadlines'] {
  const all = Object.entries(deadlines);
  if (all.length <= MAX_DEADLINES) return deadlines;
  return tableOf(
    all.sort(([a, { dueMs: aMs }], [b, { dueMs: bMs }]) => aMs - bMs || (a < b ? -1 : 1)).slice(0, MAX_DEADLINES),
  );
}

/** Drops the least severe alert where there are more than the state may hold, independently of their order. */
function mostSevere(openAlerts: OwnTable<Level>): OwnTable<Level> {
  const alerts = Object.entries(openAlerts);
  if (alerts.length <= MAX_OPEN_ALERTS) return openAlerts;
  const rank = (level: Level) => levelSchema.options.indexOf(level);
  const [leastSevere] = alerts.reduce((a, b) => {
    const difference = rank(a[1]) - rank(b[1]) || (a[0] < b[0] ? 1 : -1);
    return difference < 0 ? a : b;
  });
  return withoutKeys(openAlerts, [leastSevere]);
}
