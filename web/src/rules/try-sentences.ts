import { advance } from '#core/judging/fold.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import type { CallEvent } from '#core/call/evolve.ts';
import type { Match, ReasonPart } from '#core/alert.ts';
import { compileRules } from '#core/rules/compile.ts';
import { awaitsTime } from '#core/rules/conditions/compound/schema.ts';
import type { Condition, Rule } from '#core/rules/rule.ts';
import type { Score } from '#core/sentiment/score.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';

/** What a rule makes of a sentence. */
export interface TriedSentence {
  readonly text: string;
  /** Missing where nothing is said. */
  readonly score?: Score;
  readonly fired: boolean;
  readonly explanation: string;
  readonly matches: readonly Match[];
  /** Of a compound rule: the truth of each part, when it fired or else now. */
  readonly parts?: readonly ReasonPart[];
  /** After the last sentence nothing more is said, and the call ends. */
  readonly isEnd?: true;
}

type Compound = Extract<Condition, { type: 'all' | 'any' }>;
type CompoundRule = Rule & { readonly condition: Compound };

/** Whether a rule listens to both sides, each with conditions of its own. */
export function isCompound(rule: Rule): rule is CompoundRule {
  return rule.condition.type === 'all' || rule.condition.type === 'any';
}

/** A pause between sentences, so that none interrupts another. */
const SENTENCE_MS = 4000;
const head = { relayId: 'try', callId: 'try', pbx: 'try', callStartedAt: 0 };

/**
 * Runs a rule over sentences of one call, said one after another by the side that it listens to. For a compound rule
 * `agent:` or `caller:` before a sentence says whose it is. Whether it is enabled, its scope and its cooldown are left
 * aside: each sentence shows what the condition does.
 */
export function trySentences(rule: Rule, sentences: readonly string[]): TriedSentence[] {
  const { changedAt: _, ...tried } = rule;
  const rules = compileRules([{ ...tried, enabled: true, scope: {}, cooldownMs: 0 }]);
  const compiled = rules.byId.get(rule.ruleId);
  let state = initialCall(head);
  const lines = sentences.map((line, index): TriedSentence => {
    const { channel, text } = sideOf(rule, line);
    const utterance = spoken(channel, text, index + 1);
    const found = step(utterance);
    const parts = found.parts ?? compiled?.check.partsAt?.(utterance, state.memory[rule.ruleId] ?? []);
    const { score } = utterance;
    return { text, ...(score && { score }), ...found, ...(parts && { parts }) };
  });
  if (lines.length === 0 || !isCompound(rule) || !awaitsTime(rule.condition)) return lines;
  return [...lines, { text: '', ...step(endOf(rule, state)), isEnd: true }];

  function step(event: CallEvent) {
    const next = advance(state, event, rules);
    state = next.state;
    const reason = next.alerts[0]?.reasons[0];
    return {
      fired: reason !== undefined,
      explanation: reason?.explanation ?? '',
      matches: reason?.matches ?? [],
      ...(reason?.parts && { parts: reason.parts }),
    };
  }
}

/** Whose a line is, and what is said in it. */
function sideOf(rule: Rule, line: string): Pick<ScoredUtterance, 'channel' | 'text'> {
  const [, side, text] = /^\s*(agent|caller)\s*:\s*(\S.*)$/i.exec(line) ?? [];
  if (isCompound(rule) && side !== undefined && text !== undefined) {
    return { channel: side.toLowerCase() === 'agent' ? 'agent' : 'caller', text };
  }
  return { channel: rule.channel === 'agent' ? 'agent' : 'caller', text: line };
}

/** The end of a call in which nothing is said for longer than the rule waits. */
function endOf({ condition: { withinMs = 0, phase } }: CompoundRule, { nextSeq }: CallState): CallEvent {
  const lastsMs = phase?.type === 'first' ? phase.lastsMs : 0;
  const waitsMs = phase?.type === 'last' ? SENTENCE_MS : Math.max(withinMs, lastsMs) + 2 * SENTENCE_MS;
  const lastSeq = nextSeq - 1;
  return {
    type: 'CallEnded',
    version: 1,
    ...head,
    endedAt: lastSeq * SENTENCE_MS + waitsMs,
    lastSeq,
    reason: 'hangup',
  };
}

function spoken(channel: ScoredUtterance['channel'], text: string, seq: number): ScoredUtterance {
  const endMs = seq * SENTENCE_MS;
  return {
    type: 'UtteranceTranscribed',
    version: 1,
    ...head,
    seq,
    channel,
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
