import { evolve } from '#core/call/evolve.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import type { LegTick } from '#core/call/events.ts';
import type { Channel } from '#core/ids.ts';
import type { Alert } from '#core/alert.ts';
import type { Monitor } from '#core/monitor.ts';
import { labelOf } from '#core/sentiment/score.ts';
import { summaryOf, type CallSummary } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';

/** Calls, words and reports for tests. */
export const STARTED_AT = 1_795_399_200_000;

export function callState(callId: string): CallState {
  return initialCall({ callId, relayId: 'berlin-1', pbx: 'berlin', callStartedAt: STARTED_AT });
}

export function callSummary(callId: string, fields: Partial<CallSummary> = {}): CallSummary {
  return { ...summaryOf(callState(callId)), ...fields };
}

export function withMood(rolling: number, trend = 0): Pick<CallSummary, 'mood'> {
  return { mood: { rolling, trend, points: [rolling] } };
}

/** The words of a call: one a second, with the score that is given. */
export function utterance(callId: string, seq: number, compound = 0, channel: Channel = 'caller'): ScoredUtterance {
  const endMs = seq * 1000;
  const at = STARTED_AT + endMs;
  return {
    type: 'UtteranceTranscribed',
    version: 1,
    relayId: 'berlin-1',
    callId,
    pbx: 'berlin',
    callStartedAt: STARTED_AT,
    seq,
    channel,
    startMs: endMs - 800,
    endMs,
    text: `line ${String(seq)}`,
    engine: 'deepgram',
    spokenAt: at,
    transcribedAt: at,
    publishedAt: at,
    ingestedAt: at,
    score: { compound, label: labelOf(compound), contributions: [] },
  };
}

export function alertOn(callId: string, seq: number, state: Alert['state'] = 'open'): Alert {
  const reason = { ruleId: 'keywords', ruleName: 'Keywords', ruleVersion: 1, explanation: 'said', matches: [] };
  return {
    alertId: `keywords#${String(seq)}`,
    callId,
    kind: 'alert',
    level: 'warning',
    seq,
    channel: 'caller',
    text: `line ${String(seq)}`,
    atMs: seq * 1000,
    raisedAt: STARTED_AT + seq * 1000,
    reasons: [{ ...reason, level: 'warning' }],
    state,
    ...(state === 'open' ? {} : { handling: { version: state === 'acknowledged' ? 1 : 2 } }),
  };
}

/** The n-th request to be on a call. */
export function monitorOn(callId: string, n: number, outcome: Monitor['outcome'] = 'requested'): Monitor {
  const requestedAt = STARTED_AT + n * 1000;
  return {
    requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    callId,
    mode: 'listen',
    by: { sub: 'u-1', name: 'Ada' },
    extension: '6005',
    requestedAt,
    outcome,
    ...(outcome === 'requested' ? {} : { outcomeAt: requestedAt + 500 }),
  };
}

export function leg(channel: Channel, fields: Partial<LegTick> = {}): LegTick {
  const quiet = { lastAudioAgeMs: 10, speechMs: 900, silenceMs: 0, engineLagMs: 300, gapCount: 0 };
  return { channel, engine: 'deepgram', ...quiet, ...fields };
}

export function report(callId: string, tickedAt: number, legs: LegTick[]): RelayReport {
  const calls = [{ callId, atMs: tickedAt - STARTED_AT, lastSeq: 0, legs }];
  return { relayId: 'berlin-1', tickedAt, part: 1, parts: 1, spooledEvents: 0, calls };
}

/** Every state that a call goes through while its words are folded in, the version growing by one with each. */
export function history(callId: string, utterances: readonly ScoredUtterance[]): CallState[] {
  const states = [callState(callId)];
  for (const next of utterances) {
    const before = states.at(-1) ?? callState(callId);
    states.push({ ...evolve(before, next), version: before.version + 1 });
  }
  return states;
}
