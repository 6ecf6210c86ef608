import fc from 'fast-check';
import type { CallScope, CallTick, LegTick } from '../call/events.ts';
import type { Channel } from '../ids.ts';
import { described, ended, healthyLeg, exampleHead, said, started } from '../call/example-call.ts';
import type { CallEvent } from '../call/evolve.ts';
import type { ScoredUtterance } from '../call/state.ts';

/** A generated call: all that its relay publishes, in order. */
export interface ArbitraryCall {
  readonly utterances: ScoredUtterance[];
  readonly ticks: CallTick[];
  readonly events: CallEvent[];
}

type Side = Extract<Channel, 'agent' | 'caller'>;
type Span = readonly [fromMs: number, toMs: number];

/** What one side says, before it has times and becomes an utterance. */
interface Line {
  readonly channel: Side;
  readonly pauseMs: number;
  readonly durationMs: number;
  readonly lagMs: number;
  readonly text: string;
  readonly compound: number;
}

interface Plot {
  readonly lines: readonly Line[];
  /** Spans in which each leg has no audio, and in which it has no engine. */
  readonly noAudio: Record<Side, readonly Span[]>;
  readonly noEngine: Record<Side, readonly Span[]>;
  /** When the call's campaign becomes known. */
  readonly scopedFromMs: number;
  /** When the call is wrongly ended as lost. */
  readonly lostMs: number;
}

const TEXTS = [
  'well yes',
  'I want to cancel that',
  'please cancel the hold',
  'my lawyer will sue',
  'let me speak to your manager now',
  "I don't know, I do not know",
  'calls are recorded for training',
  'this is shit',
  'no I do not think so at all',
];

const side = fc.constantFrom<Side>('agent', 'caller');
const line: fc.Arbitrary<Line> = fc.record({
  channel: side,
  pauseMs: fc.oneof(fc.integer({ min: -4_000, max: 3_000 }), fc.integer({ min: 0, max: 40_000 })),
  durationMs: fc.integer({ min: 300, max: 9_000 }),
  lagMs: fc.integer({ min: 200, max: 7_000 }),
  text: fc.constantFrom(...TEXTS),
  compound: fc.constantFrom(-0.9, -0.72, -0.5, -0.1, 0, 0.4, 0.8),
});
/** Spans with time between them: two that touch would be one. */
const spans = fc
  .array(fc.tuple(fc.integer({ min: 2_000, max: 100_000 }), fc.integer({ min: 1_000, max: 60_000 })), { maxLength: 3 })
  .map((some) => {
    let atMs = 0;
    return some.map(([pauseMs, lengthMs]): Span => {
      const fromMs = atMs + pauseMs;
      atMs = fromMs + lengthMs;
      return [fromMs, atMs];
    });
  });
const sides = fc.record({ agent: spans, caller: spans });
const plot: fc.Arbitrary<Plot> = fc.record({
  lines: fc.array(line, { maxLength: 25 }),
  noAudio: sides,
  noEngine: sides,
  scopedFromMs: fc.integer({ min: 0, max: 60_000 }),
  lostMs: fc.integer({ min: 0, max: 120_000 }),
});

/** Any call whose utterances and ticks are consistent with each other. */
export const arbitraryCall: fc.Arbitrary<ArbitraryCall> = plot.map(play);

const TICK_MS = 5_000;

function play({ lines, noAudio, noEngine, scopedFromMs, lostMs }: Plot): ArbitraryCall {
  const scopeAt = (atMs: number): CallScope => (atMs >= scopedFromMs ? { campaign: 'SALES', agentId: '6001' } : {});
  const spoken = speak(lines);
  const endMs = Math.max(0, ...spoken.map(({ publishedMs }) => publishedMs)) + 30_000;
  const utterances = spoken
    .toSorted((a, b) => a.publishedMs - b.publishedMs)
    .map(({ publishedMs, ...words }, at) => ({
      publishedMs,
      ...said({ ...words, seq: at + 1, scope: scopeAt(words.endMs) }),
      transcribedAt: exampleHead.callStartedAt + publishedMs,
      publishedAt: exampleHead.callStartedAt + publishedMs,
    }));

  const legAt = (channel: Side, atMs: number): LegTick => {
    const before = spoken.filter((each) => each.channel === channel && each.startMs <= atMs);
    const speechEndMs = Math.max(0, ...before.map((each) => each.endMs));
    const downMs = inSpan(noEngine[channel], atMs);
    return {
      ...healthyLeg,
      channel,
      silenceMs: Math.max(0, atMs - speechEndMs),
      lastAudioAgeMs: inSpan(noAudio[channel], atMs) ?? 20,
      ...(downMs !== undefined && { engineDownMs: downMs }),
    };
  };
  const ticks = Array.from({ length: Math.floor(endMs / TICK_MS) }, (_, at): CallTick => {
    const atMs = (at + 1) * TICK_MS;
    const lastSeq = utterances.filter(({ publishedMs }) => publishedMs <= atMs).length;
    const legs = [legAt('caller', atMs), legAt('agent', atMs)];
    return { callId: exampleHead.callId, atMs, lastSeq, scope: scopeAt(atMs), legs };
  });

  const events: (readonly [atMs: number, event: CallEvent])[] = [
    [0, started()],
    [100, described({ queue: 'save' }, 100)],
    [scopedFromMs, described({ campaign: 'SALES', agent: { id: '6001' } }, scopedFromMs)],
    ...utterances.map(({ publishedMs, ...utterance }) => [publishedMs, utterance] as const),
    ...ticks.map((tick) => [tick.atMs, { type: 'CallTicked', tick }] as const),
    [lostMs, ended(lostMs, 0, 'lost')],
    [endMs, ended(endMs, utterances.length)],
  ];
  return {
    utterances: utterances.map(({ publishedMs: _, ...utterance }) => utterance),
    ticks,
    events: events.toSorted(([a], [b]) => a - b).map(([, event]) => event),
  };
}

/** Assigns times to the lines: each starts after its side's previous one, and no earlier than its pause allows. */
function speak(lines: readonly Line[]) {
  const freeMs: Record<Side, number> = { agent: 0, caller: 0 };
  let lastMs = 0;
  return lines.map(({ channel, pauseMs, durationMs, lagMs, text, compound }) => {
    const startMs = Math.max(freeMs[channel], lastMs + pauseMs, 0);
    const endMs = startMs + durationMs;
    freeMs[channel] = endMs;
    lastMs = Math.max(lastMs, endMs);
    return { channel, startMs, endMs, publishedMs: endMs + lagMs, text, compound };
  });
}

/** How long the span around a time has lasted; undefined outside of all spans. */
function inSpan(some: readonly Span[], atMs: number): number | undefined {
  const span = some.find(([fromMs, toMs]) => fromMs <= atMs && atMs < toMs);
  return span && atMs - span[0];
}
