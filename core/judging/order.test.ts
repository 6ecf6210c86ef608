import fc from 'fast-check';
import type { Alert } from '../alert.ts';
import { compileRules } from '../rules/compile.ts';
import { ruleConditionKinds } from '../rules/conditions/kinds.ts';
import { defaultRules } from '../rules/defaults.ts';
import { exampleRule } from '../rules/example-rule.ts';
import type { Rule } from '../rules/rule.ts';
import { arbitraryCall, type ArbitraryCall } from './arbitrary-call.ts';
import { compoundRules } from './arbitrary-compound.ts';
import { exampleCall } from '../call/example-call.ts';
import type { CallEvent } from '../call/evolve.ts';
import { advance, foldUtterances, isWorthStoring, type Fold } from './fold.ts';
import type { CallState, ScoredUtterance } from '../call/state.ts';

const inSales = { scope: { campaigns: ['SALES'] } };
const disclosure = ['calls are recorded'];
const rules: Rule[] = [
  ...defaultRules,
  exampleRule({ type: 'long-call', afterMs: 60_000 }, { ruleId: 'long', ...inSales }),
  exampleRule({ type: 'dead-air', afterMs: 5_000 }, { ruleId: 'agent-silent', channel: 'agent', ...inSales }),
  exampleRule({ type: 'unheard', afterMs: 5_000 }, { ruleId: 'caller-unheard', channel: 'caller' }),
  exampleRule({ type: 'interruptions', count: 1, withinMs: 60_000 }, { ruleId: 'breaks-in', channel: 'caller' }),
  exampleRule({ type: 'score-below', below: -0.7 }, { ruleId: 'low' }),
  exampleRule({ type: 'talk-ratio', above: 0.6, afterMs: 20_000 }, { ruleId: 'talk', channel: 'agent' }),
  exampleRule(
    { type: 'not-said-within', phrases: disclosure, withinMs: 20_000 },
    { ruleId: 'owed', channel: 'agent', ...inSales },
  ),
  exampleRule(
    { type: 'phrase-count', phrases: ['manager', 'cancel'], count: 2, withinMs: 60_000 },
    { ruleId: 'again', cooldownMs: 20_000, ...inSales },
  ),
  ...compoundRules(8),
];
const compiled = compileRules(rules);

/** A call as the table stores it: each utterance once; storing one folds all that are next in order. */
class StoredCall {
  state: CallState = exampleCall;
  readonly alerts: Alert[] = [];
  readonly #stored = new Map<number, ScoredUtterance>();
  readonly #storesAll: boolean;

  constructor(storesAll = true) {
    this.#storesAll = storesAll;
  }

  apply(event: CallEvent): void {
    if (event.type === 'UtteranceTranscribed') {
      if (!this.#stored.has(event.seq)) this.#stored.set(event.seq, event);
      const waiting = [...this.#stored.values()].filter(({ seq }) => seq >= this.state.nextSeq || seq === event.seq);
      this.#keep(
        foldUtterances(
          this.state,
          waiting.toSorted((a, b) => a.seq - b.seq),
          compiled,
        ),
      );
    } else {
      this.#keep(advance(this.state, event, compiled));
      const waiting = [...this.#stored.values()].filter(({ seq }) => seq >= this.state.nextSeq);
      this.#keep(
        foldUtterances(
          this.state,
          waiting.toSorted((a, b) => a.seq - b.seq),
          compiled,
        ),
      );
    }
  }

  #keep({ state, alerts }: Fold): void {
    if (this.#storesAll || alerts.length > 0 || isWorthStoring(this.state, state)) this.state = state;
    this.alerts.push(...alerts);
  }
}

const delivered = (events: readonly CallEvent[], storesAll = true) => {
  const call = new StoredCall(storesAll);
  for (const event of events) call.apply(event);
  return { state: call.state, alerts: call.alerts.toSorted((a, b) => (a.alertId < b.alertId ? -1 : 1)) };
};

/** The events of a call in any order, some of them more than once. */
const disordered = ({ events }: ArbitraryCall) =>
  fc
    .tuple(fc.shuffledSubarray(events, { minLength: events.length }), fc.array(fc.constantFrom(...events)))
    .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length }));
const callInDisorder = arbitraryCall.chain((call) => fc.record({ call: fc.constant(call), events: disordered(call) }));

