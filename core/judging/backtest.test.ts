import { exampleRule } from '../rules/example-rule.ts';
import { backtest, type PastCall } from './backtest.ts';
import { exampleCall, said, type Said } from '../call/example-call.ts';

const call = (callId: string, ...script: Said[]): PastCall => ({
  state: { ...exampleCall, callId },
  utterances: script.map((words) => ({ ...said(words), callId })),
});
const calls = [
  call('quiet', { seq: 1, text: 'thank you' }),
  call(
    'angry',
    { seq: 1, text: 'a refund' },
    { seq: 2, channel: 'agent', text: 'no refund' },
    { seq: 4, text: 'refunds! my lawyer!', startMs: 50_000 },
  ),
];
const refund = exampleRule({ type: 'phrase', phrases: ['refund'] }, { ruleId: 'refund', channel: 'caller' });
const lawyer = exampleRule({ type: 'phrase', phrases: ['lawyer'] }, { ruleId: 'lawyer', level: 'critical' });
const hitsOf = (rule: typeof refund, some = calls) =>
  backtest([rule], some)[0]?.hits.map(({ callId, seq, atMs }) => [callId, seq, atMs]);

describe('backtest', () => {
  it('lists for each rule the utterances it would have fired on', () => {
    const result = backtest([refund, lawyer], calls);
    expect(result).toMatchObject([
      {
        ruleId: 'refund',
        callsHit: 1,
        hits: [
          { callId: 'angry', seq: 1, text: 'a refund', matches: [{ text: 'refund', start: 2, end: 8 }] },
          { callId: 'angry', seq: 4, explanation: 'said “refunds”' },
        ],
      },
      { ruleId: 'lawyer', callsHit: 1, hits: [{ seq: 4, explanation: 'said “lawyer”' }] },
    ]);
  });

  it('runs drafts: rules that are disabled, or newer than the calls', () => {
    expect(hitsOf({ ...refund, enabled: false })).toHaveLength(2);
    const owed = exampleRule(
      { type: 'not-said-within', phrases: ['recorded line'], withinMs: 30_000 },
      { changedAt: exampleCall.startedAt + 1 },
    );
    expect(hitsOf(owed)).toEqual([['angry', 0, 30_000]]);
  });

  it('respects cooldowns', () => {
    expect(hitsOf({ ...refund, cooldownMs: 60_000 })).toEqual([['angry', 1, 5_000]]);
  });

  it('finds silences between utterances, at the beginning and at the end', () => {
    const deadAir = exampleRule({ type: 'dead-air', afterMs: 20_000 });
    const past = call('silent', { seq: 1, startMs: 25_000, endMs: 26_000 }, { seq: 2, startMs: 40_000, endMs: 41_000 });
    const ended = { ...past, state: { ...past.state, endedAt: exampleCall.startedAt + 70_000 } };
    expect(hitsOf(deadAir, [past])).toEqual([['silent', 0, 20_000]]);
    expect(hitsOf(deadAir, [ended])).toEqual([
      ['silent', 0, 20_000],
      ['silent', 0, 61_000],
    ]);
    expect(hitsOf({ ...deadAir, channel: 'agent' })).toEqual([['angry', 0, 29_000]]);
  });

  it('reports what cannot be tried', () => {
    const [result] = backtest([exampleRule({ type: 'unheard', afterMs: 15_000 })], calls);
    expect(result).toMatchObject({ hits: [], untried: 'Whether calls were heard is not kept with them.' });
  });
});
