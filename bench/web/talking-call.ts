import { advance } from '#core/judging/fold.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import type { Alert } from '#core/alert.ts';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';

const rules = compileRules(defaultRules);

const words: readonly (readonly ['agent' | 'caller', string])[] = [
  ['agent', 'Thank you for calling, how can I help you today?'],
  ['caller', 'I have been charged twice again and nobody called me back.'],
  ['agent', 'I am sorry to hear that, let me pull up your account.'],
  ['caller', 'This is the third time, it is a terrible waste of time.'],
  ['caller', 'I want to cancel my account today.'],
  ['agent', 'I can refund both charges right away.'],
  ['caller', 'Really? That would be great, thank you so much.'],
];

/** A call on which one line follows another, folded as ingest folds it. */
export class TalkingCall {
  state: CallState;
  readonly utterances: ScoredUtterance[] = [];
  readonly alerts: Alert[] = [];

  constructor(index: number, startedAt: number) {
    const head = { callId: `bench-${startedAt}.${index}`, relayId: 'bench', pbx: 'bench', callStartedAt: startedAt };
    const metadata = {
      agent: { id: String(6000 + index), name: `Agent ${index}` },
      caller: { number: `+49151${1_000_000 + index}` },
      campaign: `Campaign ${index % 5}`,
    };
    const described = { type: 'CallDescribed', version: 1, ...head, describedAt: startedAt, metadata } as const;
    this.state = advance(initialCall(head), described, rules).state;
  }

  speak(at: number): { utterance: ScoredUtterance; alerts: Alert[] } {
    const { callId, relayId, pbx, startedAt, nextSeq: seq } = this.state;
    const [channel, text] = words[(seq + Number(callId.split('.')[1])) % words.length] ?? ['agent', 'Hello.'];
    const endMs = at - startedAt;
    const head = { version: 1, relayId, callId, pbx, callStartedAt: startedAt } as const;
    const times = { spokenAt: at, transcribedAt: at, publishedAt: at, ingestedAt: at };
    const utterance: ScoredUtterance = {
      type: 'UtteranceTranscribed',
      ...head,
      ...times,
      seq,
      channel,
      startMs: Math.max(0, endMs - 800),
      endMs,
      text,
      engine: 'bench',
      score: scoreUtterance(text),
    };
    const next = advance(this.state, utterance, rules);
    this.state = { ...next.state, version: this.state.version + 1 };
    this.utterances.push(utterance);
    this.alerts.push(...next.alerts);
    return { utterance, alerts: next.alerts };
  }
}
