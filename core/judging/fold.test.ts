import { compileRules } from '../rules/compile.ts';
import { defaultRules } from '../rules/defaults.ts';
import type { Condition } from '../rules/rule.ts';
import { exampleRule } from '../rules/example-rule.ts';
import type { CallTick, LegTick } from '../call/events.ts';
import { callStateSchema, type CallState } from '../call/state.ts';
import { exampleCall, healthyLeg, said, tick } from '../call/example-call.ts';
import type { CallEvent } from '../call/evolve.ts';
import { advance, isWorthStoring } from './fold.ts';

const rules = compileRules([...defaultRules, exampleRule({ type: 'dead-air', afterMs: 10_000 }, { ruleId: 'short' })]);
const ticked = (state: CallState, some: CallTick) => advance(state, { type: 'CallTicked', tick: some }, rules);

describe('isWorthStoring', () => {
  const first = ticked(exampleCall, tick(5_000)).state;

  it.each<[string, Partial<LegTick>, boolean]>([
    ['nothing new', {}, false],
    ['a silence that is too short for every rule', { silenceMs: 9_000 }, false],
    ['a silence that a rule reports', { silenceMs: 10_000 }, true],
    ['a leg that is lost', { lastAudioAgeMs: 10_000 }, true],
    ['an engine that is late', { engineLagMs: 6_000 }, true],
    ['another leg', { channel: 'agent' }, true],
  ])('of a tick with %s', (_, leg, worth) => {
    expect(isWorthStoring(first, ticked(first, tick(10_000, leg)).state)).toBe(worth);
  });

  it('is true for the first tick, which sets health and deadlines', () => {
    expect(isWorthStoring(exampleCall, first)).toBe(true);
    expect(first.deadlines['recording-disclosure']).toBeDefined();
  });

  it('is false for a tick whose episode is reported already', () => {
    const reported = ticked(first, tick(20_000, { silenceMs: 10_000 }));
    expect(reported.alerts).toHaveLength(1);
    const again = ticked(reported.state, tick(24_000, { silenceMs: 14_000 }));
    expect(again.alerts).toEqual([]);
    expect(isWorthStoring(reported.state, again.state)).toBe(false);
  });

  it('is true for a tick that makes a lost call live again', () => {
    const lost: CallState = { ...first, status: 'lost', endedAt: exampleCall.startedAt + 20_000, endReason: 'lost' };
    expect(isWorthStoring(lost, ticked(lost, tick(21_000)).state)).toBe(true);
    expect(isWorthStoring(lost, ticked(lost, tick(19_000)).state)).toBe(false);
  });
});

describe('the state of a call', () => {
  it('keeps 16 episodes of a rule, and reports no older one again', () => {
    const silences = Array.from({ length: 60 }, (_, at) => tick((at + 1) * 20_000, { silenceMs: 12_000 }));
    const run = (some: readonly CallTick[]) =>
      some.reduce(
        ({ state, ids }, each) => {
          const next = ticked(state, each);
          return { state: next.state, ids: [...ids, ...next.alerts.map(({ alertId }) => alertId)] };
        },
        { state: exampleCall, ids: [] as string[] },
      );
    const { state, ids } = run([...silences, ...silences]);
    expect(ids.filter((id) => id.startsWith('short~'))).toHaveLength(60);
    expect(new Set(ids).size).toBe(ids.length);
    expect(state.toldMs.short).toHaveLength(16);
  });

  it('stays under 16 KB over two hours in which everything happens', () => {
    const busy = compileRules([
      ...defaultRules,
      ...Array.from({ length: 20 }, (_, at) => [
        exampleRule(
          { type: 'phrase', phrases: [`subject ${at}`, 'lawyer'] },
          { ruleId: `a-rule-of-some-length-${at}` },
        ),
        exampleRule(
          { type: 'phrase-count', phrases: ['lawyer', 'manager'], count: 20, withinMs: 7_200_000 },
          { ruleId: `a-counting-rule-${at}`, cooldownMs: 60_000 },
        ),
        exampleRule({ type: 'dead-air', afterMs: 5_000 + at }, { ruleId: `a-silence-rule-${at}` }),
      ]).flat(),
    ]);
    const texts = Array.from({ length: 40 }, (_, at) => `my lawyer will sue your manager about subject ${at}, shit`);
    const events = Array.from({ length: 1_440 }, (_, at): CallEvent[] => {
      const fromMs = at * 5_000;
      const [one, other] = [texts[at % 40] ?? '', `no, ${texts[(at + 7) % 40] ?? ''}`.repeat(3)];
      return [
        said({ seq: 2 * at + 1, text: one, compound: -0.8123, startMs: fromMs, endMs: fromMs + 3_000 }),
        said({ seq: 2 * at + 2, channel: 'agent', text: other, startMs: fromMs + 1_000, endMs: fromMs + 4_321 }),
        {
          type: 'CallTicked',
          tick: tick(fromMs + 5_000, {}, { legs: legsAt(at), lastSeq: 2 * at + 2, scope: { campaign: 'SALES' } }),
        },
      ];
    });
    let state = exampleCall;
    let largest = 0;
    for (const event of events.flat()) {
      state = advance(state, event, busy).state;
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(state)));
    }
    expect(state.alertCount).toBeGreaterThan(2_000);
    expect(callStateSchema.parse(state)).toEqual(state);
    expect(largest).toBeGreaterThan(4_000);
    expect(largest).toBeLessThan(16_000);
  });
});

/** In every other tick nobody has spoken for 9 s. */
function legsAt(at: number): LegTick[] {
  const silenceMs = at % 2 === 0 ? 0 : 9_000;
  return (['caller', 'agent'] as const).map((channel) => ({ ...healthyLeg, channel, silenceMs }));
}

describe('words that every object answers to', () => {
  const names = ['constructor', 'valueOf', 'toString', 'hasOwnProperty', '__proto__'];
  const slugs = ['constructor', 'valueof', 'tostring'];
  const kinds: Condition[] = [
    { type: 'phrase', phrases: names },
    { type: 'phrase-count', phrases: names, count: 2, withinMs: 60_000 },
    { type: 'not-said-within', phrases: ['recorded'], withinMs: 10_000 },
    { type: 'dead-air', afterMs: 5_000 },
    { type: 'long-call', afterMs: 60_000 },
  ];

  it.each(kinds)('are ids of rules and phrases like any other: $type', (condition) => {
    const some = compileRules(slugs.map((ruleId) => exampleRule(condition, { ruleId, cooldownMs: 30_000 })));
    const events: CallEvent[] = [
      ...names.map((text, at) => said({ seq: at + 1, text, startMs: at * 4_000, endMs: at * 4_000 + 1_000 })),
      { type: 'CallTicked', tick: tick(120_000, { silenceMs: 60_000 }) },
    ];
    const alerts: string[] = [];
    const state = events.reduce((before, event) => {
      const next = advance(before, event, some);
      alerts.push(...next.alerts.flatMap(({ reasons }) => reasons.map(({ ruleId }) => ruleId)));
      return next.state;
    }, exampleCall);
    expect(new Set(alerts)).toEqual(new Set(slugs));
    expect(callStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });
});
