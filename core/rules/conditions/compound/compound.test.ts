import type { Alert } from '../../../alert.ts';
import { ended, exampleCall, said, tick, type Said } from '../../../call/example-call.ts';
import type { CallTick } from '../../../call/events.ts';
import type { CallEvent } from '../../../call/evolve.ts';
import { alertsOf } from '../../../judging/example-judging.ts';
import { advance } from '../../../judging/fold.ts';
import { compileRules } from '../../compile.ts';
import { exampleRule } from '../../example-rule.ts';
import { parseRule } from '../../parse.ts';
import type { Condition, Rule } from '../../rule.ts';

type Compound = Extract<Condition, { type: 'all' | 'any' }>;
type Part = Compound['parts'][number];

const phrase = (channel: Part['conditions'][number]['channel'], ...phrases: string[]): Part => ({
  conditions: [{ channel, condition: { type: 'phrase', phrases } }],
});
const not = (part: Part): Part => ({ ...part, not: true });
const all = (parts: Part[], more: Omit<Compound, 'type' | 'parts'> = {}): Compound => ({ type: 'all', parts, ...more });
const any = (parts: Part[], more: Omit<Compound, 'type' | 'parts'> = {}): Compound => ({ type: 'any', parts, ...more });

const asks = phrase('caller', 'manager');
const offers = phrase('agent', 'my manager', 'put you through');
const managerNotOffered = exampleRule(all([asks, not(offers)], { withinMs: 30_000 }), {
  ruleId: 'not-offered',
  name: 'Manager not offered',
});

/** A line that ends at this second, after a second of speech. */
const at = (
  seq: number,
  second: number,
  channel: 'agent' | 'caller',
  text: string,
  more: Partial<Said> = {},
): Said => ({
  seq,
  channel,
  text,
  startMs: (second - 1) * 1_000,
  endMs: second * 1_000,
  ...more,
});
const after = (second: number, lastSeq: number, more: Partial<CallTick> = {}) =>
  tick(second * 1_000, {}, { lastSeq, ...more });
const hangUp = (second: number, lastSeq: number) => ended(second * 1_000, lastSeq);

type Step = Said | CallTick | Extract<CallEvent, { type: 'CallEnded' }>;

function run(rules: readonly Rule[], ...steps: readonly Step[]): Alert[] {
  const compiled = compileRules(rules);
  let state = exampleCall;
  return steps.flatMap((step) => {
    const event: CallEvent = 'legs' in step ? { type: 'CallTicked', tick: step } : 'type' in step ? step : said(step);
    const next = advance(state, event, compiled);
    state = next.state;
    return next.alerts;
  });
}
const idsOf = (alerts: readonly Alert[]) => alerts.map(({ alertId }) => alertId);

