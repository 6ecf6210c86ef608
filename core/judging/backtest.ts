import type { CallEndReason, CallTick, LegTick } from '../call/events.ts';
import type { Alert, Reason } from '../alert.ts';
import { compileRules, type CompiledRules } from '../rules/compile.ts';
import type { Rule } from '../rules/rule.ts';
import type { CallEvent } from '../call/evolve.ts';
import { advance } from './fold.ts';
import { initialCall, type CallState, type ScoredUtterance } from '../call/state.ts';

/** A stored call, or as much of it as there is. */
export interface PastCall {
  readonly state: Pick<CallState, 'callId' | 'relayId' | 'pbx' | 'startedAt' | 'endedAt' | 'endReason'>;
  /** In any order. */
  readonly utterances: readonly ScoredUtterance[];
}

/** An utterance or a moment on which a rule fired, and why. */
export type BacktestHit = Pick<Alert, 'callId' | 'seq' | 'channel' | 'text' | 'atMs' | 'raisedAt'> &
  Pick<Reason, 'explanation' | 'matches' | 'parts'>;

/** What one rule would have raised. */
export interface RuleBacktest {
  readonly ruleId: string;
  readonly ruleName: string;
  /** Calls with at least one hit. */
  readonly callsHit: number;
  /** In order of `raisedAt`. */
  readonly hits: BacktestHit[];
  /** Why the rule could not be tried; absent if it could. */
  readonly untried?: string;
}

/**
 * Runs rules, enabled or not, over past calls as if they had been enabled then. Silences are derived from the
 * utterances; what only ticks reported, such as lost audio, is not stored.
 */
export function backtest(rules: readonly Rule[], calls: readonly PastCall[]): RuleBacktest[] {
  // Without `changedAt`, a rule counts as older than every call.
  const compiled = compileRules(rules.map(({ changedAt: _, ...rule }) => ({ ...rule, enabled: true })));
  const alerts = calls
    .flatMap((call) => replay(call, compiled))
    .filter(({ follows }) => follows === undefined)
    .sort((a, b) => a.raisedAt - b.raisedAt);
  return rules.map(({ ruleId, name: ruleName, condition }) => {
    const hits = alerts.flatMap((alert) => hitsOf(alert, ruleId));
    return {
      ruleId,
      ruleName,
      callsHit: new Set(hits.map(({ callId }) => callId)).size,
      hits,
      ...(condition.type === 'unheard' && { untried: 'Whether calls were heard is not kept with them.' }),
    };
  });
}

function hitsOf({ callId, seq, channel, text, atMs, raisedAt, reasons }: Alert, ruleId: string): BacktestHit[] {
  return reasons
    .filter((reason) => reason.ruleId === ruleId)
    .map(({ explanation, matches, parts }) => ({
      ...{ callId, seq, channel, text, atMs, raisedAt, explanation, matches },
      ...(parts && { parts }),
    }));
}

function replay(
  { state: { startedAt, endedAt, endReason, ...head }, utterances }: PastCall,
  rules: CompiledRules,
): Alert[] {
  const inOrder = utterances.toSorted((a, b) => a.seq - b.seq);
  const last = inOrder.at(-1);
  const endMs = Math.max((endedAt ?? startedAt) - startedAt, ...inOrder.map((utterance) => utterance.endMs), 0);
  const events = [
    ...inOrder.flatMap((utterance): CallEvent[] => [
      { type: 'GapSkipped', toSeq: utterance.seq },
      { type: 'CallTicked', tick: tickAt(utterance.startMs, utterance, utterance.seq - 1) },
      utterance,
    ]),
    ...(last ? [{ type: 'CallTicked' as const, tick: tickAt(endMs, last, last.seq) }] : []),
    ...(last && endedAt !== undefined && endReason !== 'lost' ? [endAt(last, endedAt, endReason)] : []),
  ];

  /** The tick that a relay would have published: how long each side had been silent. */
  function tickAt(atMs: number, { callId, scope }: ScoredUtterance, lastSeq: number): CallTick {
    return { callId, atMs, lastSeq, ...(scope && { scope }), legs: legsAt(inOrder, atMs) };
  }

  function endAt({ seq: lastSeq }: ScoredUtterance, endedAt: number, reason: CallEndReason = 'hangup'): CallEvent {
    const { callId, relayId, pbx } = head;
    const ids = { version: 1 as const, callId, relayId, pbx, callStartedAt: startedAt };
    return { type: 'CallEnded', ...ids, endedAt, lastSeq, reason };
  }

  let call = initialCall({ ...head, callStartedAt: startedAt });
  return events.flatMap((event) => {
    const { state, alerts } = advance(call, event, rules);
    call = state;
    return alerts;
  });
}

function legsAt(utterances: readonly ScoredUtterance[], atMs: number): LegTick[] {
  return [...new Set(utterances.map(({ channel }) => channel))].map((channel) => {
    const before = utterances.filter((each) => each.channel === channel && each.startMs < atMs);
    const spokeMs = Math.max(0, ...before.map(({ endMs }) => endMs));
    const silenceMs = Math.max(0, atMs - spokeMs);
    return { channel, engine: '', lastAudioAgeMs: 0, speechMs: 0, silenceMs, engineLagMs: 0, gapCount: 0 };
  });
}
