import fc from 'fast-check';
import { exampleRule } from '../rules/example-rule.ts';
import type { Condition, Rule } from '../rules/rule.ts';

type Compound = Extract<Condition, { type: 'all' | 'any' }>;
type Part = Compound['parts'][number];
type Sided = Part['conditions'][number];

const texts = ['manager', 'cancel', 'calls are recorded', 'lawyer', 'well yes', "don't know", 'no'];
const phrases = fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 2 });
const channel = fc.constantFrom<Sided['channel']>('agent', 'caller', 'any');

const anySided: fc.Arbitrary<Sided> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ channel, condition: fc.record({ type: fc.constant('phrase' as const), phrases }) }),
  },
  fc.record({
    channel,
    condition: fc.constantFrom<Sided['condition']>(
      { type: 'profanity' },
      { type: 'score-below', below: -0.4 },
      { type: 'phrase-count', phrases: ['manager', 'no'], count: 2, withinMs: 60_000 },
    ),
  }),
  fc.constantFrom<Sided>(
    { channel: 'caller', condition: { type: 'rolling-below', below: 0 } },
    { channel: 'caller', condition: { type: 'consecutive-negative', count: 2 } },
    { channel: 'agent', condition: { type: 'interruptions', count: 1, withinMs: 60_000 } },
    { channel: 'agent', condition: { type: 'talk-ratio', above: 0.5, afterMs: 10_000 } },
  ),
);

const sidedList = fc.array(anySided, { minLength: 1, maxLength: 2 });
const presence: fc.Arbitrary<Part> = fc.record({
  match: fc.constantFrom('any' as const, 'all' as const),
  conditions: sidedList,
});
const absence: fc.Arbitrary<Part> = fc.record({ not: fc.constant(true as const), conditions: sidedList });

const span = fc.oneof(
  fc.record({ withinMs: fc.integer({ min: 1_000, max: 60_000 }) }),
  fc.record({ withinTurns: fc.integer({ min: 1, max: 4 }) }),
  fc.constant({}),
);
const phase = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({
    phase: fc.oneof(
      fc.record({ type: fc.constant('first' as const), lastsMs: fc.integer({ min: 5_000, max: 90_000 }) }),
      fc.record({ type: fc.constant('after' as const), channel, phrases }),
      fc.record({ type: fc.constant('last' as const), lastsMs: fc.integer({ min: 5_000, max: 90_000 }) }),
    ),
  }),
);
const parts = fc.oneof(
  fc
    .tuple(fc.array(presence, { minLength: 1, maxLength: 2 }), fc.array(absence, { minLength: 0, maxLength: 2 }))
    .map(([some, others]) => ({ type: 'all' as const, parts: [...some, ...others] })),
  fc.array(absence, { minLength: 1, maxLength: 2 }).map((some) => ({ type: 'all' as const, parts: some })),
  fc.array(presence, { minLength: 1, maxLength: 3 }).map((some) => ({ type: 'any' as const, parts: some })),
);

/** Any compound condition over what is said in an arbitrary call. */
export const arbitraryCompound: fc.Arbitrary<Compound> = fc
  .tuple(parts, span, phase)
  .map(([some, within, during]) => ({ ...some, ...within, ...during }));

/** Rules with such conditions, always the same ones. */
export function compoundRules(count: number): Rule[] {
  const scopes = [{}, { campaigns: ['SALES'] }];
  return fc
    .sample(arbitraryCompound, { numRuns: count, seed: 17 })
    .map((condition, at) =>
      exampleRule(condition, { ruleId: `compound-${at}`, scope: scopes[at % 2] ?? {}, kind: 'coaching' }),
    );
}
