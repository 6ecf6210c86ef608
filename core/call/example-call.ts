import type { Channel } from '../ids.ts';
import type {
  callDescribedSchema,
  callEndedSchema,
  CallEndReason,
  CallMetadata,
  callStartedSchema,
  CallTick,
  LegTick,
} from './events.ts';
import { labelOf } from '../sentiment/score.ts';
import type { Alert } from '../alert.ts';
import type { z } from 'zod';
import { initialCall, type CallState, type ScoredUtterance } from './state.ts';

/** The fields of an utterance that a test sets; {@link said} fills in the rest. */
export interface Said {
  seq: number;
  channel?: Channel;
  text?: string;
  startMs?: number;
  endMs?: number;
  compound?: number;
  scope?: ScoredUtterance['scope'];
}

/** The fields that all events of the example call share. */
export const exampleHead = {
  version: 1 as const,
  relayId: 'berlin-1',
  callId: 'berlin-1795399200.17',
  pbx: 'berlin',
  callStartedAt: 1_795_399_200_000,
};

export const exampleCall: CallState = initialCall(exampleHead);

/** A scored utterance; by default it lasts 1 s and starts at `seq` × 4 s. */
export function said(words: Said): ScoredUtterance {
  const { seq, channel = 'caller', text = 'well then', compound = 0, scope } = words;
  const startMs = words.startMs ?? seq * 4_000;
  const endMs = words.endMs ?? startMs + 1_000;
  const spokenAt = exampleHead.callStartedAt + endMs;
  return {
    type: 'UtteranceTranscribed',
    ...exampleHead,
    seq,
    channel,
    startMs,
    endMs,
    text,
    engine: 'script',
    ...(scope && { scope }),
    spokenAt,
    transcribedAt: spokenAt + 300,
    publishedAt: spokenAt + 310,
    score: { compound, label: labelOf(compound), contributions: [] },
    ingestedAt: spokenAt + 350,
  };
}

export function started(engine = 'script'): z.infer<typeof callStartedSchema> {
  return { type: 'CallStarted', ...exampleHead, engine };
}

export function described(metadata: CallMetadata, describedAtMs: number): z.infer<typeof callDescribedSchema> {
  return {
    type: 'CallDescribed',
    ...exampleHead,
    describedAt: exampleHead.callStartedAt + describedAtMs,
    metadata,
  };
}

export function ended(
  endedAtMs: number,
  lastSeq: number,
  reason: CallEndReason = 'hangup',
): z.infer<typeof callEndedSchema> {
  return { type: 'CallEnded', ...exampleHead, endedAt: exampleHead.callStartedAt + endedAtMs, lastSeq, reason };
}

/** A leg with fresh audio and a working engine. */
export const healthyLeg: LegTick = {
  channel: 'caller',
  engine: 'script',
  lastAudioAgeMs: 20,
  speechMs: 0,
  silenceMs: 0,
  engineLagMs: 300,
  gapCount: 0,
};

/** A tick of a call with one leg, the caller's. */
export function tick(atMs: number, leg: Partial<LegTick> = {}, more: Partial<CallTick> = {}): CallTick {
  return { callId: exampleHead.callId, atMs, lastSeq: 0, legs: [{ ...healthyLeg, ...leg }], ...more };
}

export const exampleAlert: Alert = {
  alertId: 'refund~1',
  callId: exampleHead.callId,
  kind: 'alert',
  level: 'warning',
  seq: 1,
  channel: 'caller',
  text: 'a refund',
  atMs: 5_000,
  raisedAt: exampleHead.callStartedAt + 5_000,
  reasons: [
    {
      ruleId: 'refund',
      ruleName: 'Refund',
      ruleVersion: 1,
      level: 'warning',
      explanation: 'said “refund”',
      matches: [],
    },
  ],
  state: 'open',
};