describe('a manager that is asked for and not offered', () => {
  it('is reported by time alone, with what made each part true', () => {
    const alerts = run(
      [managerNotOffered],
      at(1, 5, 'agent', 'how can I help'),
      at(2, 10, 'caller', 'let me speak to your manager'),
      at(3, 20, 'agent', 'I see'),
      after(45, 3),
      after(50, 3),
      after(55, 3),
    );
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      alertId: 'not-offered~10000',
      seq: 0,
      atMs: 40_000,
      raisedAt: exampleCall.startedAt + 40_000,
      reasons: [
        {
          explanation: 'caller: said “manager”; agent: no “my manager” and 1 more within 30 s',
          parts: [
            { holds: true, explanation: 'caller: said “manager”', seq: 2, atMs: 10_000 },
            { holds: true, explanation: 'agent: no “my manager” and 1 more within 30 s' },
          ],
        },
      ],
    });
  });

  it('is not known before what was said in time has become text', () => {
    const asked = at(1, 10, 'caller', 'your manager');
    expect(run([managerNotOffered], asked, after(49, 1))).toEqual([]);
    expect(run([managerNotOffered], asked, after(50, 1))).toHaveLength(1);
    // The tick knows of an utterance that is not here yet.
    expect(run([managerNotOffered], asked, after(50, 2))).toEqual([]);
    expect(run([managerNotOffered], asked, after(50, 2), at(2, 39, 'agent', 'my manager'), after(55, 2))).toEqual([]);
  });

  it('is known as soon as the agent speaks after that time', () => {
    const late = { startMs: 40_500, endMs: 42_000 };
    expect(
      run([managerNotOffered], at(1, 10, 'caller', 'your manager'), at(2, 42, 'agent', 'my manager?', late)),
    ).toHaveLength(1);
    expect(run([managerNotOffered], at(1, 10, 'caller', 'your manager'), at(2, 42, 'caller', 'well', late))).toEqual(
      [],
    );
  });

  it.each<[string, Said, number]>([
    ['the agent offered one', at(2, 20, 'agent', 'I will put you through'), 0],
    ['the agent offered one while the caller still asked', at(2, 10, 'agent', 'my manager', { startMs: 9_500 }), 0],
    ['the offer began at the last moment', at(2, 45, 'agent', 'my manager', { startMs: 40_000 }), 0],
    ['the offer came too late', at(2, 45, 'agent', 'my manager', { startMs: 40_001 }), 1],
    ['the caller said the agent’s words', at(2, 20, 'caller', 'put you through'), 1],
  ])('where %s', (_, second, count) => {
    const alerts = run([managerNotOffered], at(1, 10, 'caller', 'your manager'), second, after(60, 2));
    expect(alerts).toHaveLength(count);
  });

  it('does not count what was offered before', () => {
    const before = at(1, 8, 'agent', 'my manager says no');
    expect(run([managerNotOffered], before, at(2, 10, 'caller', 'your manager'), after(50, 2))).toHaveLength(1);
  });

  it('waits once while the caller repeats it, and again after it was offered', () => {
    const repeated = [10, 20, 30].map((second, index) => at(index + 1, second, 'caller', 'your manager'));
    expect(idsOf(run([managerNotOffered], ...repeated, after(80, 3)))).toEqual(['not-offered~10000']);
    const offered = [
      at(1, 10, 'caller', 'your manager'),
      at(2, 15, 'agent', 'my manager'),
      at(3, 20, 'caller', 'your manager'),
    ];
    expect(idsOf(run([managerNotOffered], ...offered, after(60, 3)))).toEqual(['not-offered~20000']);
  });

  it('ends with the call, unless the call was given up', () => {
    const asked = at(1, 10, 'caller', 'your manager');
    const alerts = run([managerNotOffered], asked, hangUp(15, 1));
    expect(alerts).toMatchObject([{ alertId: 'not-offered~10000', atMs: 15_000 }]);
    expect(run([managerNotOffered], asked, ended(15_000, 1, 'drained'))).toEqual([]);
    expect(run([managerNotOffered], asked, hangUp(15, 2))).toEqual([]);
    expect(run([managerNotOffered], asked, hangUp(15, 2), at(2, 14, 'agent', 'ok'))).toHaveLength(1);
  });

  it('is awaited only in calls that were in scope when it was asked for', () => {
    const scoped = { ...managerNotOffered, scope: { campaigns: ['SALES'] } };
    const inSales = { scope: { campaign: 'SALES' } };
    expect(run([scoped], at(1, 10, 'caller', 'manager'), after(60, 1, inSales))).toEqual([]);
    expect(run([scoped], at(1, 10, 'caller', 'manager', inSales), after(60, 1))).toHaveLength(1);
  });

  it('starts anew with another version of the rule', () => {
    const [first, second] = [compileRules([managerNotOffered]), compileRules([{ ...managerNotOffered, version: 2 }])];
    const { state } = advance(exampleCall, said(at(1, 10, 'caller', 'manager')), first);
    const ticked: CallEvent = { type: 'CallTicked', tick: after(60, 1) };
    expect(advance(state, ticked, first).alerts).toHaveLength(1);
    expect(advance(state, ticked, second).alerts).toEqual([]);
  });
});

