import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { advance, foldUtterances } from '#core/judging/fold.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import type { CompiledRules } from '#core/rules/compile.ts';
import type { Alert } from '#core/alert.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import type { RelayCallEvent } from './ingest.ts';

/** Calls for tests and benchmarks of everything that receives a relay's events. */
const CALM_LINES = [
  'my internet has been down since Tuesday',
  'I am sorry to hear that, let me take a look',
  'could you confirm your address for me please',
  'I understand, one moment please',
  'the technician comes on Friday between nine and eleven',
  'thank you so much, that is great',
  'is there anything else I can do for you',
];
const ANGRY_LINES = [
  'this is the third time and it is absolutely ridiculous',
  'I hate this, it is awful, I want to cancel my account',
  'let me speak to your manager now',
  'you are useless and I will call my lawyer',
];
/** The agent's first utterance, with the recording disclosure. */
const GREETING = 'Hello, this is support, this call may be recorded, how can I help you today?';
const STARTED_AT = 1_795_399_200_000;
const UTTERANCE_EVERY_MS = 4_000;

/** When ingest receives the events: the same for all. */
export const INGESTED_AT = STARTED_AT + 3_600_000;

/** A generator of numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/**
 * What a relay publishes of one call, in order.
 * @param angryShare of what is said
 */
export function eventsOfCall(
  callId: string,
  utterances: number,
  random: () => number,
  angryShare = 1 / 3,
): RelayCallEvent[] {
  const lineOf = (lines: readonly string[]) => lines[Math.floor(random() * lines.length)] ?? '';
  const head = { version: 1 as const, relayId: 'berlin-1', pbx: 'berlin', callId, callStartedAt: STARTED_AT };
  const scope = { agentId: '6001', campaign: 'SALES' };
  const metadata = { agent: { id: '6001', name: 'Dana' }, campaign: 'SALES', caller: { number: '+493012345' } };
  const said = Array.from({ length: utterances }, (_, index): RelayCallEvent => {
    const seq = index + 1;
    const endMs = seq * UTTERANCE_EVERY_MS - 500;
    const spokenAt = STARTED_AT + endMs;
    return {
      type: 'UtteranceTranscribed',
      ...head,
      seq,
      channel: seq === 1 || random() < 0.5 ? 'agent' : 'caller',
      startMs: endMs - 2_500,
      endMs,
      text: seq === 1 ? GREETING : lineOf(random() < angryShare ? ANGRY_LINES : CALM_LINES),
      engine: 'script',
      scope,
      spokenAt,
      transcribedAt: spokenAt + 300,
      publishedAt: spokenAt + 310,
    };
  });
  return [
    { type: 'CallStarted', ...head, engine: 'script' },
    { type: 'CallDescribed', ...head, describedAt: STARTED_AT + 100, metadata: { queue: 'support' } },
    { type: 'CallDescribed', ...head, describedAt: STARTED_AT + 900, metadata },
    ...said,
    {
      type: 'CallEnded',
      ...head,
      endedAt: STARTED_AT + (utterances + 1) * UTTERANCE_EVERY_MS,
      lastSeq: utterances,
      reason: 'hangup',
    },
  ];
}

/** A call's state and alerts after each of its events is delivered once and in order. */
export function callInOrder(
  events: readonly RelayCallEvent[],
  rules: CompiledRules,
): { state: CallState; alerts: Alert[] } {
  const [first] = events;
  if (!first) throw new Error('A call has events.');
  let state = initialCall(first);
  const alerts: Alert[] = [];
  for (const event of events) {
    const next =
      event.type === 'UtteranceTranscribed'
        ? foldUtterances(state, [scored(event)], rules)
        : advance(state, event, rules);
    state = next.state;
    alerts.push(...next.alerts);
  }
  return { state, alerts };
}

function scored(event: Extract<RelayCallEvent, { type: 'UtteranceTranscribed' }>): ScoredUtterance {
  return { ...event, score: scoreUtterance(event.text), ingestedAt: INGESTED_AT };
}

/** Events as EventBridge may deliver them: in any order, and a share of them twice. */
export function disordered<T>(events: readonly T[], repeatedShare: number, random: () => number): T[] {
  const deliveries = [...events, ...events.filter(() => random() < repeatedShare)];
  for (let last = deliveries.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [deliveries[last], deliveries[other]] = [deliveries[other] as T, deliveries[last] as T];
  }
  return deliveries;
}

/** Sends deliveries by concurrent senders. */
export async function sendAll<T>(
  deliveries: readonly T[],
  senders: number,
  send: (delivery: T) => Promise<unknown>,
): Promise<void> {
  const queue = deliveries.values();
  const sender = async () => {
    for (const delivery of queue) await send(delivery);
  };
  await Promise.all(Array.from({ length: senders }, sender));
}
