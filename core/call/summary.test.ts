import { exampleAlert, exampleCall, said, started, tick } from './example-call.ts';
import type { CallEvent } from './evolve.ts';
import { advance } from '../judging/fold.ts';
import type { Level, RuleKind } from '../alert.ts';
import { compileRules } from '../rules/compile.ts';
import { defaultRules } from '../rules/defaults.ts';
import { exampleRule } from '../rules/example-rule.ts';
import { callSummarySchema, summaryOf } from './summary.ts';

const words = Array.from({ length: 10 }, (_, at) => `subject ${at}`);
const rules = compileRules([...defaultRules, exampleRule({ type: 'phrase', phrases: words }, { kind: 'coaching' })]);
const summaryAfter = (...events: CallEvent[]) =>
  summaryOf(events.reduce((state, event) => advance(state, event, rules).state, exampleCall));

describe('summaryOf', () => {
  it('shows a call that has just begun', () => {
    // Which language is spoken, and with it what is owed, is known with the first report.
    const summary = summaryAfter(started(), { type: 'CallTicked', tick: tick(500) });
    expect(callSummarySchema.parse(summary)).toEqual(summary);
    expect(summary).toMatchObject({
      engine: 'script',
      silenceMs: 0,
      interruptions: {},
      keywords: [],
      health: {},
      deadlines: [{ ruleId: 'recording-disclosure', ruleName: 'Recording disclosure', dueMs: 30_000 }],
    });
    expect(summary.openLevel).toBeUndefined();
  });

  it('shows how both sides talk and the health of each', () => {
    const text = 'let me explain it once more';
    const summary = summaryAfter(
      said({ seq: 1, channel: 'caller', text, startMs: 2_000, endMs: 8_000 }),
      said({ seq: 2, channel: 'agent', text, startMs: 5_000, endMs: 9_000 }),
      { type: 'CallTicked', tick: tick(10_000, { lastAudioAgeMs: 10_000 }) },
    );
    expect(summary).toMatchObject({ silenceMs: 2_000, interruptions: { agent: 1 }, health: { caller: 'unheard' } });
  });

  it('shows the most frequent keywords', () => {
    const { keywords } = summaryAfter(said({ seq: 1, text: `${words.join(', ')}, subject 9` }));
    expect(keywords).toHaveLength(8);
    expect(keywords[0]).toEqual({ phrase: 'subject 9', count: 2 });
  });

  it('shows the highest level of the open alerts', () => {
    const raised = (alertId: string, level: Level, kind: RuleKind = 'alert'): CallEvent => ({
      type: 'AlertRaised',
      alert: { ...exampleAlert, alertId, level, kind },
    });
    const resolved: CallEvent = { type: 'AlertUpdated', alert: { ...exampleAlert, alertId: 'b', state: 'resolved' } };
    expect(summaryAfter(raised('a', 'warning'), raised('b', 'urgent')).openLevel).toBe('urgent');
    expect(summaryAfter(raised('a', 'warning'), raised('c', 'critical', 'compliance')).openLevel).toBe('warning');
    expect(summaryAfter(raised('c', 'critical', 'coaching')).openLevel).toBeUndefined();
    expect(summaryAfter(raised('a', 'warning'), raised('b', 'urgent'), resolved).openLevel).toBe('warning');
  });
});