describe('what must all come true', () => {
  const both = (more: Omit<Compound, 'type' | 'parts'> = {}) =>
    exampleRule(all([phrase('caller', 'cancel'), phrase('agent', 'refund')], more), { ruleId: 'both' });

  it('fires on the utterance that completes it, in any order, and marks its words', () => {
    const lines = [at(1, 10, 'caller', 'I cancel'), at(2, 20, 'agent', 'a refund then')];
    const [alert] = run([both()], ...lines);
    expect(alert).toMatchObject({
      alertId: 'both~2',
      reasons: [
        {
          explanation: 'caller: said “cancel”; agent: said “refund”',
          matches: [{ text: 'refund' }],
          parts: [
            { holds: true, seq: 1, atMs: 10_000 },
            { holds: true, seq: 2, atMs: 20_000 },
          ],
        },
      ],
    });
    expect(idsOf(run([both()], at(1, 10, 'agent', 'refund'), at(2, 20, 'caller', 'cancel')))).toEqual(['both~2']);
    expect(run([both()], ...lines.slice(0, 1))).toEqual([]);
  });

  it('counts seconds between the ends of the utterances', () => {
    const ends = (second: number) =>
      run([both({ withinMs: 10_000 })], at(1, 10, 'caller', 'cancel'), at(2, second, 'agent', 'refund'));
    expect(ends(20)).toHaveLength(1);
    expect(ends(21)).toEqual([]);
  });

  it('counts turns: how often the word has passed to the other side', () => {
    const script = (turns: number) => [
      at(1, 10, 'caller', 'cancel'),
      ...Array.from({ length: turns - 1 }, (_, index) =>
        at(index + 2, 12 + 2 * index, index % 2 === 0 ? 'agent' : 'caller', 'well'),
      ),
      at(turns + 1, 60, 'agent', 'refund'),
    ];
    const rule = both({ withinTurns: 2 });
    expect(idsOf(run([rule], ...script(1)))).toEqual(['both~2']);
    expect(idsOf(run([rule], ...script(2)))).toEqual(['both~3']);
    expect(idsOf(run([rule], ...script(4)))).toEqual([]);
  });

  it('has a cooldown like any rule on words', () => {
    const rule = { ...both(), cooldownMs: 60_000 };
    const lines = [at(1, 10, 'caller', 'cancel'), at(2, 20, 'agent', 'refund'), at(3, 30, 'agent', 'refund')];
    expect(run([rule], ...lines).map(({ follows }) => follows)).toEqual([undefined, 'both~2']);
  });
});

describe('groups', () => {
  const group: Part = {
    conditions: [...phrase('caller', 'lawyer').conditions, ...phrase('caller', 'court').conditions],
  };
  const angry: Part = { conditions: [{ channel: 'caller', condition: { type: 'score-below', below: -0.5 } }] };

  it('hold with one of their conditions, or with all, and say which', () => {
    const oneOf = exampleRule(all([group, angry]));
    const [alert] = alertsOf([oneOf], { seq: 1, text: 'my lawyer', compound: -0.6 });
    expect(alert?.reasons[0]?.parts).toEqual([
      { holds: true, explanation: 'caller: said “lawyer”', seq: 1, atMs: 5_000 },
      { holds: false, explanation: 'caller: no “court”' },
      { holds: true, explanation: 'caller: scored −0.60, under −0.50', seq: 1, atMs: 5_000 },
    ]);
    const allOf = exampleRule(all([{ ...group, match: 'all' }, angry]));
    expect(alertsOf([allOf], { seq: 1, text: 'my lawyer', compound: -0.6 })).toEqual([]);
    expect(alertsOf([allOf], { seq: 1, text: 'lawyer, court', compound: -0.6 })).toHaveLength(1);
  });

  it('of which one is enough make any of several parts', () => {
    const rule = exampleRule(any([phrase('agent', 'sorry'), { ...group, match: 'all' }]));
    const fired = (text: string, channel: 'agent' | 'caller') => alertsOf([rule], { seq: 1, text, channel }).length;
    expect([
      fired('sorry', 'agent'),
      fired('sorry', 'caller'),
      fired('lawyer', 'caller'),
      fired('lawyer court', 'caller'),
    ]).toEqual([1, 0, 0, 1]);
  });

  it('that must not come true are broken by any of their conditions', () => {
    const rule = exampleRule(all([phrase('caller', 'hello'), { ...group, not: true }], { withinMs: 10_000 }));
    const hello = at(1, 5, 'caller', 'hello');
    expect(run([rule], hello, at(2, 8, 'caller', 'the court'), after(60, 2))).toEqual([]);
    expect(run([rule], hello, at(2, 8, 'caller', 'the weather'), after(60, 2))).toHaveLength(1);
  });
});

