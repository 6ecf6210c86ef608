import { advance, foldUtterances } from '#core/judging/fold.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import type { Alert } from '#core/alert.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import { eventsOfCall, INGESTED_AT } from '../../functions/ingest/example-traffic.fake.ts';

/** Of what is said: enough for an alert in about every other call, more than people can look after. */
export const ANGRY_SHARE = 0.01;

const rules = compileRules(defaultRules);
/** So many different calls; of more, each is a copy of one. */
const SCRIPTS = 100;
const UTTERANCES_A_CALL = 90;

/** A call in the middle of it, and what is still to be said. */
export interface FloorCall {
  state: CallState;
  readonly next: ScoredUtterance[];
}

/** Calls that have gone on for a while, each somewhere else in its course. */
export function floorOf(calls: number, utterancesToCome: number, random: () => number): FloorCall[] {
  const scripts = Array.from({ length: Math.min(calls, SCRIPTS) }, () => {
    const age = Math.floor(random() * UTTERANCES_A_CALL);
    const events = eventsOfCall('script', age + utterancesToCome, random, ANGRY_SHARE);
    const [first] = events;
    if (!first) throw new Error('A call has events.');
    const said = events.flatMap((event) =>
      event.type === 'UtteranceTranscribed'
        ? [{ ...event, score: scoreUtterance(event.text), ingestedAt: INGESTED_AT }]
        : [],
    );
    let state = initialCall(first);
    for (const event of events) {
      if (event.type === 'CallStarted' || event.type === 'CallDescribed') state = advance(state, event, rules).state;
    }
    return { state: foldUtterances(state, said.slice(0, age), rules).state, next: said.slice(age) };
  });
  return Array.from({ length: calls }, (_, index) => {
    const script = scripts[index % scripts.length];
    if (!script) throw new Error('A floor has calls.');
    const callId = `berlin-17953${String(index * 7919).padStart(8, '0')}.${index}`;
    const agent = { id: String(6000 + index), name: `Agent ${index}` };
    const caller = { number: `+4930${String(index * 104_729).padStart(8, '0')}` };
    return {
      state: { ...script.state, callId, metadata: { ...script.state.metadata, agent, caller } },
      next: script.next.map((utterance) => ({ ...utterance, callId })),
    };
  });
}

/** The next words of a call, with what they set off; undefined where nothing more is to be said. */
export function sayNext(call: FloorCall): { utterance: ScoredUtterance; alerts: Alert[] } | undefined {
  const utterance = call.next.shift();
  if (!utterance) return undefined;
  const { state, alerts } = foldUtterances(call.state, [utterance], rules);
  call.state = { ...state, version: call.state.version + 1 };
  return { utterance, alerts };
}

/** The report that a relay publishes on its calls every few seconds, in parts. */
export function reportsOf(
  calls: readonly FloorCall[],
  callsAReport: number,
  tickedAt: number,
  random: () => number,
): RelayReport[] {
  const parts = Math.ceil(calls.length / callsAReport);
  const upTo = (most: number) => Math.floor(random() * most);
  return Array.from({ length: parts }, (_, index) => ({
    relayId: 'berlin-1',
    tickedAt,
    part: index + 1,
    parts,
    spooledEvents: 0,
    calls: calls.slice(index * callsAReport, (index + 1) * callsAReport).map(({ state: { callId, nextSeq } }) => ({
      callId,
      atMs: nextSeq * 4000 + upTo(4000),
      lastSeq: nextSeq - 1,
      legs: (['agent', 'caller'] as const).map((channel) => ({
        channel,
        engine: 'deepgram',
        lastAudioAgeMs: upTo(40),
        speechMs: upTo(nextSeq * 2000),
        silenceMs: upTo(8000),
        engineLagMs: 200 + upTo(300),
        gapCount: 0,
      })),
    })),
  }));
}
