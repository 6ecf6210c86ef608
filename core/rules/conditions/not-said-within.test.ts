import { exampleCall, said, started, tick, type Said } from '../../call/example-call.ts';
import { advance } from '../../judging/fold.ts';
import type { CallEvent } from '../../call/evolve.ts';
import type { CallTick } from '../../call/events.ts';
import { compileRules } from '../compile.ts';
import { alertsOverTime } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';
import type { Rule } from '../rule.ts';

const rule = exampleRule(
  { type: 'not-said-within', phrases: ['calls are recorded', 'recorded line'], withinMs: 30_000 },
  { kind: 'compliance', channel: 'agent' },
);
const agent = (seq: number, startMs: number, text = 'how can I help'): Said => ({
  seq,
  channel: 'agent',
  text,
  startMs,
});
const disclosure = (seq: number, startMs: number) => agent(seq, startMs, 'this call is on a recorded line');
const over = (lastSeq: number, atMs = 40_000): CallTick => tick(atMs, {}, { lastSeq });
const reported = (...events: (CallTick | Said)[]) => alertsOverTime([rule], ...events).length;

const stateAfter = (some: Rule, ...events: CallEvent[]) => {
  const rules = compileRules([some]);
  return events.reduce((state, event) => advance(state, event, rules).state, exampleCall);
};

describe('not-said-within', () => {
  it('is reported when the time is over and all its utterances are known', () => {
    expect(reported(agent(1, 1_000), over(1, 39_999))).toBe(0);
    expect(reported(agent(1, 1_000), over(1))).toBe(1);
    expect(reported(agent(1, 1_000), over(1), over(1, 45_000), agent(2, 50_000))).toBe(1);
  });

  it('is reported as soon as the agent begins to speak after the time', () => {
    expect(reported(agent(1, 1_000), agent(2, 30_001))).toBe(1);
    expect(reported(agent(1, 1_000), { ...agent(2, 30_001), channel: 'caller' })).toBe(0);
    expect(reported(agent(1, 1_000), { ...agent(2, 39_500), channel: 'caller' })).toBe(1);
  });

  it('names what was not said', () => {
    const [alert] = alertsOverTime([rule], over(0));
    expect(alert).toMatchObject({
      alertId: 'example~0',
      kind: 'compliance',
      channel: 'agent',
      atMs: 30_000,
      reasons: [{ explanation: 'not said in the first 30 s: “calls are recorded”' }],
    });
  });

  it('is fulfilled by any of the phrases in an utterance that the right side began in time', () => {
    expect(reported(disclosure(1, 30_000), over(1))).toBe(0);
    expect(reported(disclosure(1, 30_001), over(1))).toBe(1);
    expect(reported({ ...disclosure(1, 1_000), channel: 'caller' }, over(1))).toBe(1);
  });

  it('waits for utterances that were published before the tick', () => {
    expect(reported(over(2), agent(1, 1_000))).toBe(0);
    expect(reported(over(2), agent(1, 1_000), disclosure(2, 5_000))).toBe(0);
    expect(reported(over(2), agent(1, 1_000), agent(2, 5_000))).toBe(1);
  });

  it('counts what was said in any scope', () => {
    const scoped = { ...rule, scope: { campaigns: ['SALES'] } };
    const inSales = { ...over(1), scope: { campaign: 'SALES' } };
    expect(alertsOverTime([scoped], disclosure(1, 5_000), inSales)).toEqual([]);
    expect(alertsOverTime([scoped], agent(1, 5_000), inSales)).toHaveLength(1);
    expect(alertsOverTime([scoped], agent(1, 5_000), over(1))).toEqual([]);
  });

  it('counts down from the start of the call until the phrase is said', () => {
    const owed = stateAfter(rule, started());
    expect(owed.deadlines).toEqual({ example: { ruleName: 'Example', dueMs: 30_000 } });
    const done = stateAfter(rule, started(), said(disclosure(1, 8_000)));
    expect(done.deadlines).toEqual({ example: { ruleName: 'Example', dueMs: 30_000, doneMs: 9_000 } });
    expect(stateAfter(rule, said(disclosure(1, 8_000)), started()).deadlines).toEqual(done.deadlines);
  });

  it('counts down only in calls of its scope', () => {
    const scoped = { ...rule, scope: { campaigns: ['SALES'] } };
    expect(stateAfter(scoped, started(), said(agent(1, 1_000))).deadlines).toEqual({});
    const inSales = said({ ...agent(1, 1_000), scope: { campaign: 'SALES' } });
    expect(Object.keys(stateAfter(scoped, started(), inSales).deadlines)).toEqual(['example']);
  });

  it('does not apply to calls that began before the rule was saved', () => {
    const newer = { ...rule, changedAt: exampleCall.startedAt + 1 };
    expect(alertsOverTime([newer], over(0))).toEqual([]);
    expect(stateAfter(newer, started()).deadlines).toEqual({});
    expect(alertsOverTime([{ ...rule, changedAt: exampleCall.startedAt }], over(0))).toHaveLength(1);
  });

  it('is fulfilled by a late utterance, as long as no alert was raised', () => {
    const late = stateAfter(
      rule,
      said(agent(1, 1_000)),
      { type: 'GapSkipped', toSeq: 3 },
      said(agent(3, 12_000)),
      said(disclosure(2, 5_000)),
      { type: 'CallTicked', tick: over(3) },
    );
    expect(late.openAlerts).toEqual({});
    expect(late.deadlines.example?.doneMs).toBe(6_000);
  });
});