describe('phases of a call', () => {
  const first = { phase: { type: 'first', lastsMs: 60_000 } } as const;
  const last = { phase: { type: 'last', lastsMs: 60_000 } } as const;
  const afterOffer: Pick<Compound, 'phase'> = {
    phase: { type: 'after', channel: 'agent', phrases: ['special offer'] },
  };
  const said = (second: number, text: string, channel: 'agent' | 'caller' = 'caller') => at(1, second, channel, text);

  it('first: what begins in it', () => {
    const rule = exampleRule(all([phrase('caller', 'cancel')], first), { ruleId: 'soon' });
    expect(run([rule], said(61, 'cancel'))).toHaveLength(1);
    expect(run([rule], said(62, 'cancel'))).toEqual([]);
  });

  it('first: what was not said in it is reported when it is over', () => {
    const rule = exampleRule(all([not(phrase('agent', 'my name is'))], first), { ruleId: 'unnamed' });
    const [alert, ...more] = run([rule], said(5, 'hello', 'agent'), after(70, 1), after(75, 1));
    expect(alert).toMatchObject({
      atMs: 60_000,
      reasons: [{ explanation: 'agent: no “my name is” in the first 1 min' }],
    });
    expect(more).toEqual([]);
    expect(run([rule], said(5, 'my name is Ann', 'agent'), after(70, 1))).toEqual([]);
    expect(run([rule], said(5, 'hello', 'agent'), hangUp(20, 1))).toEqual([]);
    const newer = { ...rule, changedAt: exampleCall.startedAt + 1 };
    expect(run([newer], said(5, 'hello', 'agent'), after(70, 1))).toEqual([]);
  });

  it('after: only what follows certain words', () => {
    const rule = exampleRule(all([phrase('caller', 'no')], afterOffer), { ruleId: 'refused' });
    expect(run([rule], said(5, 'no'))).toEqual([]);
    expect(idsOf(run([rule], said(5, 'a special offer', 'agent'), at(2, 8, 'caller', 'oh no')))).toEqual(['refused~2']);
  });

  it('after: what was not said within so long of them', () => {
    const rule = exampleRule(all([not(phrase('caller', 'yes'))], { ...afterOffer, withinMs: 20_000 }));
    const offer = said(10, 'a special offer', 'agent');
    expect(run([rule], offer, after(40, 1))).toMatchObject([{ atMs: 30_000 }]);
    expect(run([rule], offer, at(2, 20, 'caller', 'yes'), after(60, 2))).toEqual([]);
    expect(run([rule], said(10, 'hello', 'agent'), after(60, 1))).toEqual([]);
  });

  it('last: judged when the call is over', () => {
    const rule = exampleRule(all([phrase('caller', 'cancel')], last), { ruleId: 'late' });
    const [alert, ...more] = run([rule], said(100, 'cancel'), after(120, 1), hangUp(150, 1), hangUp(150, 1));
    expect(alert).toMatchObject({
      alertId: 'late~100000',
      reasons: [{ parts: [{ holds: true, explanation: 'caller: said “cancel”', seq: 1 }] }],
    });
    expect(more).toEqual([]);
    expect(run([rule], said(100, 'cancel'), hangUp(200, 1))).toEqual([]);
  });

  it('last: what was not said in it', () => {
    const rule = exampleRule(all([not(phrase('agent', 'goodbye'))], last));
    const talk = (second: number) =>
      run([rule], at(1, second, 'agent', 'goodbye'), at(2, 190, 'caller', 'well'), hangUp(200, 2));
    expect(talk(150)).toEqual([]);
    expect(talk(100)).toMatchObject([
      { atMs: 200_000, reasons: [{ explanation: 'agent: no “goodbye” in the last 1 min' }] },
    ]);
  });

  it('turns: what was not said within so many of them', () => {
    const rule = exampleRule(all([asks, not(offers)], { withinTurns: 1 }));
    const lines = [at(1, 10, 'caller', 'your manager'), at(2, 12, 'agent', 'well'), at(3, 14, 'caller', 'hello?')];
    expect(run([rule], ...lines.slice(0, 2), after(100, 2))).toEqual([]);
    expect(run([rule], ...lines)).toMatchObject([{ atMs: 14_000 }]);
    expect(run([rule], ...lines.with(1, at(2, 12, 'agent', 'my manager')))).toEqual([]);
  });
});

