import { compileRules } from '../rules/compile.ts';
import type { Rule } from '../rules/rule.ts';
import { exampleCall, said, type Said } from './example-call.ts';
import { foldUtterances } from './fold.ts';

const rule: Rule = {
  ruleId: 'refund',
  version: 3,
  name: 'Refund',
  enabled: true,
  level: 'warning',
  kind: 'alert',
  channel: 'caller',
  scope: {},
  cooldownMs: 0,
  condition: { type: 'phrase', phrases: ['refund'] },
};

const alertsOf = (rules: Rule[], ...script: Said[]) =>
  foldUtterances(exampleCall, script.map(said), compileRules(rules)).alerts;

describe('decide', () => {
  it('raises an alert that says what, where, when and why', () => {
    expect(alertsOf([rule], { seq: 1 }, { seq: 2, text: 'a refund' })).toEqual([
      {
        alertId: 'refund#2',
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

  it('merges what one utterance sets off, at the highest level, kind by kind', () => {
    const urgent: Rule = { ...rule, ruleId: 'urgent-refund', level: 'urgent' };
    const coaching: Rule = { ...rule, ruleId: 'offer-refund', kind: 'coaching' };
    const alerts = alertsOf([rule, urgent, coaching], { seq: 1, text: 'refund' });
    expect(alerts.map(({ alertId, kind, level }) => ({ alertId, kind, level }))).toEqual([
      { alertId: 'urgent-refund#1', kind: 'alert', level: 'urgent' },
      { alertId: 'offer-refund#1', kind: 'coaching', level: 'warning' },
    ]);
    expect(alerts[0]?.reasons.map(({ ruleId }) => ruleId).sort()).toEqual(['refund', 'urgent-refund']);
  });

  it('is silent on the same call while it cools down', () => {
    const script = [4_000, 33_999, 34_000].map((endMs, at) => ({ seq: at + 1, text: 'refund', startMs: 0, endMs }));
    expect(alertsOf([{ ...rule, cooldownMs: 30_000 }], ...script).map(({ seq }) => seq)).toEqual([1, 3]);
    expect(alertsOf([rule], ...script).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('listens to the sides it is told to', () => {
    const script = (['agent', 'caller', 'mixed'] as const).map((channel, at) => ({
      seq: at + 1,
      channel,
      text: 'refund',
    }));
    const heard = (channel: Rule['channel']) =>
      alertsOf([{ ...rule, channel }], ...script).map((alert) => alert.channel);
    expect(heard('any')).toEqual(['agent', 'caller', 'mixed']);
    expect(heard('agent')).toEqual(['agent']);
    expect(heard('caller')).toEqual(['caller', 'mixed']);
  });

  it('looks only at calls in its scope, as they were when the words were said', () => {
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

  it('leaves disabled rules out', () => {
    expect(alertsOf([{ ...rule, enabled: false }], { seq: 1, text: 'refund' })).toEqual([]);
  });
});
