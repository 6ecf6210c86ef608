import fc from 'fast-check';
import type { Rule } from '../rules/rule.ts';
import { exampleRule } from '../rules/example-rule.ts';
import { MAX_RULES } from '../rules/compile.ts';

/** Texts, names and rules as no call centre has them, for tests and benchmarks of what must bear any input. */

/** Names that a plain object knows already. */
export const PROTOTYPE_NAMES = Object.getOwnPropertyNames(Object.prototype);

/** The longest text of an utterance. */
const MAX_TEXT = 4096;

/** What fills a text: many short words, words that each engine marks, what packs badly, what JSON escapes. */
const FILLERS = [
  'a ',
  'a b c d e f g h i j k l m n o p q r s t u v w x y z ',
  'not very good! REALLY bad, ',
  'fuck **** s**t ',
  '😀 😡 ',
  'no ',
  `${PROTOTYPE_NAMES.join(' ')} `,
  '\ud800\udfff\udfff\ud800 ',
  '\u0000\u0001\u001f ',
  '！？🄰 Ａ ',
  `${'w'.repeat(300)} `,
];

/** A text of exactly this many UTF-16 code units. */
export function filled(filler: string, length: number): string {
  return filler.repeat(Math.ceil(length / filler.length)).slice(0, length);
}

/** Characters of three bytes in UTF-8 that neither repeat nor pack. */
export function unpackable(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return String.fromCharCode(0x4e00 + ((state >>> 8) % 20_000));
  }).join('');
}

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom(...FILLERS), fc.integer({ min: 1, max: MAX_TEXT })).map(([of, n]) => filled(of, n)),
  fc.constantFrom(...FILLERS).map((of) => filled(of, MAX_TEXT)),
  fc.integer({ min: 1, max: 2 ** 31 }).map((seed) => unpackable(MAX_TEXT, seed)),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  fc.constantFrom(...PROTOTYPE_NAMES),
);

const phrases: fc.Arbitrary<string[]> = fc.oneof(
  fc.constantFrom<string[]>(
    ['a'],
    ['a', 'a a', 'a a a'],
    Array.from('abcdefghijklmnopqrstuvwxyz'),
    [...PROTOTYPE_NAMES],
    ['not', 'bad', 'no'],
    ['a *5 b', 'a *5 [b|c] *5 (a|b|c)', '(a|b c|d) {start} e', 'a {end}'],
  ),
  fc.array(fc.constantFrom(...Array.from('abcdefghij'), 'good', 'really bad'), { minLength: 1, maxLength: 20 }),
);

const condition: fc.Arbitrary<Rule['condition']> = fc.oneof(
  fc.record({ type: fc.constant('phrase' as const), phrases }),
  fc.record({ type: fc.constant('phrase' as const), phrases, ignore: phrases }),
  fc.record({ type: fc.constant('profanity' as const), also: phrases }),
  fc.record({
    type: fc.constant('phrase-count' as const),
    phrases,
    count: fc.constantFrom(2, 20),
    withinMs: fc.constantFrom(1_000, 7_200_000),
  }),
  fc.record({ type: fc.constant('not-said-within' as const), phrases, withinMs: fc.constantFrom(5_000, 3_600_000) }),
  fc.constantFrom<Rule['condition']>(
    { type: 'score-below', below: 1 },
    { type: 'rolling-below', below: 1 },
    { type: 'consecutive-negative', count: 2 },
    { type: 'dead-air', afterMs: 5_000 },
    { type: 'unheard', afterMs: 5_000 },
    { type: 'long-call', afterMs: 60_000 },
    { type: 'talk-ratio', above: 0.5, afterMs: 10_000 },
    { type: 'interruptions', count: 1, withinMs: 7_200_000 },
  ),
);

type Compound = Extract<Rule['condition'], { type: 'all' }>;

const side = fc.constantFrom('agent' as const, 'caller' as const, 'any' as const);
/** Compound conditions of many parts, and of many that are awaited. */
const compound: fc.Arbitrary<Rule['condition']> = fc
  .record({
    phrases: fc.array(phrases, { minLength: 1, maxLength: 4 }),
    channel: side,
    absence: fc.boolean(),
    within: fc.constantFrom<Pick<Compound, 'withinMs' | 'withinTurns'>>(
      {},
      { withinMs: 1_000 },
      { withinMs: 7_200_000 },
      { withinTurns: 1 },
    ),
    phase: fc.constantFrom<Pick<Compound, 'phase'>>(
      {},
      { phase: { type: 'last', lastsMs: 3_600_000 } },
      { phase: { type: 'after', channel: 'any', phrases: ['a'] } },
    ),
  })
  .map(({ phrases: some, channel, absence, within, phase }) => ({
    type: 'all' as const,
    parts: [
      ...some.map((each) => ({ conditions: [{ channel, condition: { type: 'phrase' as const, phrases: each } }] })),
      {
        conditions: [
          {
            channel,
            condition: { type: 'phrase-count' as const, phrases: ['a', 'b'], count: 20, withinMs: 7_200_000 },
          },
        ],
      },
      ...(absence
        ? [
            {
              not: true as const,
              conditions: [{ channel, condition: { type: 'phrase' as const, phrases: ['never ever'] } }],
            },
          ]
        : []),
    ],
    ...within,
    ...phase,
  }));

/** The longest id of a rule that is its own. */
const ruleIdOf = (index: number) =>
  `${String(index)}-${unpackable(60, index + 1).replace(/./gu, (of) => 'abcdefghijklmnopqrstuvwxyz'[of.charCodeAt(0) % 26] ?? 'a')}`.slice(
    0,
    64,
  );

/** Up to as many rules as may be stored, of any kind. */
export const hostileRules: fc.Arbitrary<Rule[]> = fc
  .array(
    fc.record({
      condition: fc.oneof({ weight: 3, arbitrary: condition }, compound),
      level: fc.constantFrom('warning' as const, 'urgent' as const, 'critical' as const),
      kind: fc.constantFrom('alert' as const, 'compliance' as const, 'coaching' as const, 'health' as const),
      cooldownMs: fc.constantFrom(0, 1_000, Number.MAX_SAFE_INTEGER),
      isPlain: fc.boolean(),
    }),
    { minLength: 1, maxLength: MAX_RULES, size: 'max' },
  )
  .map((rules) =>
    rules.map(({ condition: of, isPlain, ...fields }, index) =>
      exampleRule(of, {
        ...fields,
        ruleId: isPlain
          ? `${PROTOTYPE_NAMES[index % PROTOTYPE_NAMES.length]?.toLowerCase().replaceAll('_', '') ?? 'rule'}-${String(index)}`
          : ruleIdOf(index),
        name: isPlain ? 'constructor' : unpackable(120, index + 1),
        channel: 'any',
      }),
    ),
  );
