import fc from 'fast-check';
import { automatonOf, type Occurrence } from './automaton.ts';
import { parsePattern, PatternError, type Part, type Pattern } from './pattern.ts';
import { comparableWords, type ComparableWord } from './words.ts';

const plain = (words: readonly string[]): Pattern => words.map((label) => ({ kind: 'word', label }));
const keyed = (words: readonly string[]) =>
  words.map((key, at) => ({ key, form: key, startsClause: at === 0, isName: false }));
const sorted = (found: readonly Occurrence[]) =>
  [...new Set(found.map(({ pattern, from, to }) => JSON.stringify([pattern, from, to])))].sort();

/** Tries each pattern at each place, part by part. */
function slowly(patterns: readonly Pattern[], words: readonly Omit<ComparableWord, 'start' | 'end'>[]): Occurrence[] {
  const startsClause = (at: number) => words[at]?.startsClause ?? true;
  /** Where a pattern may end that begins at `at`, each with whether the last word was any word. */
  const endsOf = (pattern: Pattern, at: number, isAfterAny: boolean): [number, boolean][] => {
    const [part, ...rest] = pattern;
    if (!part) return [[at, isAfterAny]];
    return endsOfPart(part, at, isAfterAny).flatMap(([end, isAny]) => endsOf(rest, end, isAny));
  };
  const endsOfPart = (part: Part, at: number, isAfterAny: boolean): [number, boolean][] => {
    const word = words[at];
    const canGoOn = word !== undefined && !(isAfterAny && word.startsClause);
    const isOf = (label: string) => word?.key === label || `=${word?.form ?? ''}` === label;
    switch (part.kind) {
      case 'word':
        return canGoOn && isOf(part.label) ? [[at + 1, false]] : [];
      case 'any':
        return canGoOn && !word.startsClause ? [[at + 1, true]] : [];
      case 'edge':
        return startsClause(at) ? [[at, false]] : [];
      case 'choice':
        return [
          ...(part.isOptional ? [[at, isAfterAny] satisfies [number, boolean]] : []),
          ...(canGoOn && [...part.words].some(isOf) ? [[at + 1, false] satisfies [number, boolean]] : []),
          ...part.runs.flatMap((run) => endsOf(run, at, isAfterAny)),
        ];
    }
  };
  return patterns.flatMap((pattern, index) =>
    words.flatMap((_, from) =>
      pattern.length === 0 ? [] : endsOf(pattern, from, false).map(([to]) => ({ pattern: index, from, to })),
    ),
  );
}

describe('automatonOf', () => {
  it('finds patterns inside of one another', () => {
    const find = automatonOf([['a', 'b', 'c'], ['b'], ['b', 'c', 'd']].map(plain));
    expect(sorted(find(keyed(['a', 'b', 'c', 'd'])))).toEqual(['[0,0,3]', '[1,1,2]', '[2,1,4]']);
  });

  it('finds what trying each pattern at each place finds', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const patterns = fc.array(fc.array(word, { maxLength: 5 }).map(plain), { maxLength: 12 });
    fc.assert(
      fc.property(patterns, fc.array(word, { maxLength: 40 }), (some, words) => {
        expect(sorted(automatonOf(some)(keyed(words)))).toEqual(sorted(slowly(some, keyed(words))));
      }),
      { numRuns: 300 },
    );
  });

  it('finds choices, absent words, any words and edges of clauses as trying each at each place does', () => {
    const { pattern } = fc.letrec<{ part: string; pattern: string }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        fc.constantFrom('a', 'b', 'c', 'as', '=as', '*', '*2', '{start}', '{end}'),
        tie('pattern').map((inner) => `(${inner})`),
        tie('pattern').map((inner) => `[${inner}]`),
        fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(${one}|${other})`),
      ),
      pattern: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' ')),
    }));
    const patterns = fc.array(pattern, { maxLength: 8 }).map((texts) => texts.flatMap((text) => parsed(text) ?? []));
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'as', 'x', 'a,', 'b.', 'but'), { maxLength: 25 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(patterns, fc.array(text, { minLength: 1, maxLength: 4 }), (some, texts) => {
        const find = automatonOf(some);
        for (const each of texts) {
          const words = comparableWords(each);
          expect(sorted(find(words))).toEqual(sorted(slowly(some, words)));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('takes at most two steps a word, however many patterns there are and however alike they are', () => {
    const alike = Array.from({ length: 200 }, (_, at) => [...Array<string>(20).fill('a'), `b${at}`]);
    const others = Array.from({ length: 5_000 }, (_, at) => [`w${at % 70}`, `w${at % 71}`]);
    const find = automatonOf([...alike, ...others].map(plain));
    const words = keyed(Array.from({ length: 1_000 }, (_, at) => (at % 50 === 49 ? 'w1' : 'a')));
    const steps = jest.spyOn(Map.prototype, 'get');
    find(words);
    const taken = steps.mock.calls.length;
    steps.mockRestore();
    expect(taken).toBeGreaterThanOrEqual(1_000);
    expect(taken).toBeLessThanOrEqual(2_000);
  });

  it('takes one step a word of patterns that are made to be slow, once their situations are known', () => {
    const slow = Array.from({ length: 300 }, (_, at) => `a *5 a *5 [a|b] *5 c${at}`);
    const find = automatonOf(slow.map(parsePattern));
    const words = keyed(Array.from({ length: 2_000 }, (_, at) => (at % 7 === 0 ? 'b~' : 'aa~')));
    find(words);
    const steps = jest.spyOn(Map.prototype, 'get');
    find(words);
    const taken = steps.mock.calls.length;
    steps.mockRestore();
    expect(taken).toBe(words.length);
  });
});

function parsed(text: string): [Pattern] | undefined {
  try {
    return [parsePattern(text)];
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}
