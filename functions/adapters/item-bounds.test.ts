import fc from 'fast-check';
import { MAX_MATCHES, MAX_REASONS, type Alert } from '#core/alert.ts';
import {
  described,
  ended,
  exampleAlert,
  exampleCall,
  exampleHead,
  healthyLeg,
  said,
  started,
} from '#core/call/example-call.ts';
import type { CallMetadata, CallTick } from '#core/call/events.ts';
import type { CallEvent } from '#core/call/evolve.ts';
import { earlierCallOf } from '#core/call/earlier-call.ts';
import { recordOf } from '#core/call/record.ts';
import { MAX_EVIDENCE, MAX_RECAP_SENTENCES, MAX_SENTENCE_LENGTH, recapSchema } from '#core/recap/recap.ts';
import { MAX_KEYPHRASE_LENGTH, MAX_KEYPHRASES } from '#core/topics/bounds.ts';
import { MAX_SEQ } from '#core/fields.ts';
import { scoredUtteranceSchema, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import { summaryOf } from '#core/call/summary.ts';
import {
  MAX_AGENTS_PER_LIST,
  MAX_CALLS_PER_TICK,
  MAX_QUEUES_PER_TICK,
  type AgentList,
  type RelayReport,
} from '#core/contracts/events.ts';
import { advance, ALERTS_A_WRITE, foldUtterances } from '#core/judging/fold.ts';
import { filled, hostileRules, hostileText, unpackable } from '#core/judging/hostile-input.ts';
import { compileRules, MAX_RULES, type CompiledRules } from '#core/rules/compile.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import type { Rule } from '#core/rules/rule.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { MAX_CONTRIBUTIONS, withFirstContributions } from '#core/sentiment/score.ts';
import { textblob } from '#core/sentiment/textblob/textblob.ts';
import { frameOf } from '../live-delivery/frame.ts';
import { itemBytes } from './item-bytes.ts';
import {
  agentListItem,
  agentListOf,
  alertItem,
  alertOf,
  callItem,
  callOf,
  recapAttributes,
  recapItem,
  recordItem,
  reportItem,
  reportOf,
} from './items.ts';
import { utteranceItem, type Item } from './items.ts';

const LIMIT_BYTES = 65_536;
const FRAME_LIMIT_BYTES = 128 * 1024;
const ENTRY_LIMIT_BYTES = 240 * 1024;
/** Of DynamoDB. */
const TRANSACTION = { rows: 100, bytes: 4 * 1024 * 1024 };

const name = (seed: number) => unpackable(256, seed);
const scope = { agentId: name(1), campaign: name(2), inGroup: name(3) };
const metadata: CallMetadata = {
  linkedid: name(4),
  agent: { id: name(1), name: name(5) },
  caller: { number: name(6), name: name(7) },
  campaign: name(2),
  inGroup: name(3),
  queue: name(8),
  recordingUrl: `https://example.com/${'x'.repeat(2_000)}`,
  leadId: name(9),
  disposition: name(10),
  termReason: name(11),
};

/** An utterance as ingest stores it. */
function spoken(text: string, seq: number, engine: typeof scoreUtterance): ScoredUtterance {
  const words = said({ seq, text, scope, channel: seq % 3 === 0 ? 'agent' : 'caller' });
  const names = { relayId: name(12), pbx: name(13), engine: name(14) };
  return scoredUtteranceSchema.parse({ ...words, ...names, score: withFirstContributions(engine(text)) });
}

const silent: CallTick = {
  callId: exampleHead.callId,
  atMs: 3_700_000,
  lastSeq: 0,
  scope,
  legs: [{ ...healthyLeg, silenceMs: 100_000, lastAudioAgeMs: 0 }],
};

/** Each state and its alerts, as one write would hold them. */
function writesOf(utterances: readonly ScoredUtterance[], rules: CompiledRules) {
  const writes: { state: CallState; alerts: Alert[] }[] = [];
  let state: CallState = { ...exampleCall, callId: 'c'.repeat(128) };
  const step = (event: CallEvent) => {
    const next = advance(state, event, rules);
    writes.push(next);
    state = next.state;
  };
  step(started());
  step(described(metadata, 10));
  while (state.nextSeq <= utterances.length) {
    const next = foldUtterances(state, utterances.slice(state.nextSeq - 1), rules, ALERTS_A_WRITE);
    writes.push(next);
    state = next.state;
  }
  // What one moment does not raise, the next ones do.
  for (let tick = 0; tick < 12; tick++) step({ type: 'CallTicked', tick: { ...silent, atMs: silent.atMs + tick } });
  step(ended(3_800_000, utterances.length));
  return writes;
}

const handling = {
  version: 1,
  assignee: { sub: 's'.repeat(128), name: name(20) },
  acknowledged: { at: 1, by: { sub: 's'.repeat(128), name: name(20) } },
  resolved: { at: 1, by: { sub: 's'.repeat(128), name: name(20) } },
  note: unpackable(2_000, 21),
};

/** What is written and sent of a call with these texts; fails where anything is too large, or cannot be read again. */
function requireSmall(texts: readonly string[], rules: readonly Rule[], engine = scoreUtterance): void {
  const utterances = texts.map((text, index) => spoken(text, index + 1, engine));
  for (const utterance of utterances) {
    requireSmallItem(utteranceItem(utterance, 30));
    requireSmallFrame(
      frameOf([{ type: 'call', pushedAt: 1, callId: utterance.callId, utterances: [utterance], alerts: [] }]),
    );
  }
  const alertsOfCall: Alert[] = [];
  for (const { state, alerts } of writesOf(utterances, compileRules(rules))) {
    const item = callItem({ ...state, version: 1 }, 30);
    requireSmallItem(item);
    expect(callOf(item)).toEqual({ ...state, version: 1 });
    requireSmallFrame(frameOf([{ type: 'overview', pushedAt: 1, calls: [summaryOf(state)] }]));
    const items = alerts.map((alert) => alertItem({ ...alert, handling }, 30));
    for (const [index, alert] of alerts.entries()) {
      requireSmallItem(items[index] ?? {});
      expect(alertOf(alertItem(alert, 30))).toEqual(alert);
      requireSmallFrame(frameOf([{ type: 'alerts', pushedAt: 1, alerts: [{ ...alert, handling }] }]));
      expect(Buffer.byteLength(JSON.stringify({ ...alert, handling }))).toBeLessThan(ENTRY_LIMIT_BYTES);
    }
    expect(items.length + 3).toBeLessThanOrEqual(TRANSACTION.rows);
    expect(items.reduce((sum, each) => sum + itemBytes(each), 3 * LIMIT_BYTES)).toBeLessThan(TRANSACTION.bytes);
    alertsOfCall.push(...alerts);
  }
  const last = writesOf(utterances, compileRules([])).at(-1)?.state ?? exampleCall;
  const { record, words } = recordOf(last, utterances, alertsOfCall);
  requireSmallItem({ ...recordItem(record, words, 30), ...recapAttributes(widestRecap, widestTopics) });
  requireSmallItem(recapItem(last, widestRecap, 30));
  requireSmallItem(earlierCallOf({ state: last, utterances, alerts: alertsOfCall }, widestRecap));
}

/** As much as a model may write. */
const widestRecap = recapSchema.parse({
  engine: 'bedrock',
  model: name(22).slice(0, 200),
  isFinal: true,
  madeAt: 1,
  lastSeq: MAX_SEQ,
  lines: MAX_SEQ,
  fellBack: unpackable(300, 23),
  sentences: Array.from({ length: MAX_RECAP_SENTENCES }, (_, index) => ({
    section: index === 0 ? 'reason' : 'promised',
    // Words of one letter each: the search keeps each of them.
    text: Array.from(unpackable(MAX_SENTENCE_LENGTH / 2, 30 + index)).join(' '),
    isQuote: false,
    by: 'agent',
    due: unpackable(80, 60 + index),
    ruleName: unpackable(120, 90 + index),
    seqs: Array.from({ length: MAX_EVIDENCE }, (_unused, seq) => MAX_SEQ - seq),
  })),
});
const widestTopics = Array.from({ length: MAX_KEYPHRASES }, (_, index) => unpackable(MAX_KEYPHRASE_LENGTH, index + 1));

function requireSmallItem(item: Item): void {
  expect(itemBytes(item)).toBeLessThan(LIMIT_BYTES);
}

function requireSmallFrame(frame: string): void {
  expect(Buffer.byteLength(frame)).toBeLessThan(FRAME_LIMIT_BYTES);
}

describe('whatever is said, and whatever the rules', () => {
  it('no row is large, no message exceeds its limit, and nothing throws', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 6 }), hostileRules, (texts, rules) => {
        requireSmall(texts, rules);
      }),
      { numRuns: 40, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    );
  }, 120_000);

  it('bears twelve rules on letters against as many words as an utterance holds', () => {
    const letters = Array.from('abcdefghijkl');
    const rules = letters.map((letter) =>
      exampleRule({ type: 'phrase', phrases: [letter] }, { ruleId: `on-${letter}` }),
    );
    const text = filled('a b c d e f g h i j k l ', 4_096).trim();
    requireSmall([text, text], rules);
    const [alert] = foldUtterances(exampleCall, [spoken(text, 1, scoreUtterance)], compileRules(rules)).alerts;
    expect(alert?.reasons).toHaveLength(MAX_REASONS);
    expect(alert?.moreReasons).toBe(letters.length - MAX_REASONS);
    const [first] = alert?.reasons ?? [];
    expect(first?.matches).toHaveLength(MAX_MATCHES / MAX_REASONS);
    const said = text.split(' ').filter((word) => word === 'a').length;
    expect((first?.matches.length ?? 0) + (first?.moreMatches ?? 0)).toBe(said);
  });

  it('bears as many rules as there may be of each kind, with the longest ids and names', () => {
    const conditions: Rule['condition'][] = [
      { type: 'phrase-count', phrases: ['a'], count: 20, withinMs: 7_200_000 },
      { type: 'not-said-within', phrases: ['never ever'], withinMs: 5_000 },
      { type: 'long-call', afterMs: 60_000 },
      { type: 'dead-air', afterMs: 5_000 },
      { type: 'phrase', phrases: ['a'] },
      compound([1_000, 7_200_000]),
      compound([1_000, 7_200_000], 'never ever'),
    ];
    for (const condition of conditions) {
      const rules = Array.from({ length: MAX_RULES }, (_, index) =>
        exampleRule(condition, {
          ruleId: `${String(index).padStart(4, '0')}-${'x'.repeat(59)}`,
          name: unpackable(120, index + 1),
          level: 'critical',
          cooldownMs: condition.type === 'phrase-count' ? Number.MAX_SAFE_INTEGER : 0,
        }),
      );
      requireSmall(Array<string>(20).fill(filled('a ', 4_096)), rules);
    }
  });

  it('keeps the row of a past call small that has as much of everything as there may be', () => {
    const texts = Array.from({ length: 24 }, (_, index) => Array.from(unpackable(2_048, index + 1)).join(' '));
    const utterances = texts.map((text, index) => said({ seq: index + 1, text }));
    const alerts = Array.from({ length: MAX_RULES }, (_, index) => ({
      ...exampleAlert,
      reasons: exampleAlert.reasons.map((reason) => ({ ...reason, ruleId: `${index}`.padEnd(64, 'r') })),
    }));
    const { record, words } = recordOf({ ...exampleCall, callId: 'c'.repeat(128), metadata }, utterances, alerts);
    expect(record.unsearchedWords).toBeGreaterThan(0);
    const row = { ...recordItem(record, words, 30), ...recapAttributes(widestRecap, widestTopics) };
    requireSmallItem(row);
    expect(itemBytes(row)).toBeGreaterThan(LIMIT_BYTES / 2);
  });

  it('keeps of rules that come and go during a call no more than of those that there may be', () => {
    let state = exampleCall;
    for (let round = 0; round < 20; round++) {
      const rules = Array.from({ length: MAX_RULES }, (_, index) =>
        exampleRule(
          { type: 'phrase-count', phrases: ['a'], count: 20, withinMs: 7_200_000 },
          { ruleId: `r-${String(round)}-${String(index)}`, cooldownMs: 1e9 },
        ),
      );
      state = foldUtterances(state, [spoken(filled('a ', 100), round + 1, scoreUtterance)], compileRules(rules)).state;
      for (const table of [state.memory, state.lastFired]) expect(Object.keys(table)).toHaveLength(MAX_RULES);
    }
    requireSmallItem(callItem({ ...state, version: 1 }, 30));
  });

  it.each<[string, typeof scoreUtterance]>([
    ['telephone', scoreUtterance],
    ['textblob', textblob.score],
  ])('counts the words that moved a score and are not kept: %s', (_, engine) => {
    const text = filled('good bad awful ', 4_096).trim();
    const score = withFirstContributions(engine(text));
    expect(score.contributions).toHaveLength(MAX_CONTRIBUTIONS);
    expect(MAX_CONTRIBUTIONS + (score.moreContributions ?? 0)).toBe(engine(text).contributions.length);
    expect(withFirstContributions(score)).toEqual(score);
  });
});

