import { advance } from '#core/judging/fold.ts';
import { initialCall, type ScoredUtterance } from '#core/call/state.ts';
import type { Match } from '#core/alert.ts';
import { compileRules } from '#core/rules/compile.ts';
import type { Rule } from '#core/rules/rule.ts';
import type { Score } from '#core/sentiment/score.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';

/** What a rule makes of a sentence. */
export interface TriedSentence {
  readonly text: string;
  readonly score: Score;
  readonly fired: boolean;
  readonly explanation: string;
  readonly matches: readonly Match[];
}

/** A pause between sentences, so that none interrupts another. */
const SENTENCE_MS = 4000;

/**
 * Runs a rule over sentences of one call, said one after another by the side that it listens to. Whether it is
 * enabled, its scope and its cooldown are left aside: each sentence shows what the condition does.
 */
export function trySentences(rule: Rule, sentences: readonly string[]): TriedSentence[] {
  const rules = compileRules([{ ...rule, enabled: true, scope: {}, cooldownMs: 0 }]);
  let state = initialCall({ callId: 'try', relayId: 'try', pbx: 'try', callStartedAt: 0 });
  return sentences.map((text, index) => {
    const utterance = spoken(rule, text, index + 1);
    const next = advance(state, utterance, rules);
    state = next.state;
    const reason = next.alerts[0]?.reasons[0];
    return {
      text,
      score: utterance.score,
      fired: reason !== undefined,
      explanation: reason?.explanation ?? '',
      matches: reason?.matches ?? [],
    };
  });
}

function spoken({ channel }: Rule, text: string, seq: number): ScoredUtterance {
  const endMs = seq * SENTENCE_MS;
  return {
    type: 'UtteranceTranscribed',
    version: 1,
    relayId: 'try',
    callId: 'try',
    pbx: 'try',
    callStartedAt: 0,
    seq,
    channel: channel === 'agent' ? 'agent' : 'caller',
    startMs: endMs - SENTENCE_MS / 2,
    endMs,
    text,
    engine: 'try',
    spokenAt: endMs,
    transcribedAt: endMs,
    publishedAt: endMs,
    ingestedAt: endMs,
    score: scoreUtterance(text),
  };
}