describe('a call', () => {
  it('fires every condition now and then, so that the tests below mean something', () => {
    const calls = fc.sample(arbitraryCall, { numRuns: 500, seed: 1 });
    const alerts = calls.flatMap(({ events }) => delivered(events).alerts);
    const fired = new Set(alerts.flatMap(({ reasons }) => reasons.map(({ ruleId }) => ruleId)));
    const types = rules.filter(({ ruleId }) => fired.has(ruleId)).map(({ condition }) => condition.type);
    expect([...new Set(types)].sort()).toEqual(ruleConditionKinds.map(({ schema }) => schema.shape.type.value).sort());
  });

  it('has the same state and the same alerts in any order and with any repeats of its events', () => {
    fc.assert(
      fc.property(callInDisorder, ({ call, events }) => {
        expect(delivered(events)).toEqual(delivered(call.events));
      }),
      { numRuns: 300 },
    );
  });

  it('raises no alert twice', () => {
    fc.assert(
      fc.property(callInDisorder, ({ events }) => {
        const ids = delivered(events).alerts.map(({ alertId }) => alertId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('never goes back in time', () => {
    fc.assert(
      fc.property(callInDisorder, ({ events }) => {
        const call = new StoredCall();
        for (const event of events) {
          const before = call.state;
          call.apply(event);
          for (const clock of clocks) expect(clock(call.state)).toBeGreaterThanOrEqual(clock(before));
        }
      }),
    );
  });

  it('raises the same where ticks that change nothing are not stored', () => {
    fc.assert(
      fc.property(callInDisorder, ({ call, events }) => {
        expect(delivered(events, false).alerts).toEqual(delivered(call.events).alerts);
        const [frugal, whole] = [delivered(call.events, false).state, delivered(call.events).state];
        expect({ ...frugal, health: frugal.health?.legs }).toEqual({ ...whole, health: whole.health?.legs });
      }),
    );
  });

  it('is right after a gap that is skipped and arrives late', () => {
    fc.assert(
      fc.property(callWithGap, ({ call, gap: [first, last], late }) => {
        const inGap = (seq: number) => seq >= first && seq <= last;
        const others = call.events.flatMap((event): CallEvent[] => {
          if (event.type !== 'UtteranceTranscribed') return [event];
          if (event.seq === last + 1) return [event, { type: 'GapSkipped', toSeq: last + 1 }];
          return inGap(event.seq) ? [] : [event];
        });
        const without = delivered(others);
        const after = delivered([...others, ...late]);

        expect(passed(after.state)).toEqual(passed(without.state));
        expect(after.state.skipped).toEqual([]);
        const whole = delivered(call.events);
        expect(after.state.channels).toEqual(whole.state.channels);
        expect(after.state.keywords).toEqual(whole.state.keywords);
        const ids = after.alerts.map(({ alertId }) => alertId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining(without.alerts.map(({ alertId }) => alertId)));
        // A threat raises its alert however late it arrives.
        expect(threats(after.alerts)).toEqual(threats(whole.alerts));
      }),
    );
  });
});

const clocks: ((state: CallState) => number)[] = [
  ({ nextSeq }) => nextSeq,
  ({ talk }) => talk.heardUntilMs,
  ({ talk }) => talk.spokenMs,
  ({ health }) => health?.atMs ?? 0,
  ({ lastUtterance }) => lastUtterance?.seq ?? 0,
  ({ alertCount }) => alertCount,
];

const callWithGap = arbitraryCall
  .filter(({ utterances }) => utterances.length > 2)
  .chain((call) =>
    fc
      .tuple(fc.nat({ max: call.utterances.length - 2 }), fc.nat({ max: 4 }))
      .map(([at, more]) => [at + 1, Math.min(at + 1 + more, call.utterances.length - 1)] as const)
      .chain((gap) => {
        const missed = call.utterances.slice(gap[0] - 1, gap[1]);
        return fc.record({
          call: fc.constant(call),
          gap: fc.constant(gap),
          late: fc
            .tuple(fc.shuffledSubarray(missed, { minLength: missed.length }), fc.array(fc.constantFrom(...missed)))
            .map(([once, again]) => [...once, ...again]),
        });
      }),
  );

/** The fields that a late utterance does not change. */
function passed({ status, nextSeq, mood, consecutiveNegative, lastUtterance, health, metadata, toldMs }: CallState) {
  return { status, nextSeq, mood, consecutiveNegative, lastUtterance, health, metadata, toldMs };
}

function threats(alerts: readonly Alert[]): number[] {
  return alerts
    .filter(({ reasons }) => reasons.some(({ ruleId }) => ruleId === 'legal-threat'))
    .map(({ seq }) => seq)
    .sort((a, b) => a - b);
}
