import type { Channel } from '../ids.ts';
import type {
  CallMetadata,
  callDescribedSchema,
  callEndedSchema,
  callStartedSchema,
  CallEndReason,
} from '../events.ts';
import { labelOf } from '../sentiment/score.ts';
import type { z } from 'zod';
import { initialCall, type CallState, type ScoredUtterance } from './state.ts';

/** What tests say of an utterance; the rest is made up. */
export interface Said {
  seq: number;
  channel?: Channel;
  text?: string;
  startMs?: number;
  endMs?: number;
  compound?: number;
  scope?: ScoredUtterance['scope'];
}

/** The head of the call that the tests play. */
export const exampleHead = {
  version: 1 as const,
  relayId: 'berlin-1',
  callId: 'berlin-1795399200.17',
  pbx: 'berlin',
  callStartedAt: 1_795_399_200_000,
};

export const exampleCall: CallState = initialCall(exampleHead);

/** A scored utterance; without times of its own it lasts a second and follows its seq, one every four seconds. */
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
