import { compileRules } from '../rules/compile.ts';
import { alertsOf } from './example-judging.ts';
import { exampleRule } from '../rules/example-rule.ts';
import type { Rule } from '../rules/rule.ts';
import { exampleCall, said } from '../call/example-call.ts';
import { evolve } from '../call/evolve.ts';
import { advance, foldUtterances } from './fold.ts';
import { callStart, judge, momentOfTick } from './judge.ts';

const rule = exampleRule(
  { type: 'phrase', phrases: ['refund'] },
  { ruleId: 'refund', version: 3, name: 'Refund', channel: 'caller' },
);

describe('judge', () => {
  it('raises an alert that says what, where, when and why', () => {
    expect(alertsOf([rule], { seq: 1 }, { seq: 2, text: 'a refund' })).toEqual([
      {
        alertId: 'refund~2',
        callId: exampleCall.callId,
        kind: 'alert',
        level: 'warning',
        seq: 2,
        channel: 'caller',
        text: 'a refund',
        atMs: 9_000,
        raisedAt: exampleCall.startedAt + 9_000,
        reasons: [
          {
            ruleId: 'refund',
            ruleName: 'Refund',
            ruleVersion: 3,
            level: 'warning',
            explanation: 'said “refund”',
            matches: [{ text: 'refund', start: 2, end: 8 }],
          },
        ],
        state: 'open',
      },
    ]);
  });

  it('merges the rules of one kind that fire on one utterance into one alert of the highest level', () => {
    const urgent: Rule = { ...rule, ruleId: 'urgent-refund', level: 'urgent' };
    const coaching: Rule = { ...rule, ruleId: 'offer-refund', kind: 'coaching' };
    const alerts = alertsOf([rule, urgent, coaching], { seq: 1, text: 'refund' });
    expect(alerts.map(({ alertId, kind, level }) => ({ alertId, kind, level }))).toEqual([
      { alertId: 'urgent-refund~1', kind: 'alert', level: 'urgent' },
      { alertId: 'offer-refund~1', kind: 'coaching', level: 'warning' },
    ]);
    expect(alerts[0]?.reasons.map(({ ruleId }) => ruleId)).toEqual(['urgent-refund', 'refund']);
  });

  it('does not fire again on the same call during its cooldown', () => {
    const script = [4_000, 33_999, 34_000].map((endMs, at) => ({ seq: at + 1, text: 'refund', startMs: 0, endMs }));
    const silenced = alertsOf([{ ...rule, cooldownMs: 30_000 }], ...script);
    expect(silenced.filter(({ follows }) => follows === undefined).map(({ seq }) => seq)).toEqual([1, 3]);
    expect(alertsOf([rule], ...script).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('judges only the channels of the rule', () => {
    const script = (['agent', 'caller', 'mixed'] as const).map((channel, at) => ({
      seq: at + 1,
      channel,
      text: 'refund',
    }));
    const firedOn = (channel: Rule['channel']) =>
      alertsOf([{ ...rule, channel }], ...script).map((alert) => alert.channel);
    expect(firedOn('any')).toEqual(['agent', 'caller', 'mixed']);
    expect(firedOn('agent')).toEqual(['agent']);
    expect(firedOn('caller')).toEqual(['caller', 'mixed']);
  });

  it('adds matches during the cooldown to the alert that started it', () => {
    const script = ['a refund', 'nothing', 'I said refund'].map((text, at) => said({ seq: at + 1, text }));
    const rules = compileRules([{ ...rule, cooldownMs: 30_000 }]);
    const { alerts, state } = foldUtterances(exampleCall, script, rules);
    expect(alerts.map(({ alertId, follows, reasons }) => [alertId, follows, reasons[0]?.matches[0]?.text])).toEqual([
      ['refund~1', undefined, 'refund'],
      ['refund~3', 'refund~1', 'refund'],
    ]);
    expect(state).toMatchObject({ alertCount: 1, openAlerts: { 'refund~1': rule.level } });
  });

  it('judges only utterances that were in the rule’s scope when they were spoken', () => {
    const scoped: Rule = { ...rule, scope: { campaigns: ['SALES', 'SAVE'], agentIds: ['6001'] } };
    const alerts = alertsOf(
      [scoped],
      { seq: 1, text: 'refund' },
      { seq: 2, text: 'refund', scope: { campaign: 'SALES' } },
      { seq: 3, text: 'refund', scope: { campaign: 'SALES', agentId: '6002' } },
      { seq: 4, text: 'refund', scope: { campaign: 'SAVE', agentId: '6001', inGroup: 'X' } },
    );
    expect(alerts.map(({ seq }) => seq)).toEqual([4]);
  });

  it('ignores disabled rules', () => {
    expect(alertsOf([{ ...rule, enabled: false }], { seq: 1, text: 'refund' })).toEqual([]);
  });

  it('derives the same alert id whatever the order of the rules', () => {
    const rules = ['b', 'a', 'c'].map((ruleId) => ({ ...rule, ruleId }));
    const [one, other] = [rules, rules.toReversed()].map((some) => alertsOf(some, { seq: 1, text: 'refund' }));
    expect(one?.[0]?.alertId).toBe('a~1');
    expect(one).toEqual(other);
  });

  it('drops the last firing of a rule once its cooldown is over', () => {
    const script = [said({ seq: 1, text: 'refund', endMs: 10_000 }), said({ seq: 2, endMs: 39_999 })];
    const rules = compileRules([{ ...rule, cooldownMs: 30_000 }]);
    expect(foldUtterances(exampleCall, script, rules).state.lastFired).toEqual({
      refund: { atMs: 10_000, alertId: 'refund~1' },
    });
    const later = [...script, said({ seq: 3, endMs: 40_000 })];
    expect(foldUtterances(exampleCall, later, rules).state.lastFired).toEqual({});
  });

  it('counts the phrases that the customer used, whether or not a rule fired', () => {
    const rules = compileRules([
      { ...rule, cooldownMs: 60_000 },
      exampleRule({ type: 'phrase', phrases: ['Cancel', 'cancel my account', 'refund'], ignore: ['cancel the hold'] }),
    ]);
    const script = ['a refund', 'cancel the hold', 'refund? refunds!', 'cancelling my account'].map((text, at) =>
      said({ seq: at + 1, text }),
    );
    const byAgent = said({ seq: 5, channel: 'agent', text: 'no refund' });
    const { keywords } = foldUtterances(exampleCall, [...script, byAgent], rules).state;
    expect(keywords).toEqual({ refund: 3, 'cancel my account': 1 });
  });

  it('judges a late utterance by itself, but not what the call has passed since', () => {
    const rules = compileRules([
      rule,
      exampleRule({ type: 'consecutive-negative', count: 2 }, { ruleId: 'trend' }),
      exampleRule({ type: 'phrase-count', phrases: ['refund'], count: 2, withinMs: 60_000 }, { ruleId: 'count' }),
    ]);
    const script = [1, 3, 4].map((seq) => said({ seq, compound: -0.5 }));
    const skipped = advance(foldUtterances(exampleCall, script, rules).state, { type: 'GapSkipped', toSeq: 3 }, rules);
    const before = foldUtterances(skipped.state, script, rules);
    const late = said({ seq: 2, text: 'refund, refund', compound: -0.5 });
    const after = foldUtterances(before.state, [late], rules);
    expect(after.alerts.map(({ alertId }) => alertId)).toEqual(['refund~2']);
    expect(foldUtterances(after.state, [late], rules).alerts).toEqual([]);
  });
});

describe('what the rules conclude', () => {
  const rules = compileRules([
    { ...rule, cooldownMs: 30_000 },
    exampleRule({ type: 'phrase-count', phrases: ['refund'], count: 3, withinMs: 60_000 }, { ruleId: 'often' }),
    exampleRule({ type: 'long-call', afterMs: 60_000 }, { ruleId: 'long' }),
    exampleRule({ type: 'not-said-within', phrases: ['recorded'], withinMs: 20_000 }, { ruleId: 'due' }),
  ]);

  it('is events: the memory of an utterance, its keywords and its alerts', () => {
    const words = said({ seq: 1, text: 'a refund, my refund', endMs: 9_000 });
    const state = evolve(exampleCall, words);
    expect(judge(state, { type: 'utterance', utterance: words }, rules)).toEqual([
      { type: 'RulesRemembered', memory: new Map([['often', [9_000, 9_000]]]) },
      { type: 'KeywordsSpoken', phrases: ['refund', 'refund'] },
      { type: 'AlertRaised', alert: expect.objectContaining({ alertId: 'refund~1' }) as unknown },
    ]);
  });

  it('is events: deadlines, and each episode once', () => {
    const due = { ruleName: 'Example', dueMs: 20_000 };
    expect(judge(exampleCall, callStart, rules)).toEqual([{ type: 'DeadlineSet', ruleId: 'due', deadline: due }]);
    const minute = momentOfTick({ callId: exampleCall.callId, atMs: 60_000, lastSeq: 0, legs: [] });
    const events = judge(exampleCall, minute, rules);
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['EpisodeReported', 'AlertRaised']));
    expect(judge(events.reduce(evolve, exampleCall), minute, rules)).toEqual([]);
  });

  it('does not change the state by itself', () => {
    const words = said({ seq: 1, text: 'a refund' });
    const state = evolve(exampleCall, words);
    const before = structuredClone(state);
    judge(state, { type: 'utterance', utterance: words }, rules);
    expect(state).toEqual(before);
  });
});