/** As many conditions as a compound rule may have, all of them on what every text holds. */
function compound([withinMs, countedMs]: [number, number], absent?: string): Rule['condition'] {
  const counted = { type: 'phrase-count' as const, phrases: ['a'], count: 20, withinMs: countedMs };
  const said = { type: 'phrase' as const, phrases: ['a'] };
  const conditions = [counted, said, said].map((condition) => ({ channel: 'any' as const, condition }));
  const awaited = { channel: 'any' as const, condition: { type: 'phrase' as const, phrases: [absent ?? 'a'] } };
  return {
    type: 'all',
    parts: [{ conditions }, { conditions }, { ...(absent && { not: true }), conditions: [awaited] }],
    withinMs,
  };
}

describe('what relays report', () => {
  it('of calls with many legs keeps which calls there are, and says of how many the details are missing', () => {
    const leg = { ...healthyLeg, speechMs: 172_800_000 };
    const report: RelayReport = {
      relayId: name(30),
      tickedAt: 1,
      part: 1_000,
      parts: 1_000,
      spooledEvents: Number.MAX_SAFE_INTEGER,
      calls: Array.from({ length: MAX_CALLS_PER_TICK }, (_, index) => ({
        callId: `${String(index)}-${'c'.repeat(120)}`,
        atMs: 172_800_000,
        lastSeq: 100_000,
        scope,
        legs: Array.from({ length: 16 }, (__, at) => ({ ...leg, engine: unpackable(256, 100 + 16 * index + at) })),
      })),
      pbx: name(31),
      queues: Array.from({ length: MAX_QUEUES_PER_TICK }, (_, index) => ({
        queue: unpackable(80, 2_000 + index),
        calls: 100_000,
        longestSince: 1,
        abandoned: 1_000_000,
      })),
    };
    const item = reportItem(report);
    requireSmallItem(item);
    const kept = reportOf(item);
    expect(kept.calls.map(({ callId }) => callId)).toEqual(report.calls.map(({ callId }) => callId));
    expect(kept.calls.filter(({ legs }) => legs.length === 0)).toHaveLength(kept.callsInBrief ?? 0);
    expect(kept.callsInBrief).toBeGreaterThan(0);
    expect(kept.queues).toEqual(report.queues);
    expect(kept.calls[0]).toEqual(report.calls[0]);
    requireSmallFrame(frameOf([{ type: 'relays', pushedAt: 1, relays: [kept] }]));
    expect(reportOf(reportItem({ ...report, calls: report.calls.slice(0, 2) }))).not.toHaveProperty('callsInBrief');
  });

  it('of agents with long names keeps the first ones, and says how many are missing', () => {
    const list: AgentList = {
      relayId: name(30),
      pbx: name(31),
      listedAt: 1,
      part: 1,
      parts: 1,
      agents: Array.from({ length: MAX_AGENTS_PER_LIST }, (_, index) => ({
        id: name(100 + index),
        state: 'INCALL',
        inGroups: [name(1_000 + index)],
      })),
    };
    const item = agentListItem(list);
    requireSmallItem(item);
    const kept = agentListOf(item);
    expect(kept.agents).toEqual(list.agents.slice(0, kept.agents.length));
    expect(kept.agents.length).toBeGreaterThan(0);
    expect(kept.agents.length + (kept.agentsLeftOut ?? 0)).toBe(list.agents.length);
  });
});