describe('what a compound rule may be', () => {
  const problemsOf = (condition: unknown, more: Partial<Rule> = {}) => {
    const parsed = parseRule({ ...exampleRule({ type: 'profanity' }, more), condition });
    return 'problems' in parsed ? parsed.problems.map(({ field, message }) => `${field}: ${message}`) : [];
  };
  const five = Array.from({ length: 5 }, () => phrase('caller', 'a').conditions).flat();

  it.each<[string, unknown, Partial<Rule>, RegExp]>([
    ['no part', all([]), {}, /^condition.parts: At least one part/],
    ['seven parts', all(Array.from({ length: 7 }, () => asks)), {}, /^condition.parts: A rule has 6 parts at most/],
    ['a part without a condition', all([{ conditions: [] }]), {}, /^condition.parts.0.conditions: A part needs/],
    [
      'ten conditions',
      all([{ conditions: five }, { conditions: five }]),
      {},
      /^condition.parts: All parts together have 8/,
    ],
    [
      'a group in a group',
      all([{ conditions: [{ channel: 'any', condition: all([asks]) }] } as never]),
      {},
      /one level deep/,
    ],
    [
      'a silence as a part',
      all([{ conditions: [{ channel: 'any', condition: { type: 'dead-air', afterMs: 9_000 } }] } as never]),
      {},
      /“dead-air” follows from time alone/,
    ],
    [
      'an unknown condition',
      all([{ conditions: [{ channel: 'any', condition: { type: 'constructor' } }] } as never]),
      {},
      /Unknown condition. A part can have: phrase/,
    ],
    [
      'seconds and turns',
      all([asks], { withinMs: 9_000, withinTurns: 2 }),
      {},
      /^condition.withinTurns: Give seconds or turns/,
    ],
    ['an absence in any', any([asks, not(offers)]), {}, /^condition.parts.1.not: Only where all/],
    [
      'the absence of all of some',
      all([asks, { not: true, match: 'all', conditions: five.slice(0, 2) }]),
      {},
      /^condition.parts.1.match: /,
    ],
    ['one side for the rule', all([asks]), { channel: 'caller' }, /^channel: This condition can listen to: any/],
    [
      'a side that a condition cannot have',
      all([{ conditions: [{ channel: 'any', condition: { type: 'talk-ratio', above: 0.7, afterMs: 60_000 } }] }]),
      {},
      /^condition.parts.0.conditions.0.channel: .*agent, caller/,
    ],
    ['a cooldown where time decides', managerNotOffered.condition, { cooldownMs: 1_000 }, /^cooldownMs: /],
    [
      'a phrase that cannot be read',
      all([phrase('caller', '(a|')]),
      {},
      /^condition.parts.0.conditions.0.condition.phrases.0: /,
    ],
  ])('refuses %s', (_, condition, more, message) => {
    expect(problemsOf(condition, more).join('\n')).toMatch(message);
  });

  it('takes the others', () => {
    expect(problemsOf(managerNotOffered.condition)).toEqual([]);
    expect(problemsOf(all([asks]), { cooldownMs: 60_000 })).toEqual([]);
  });
});
