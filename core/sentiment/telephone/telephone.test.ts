import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import reference from '../vader/fixtures/vader-reference.json';
import { labelOf } from '../score.ts';
import { telephone } from './telephone.ts';
import type { Scorer } from '../vader/scorer.ts';
import { ANGRY_PHRASES } from './angry.ts';
import { NEUTRAL_PHRASES } from './neutral.ts';
import { PLEASED_PHRASES } from './pleased.ts';
import { vader } from '../vader/vader.ts';

const valences = (text: string) =>
  telephone.score(text).contributions.map(({ text, valence }) => [text, Number(valence.toFixed(3))]);
const label = (text: string) => telephone.score(text).label;

describe('words and phrases', () => {
  it.each([
    ['cancel', -2],
    ['cancellation', -1.5],
    ['refund', -1],
    ['escalate', -1.5],
    ['supervisor', -0.5],
    ['manager', -0.5],
    ['complaint', -2],
    ['unacceptable', -2.5],
    ['resolved', 2],
    ['thank you', 2],
    ['thanks', 1.5],
    ['appreciate', 2],
    ['helpful', 2.5],
    ['excellent', 3],
    ['perfect', 3],
    ['brilliant', 2.5],
    ['sorted', 1.5],
    ['wonderful', 3],
    ['disgusting', -3],
    ['incompetent', -3],
    ['useless', -2.5],
    ['ridiculous', -2],
    ['waste of time', -2.5],
    ['thanks for nothing', -3],
    ['speak to a manager', -2],
    ["third time I've called", -2],
    ['still not working', -1.5],
  ])('"%s" has valence %d', (text, valence) => {
    expect(valences(text)).toEqual([[text, valence]]);
  });

  it('matches the longest phrase, across case, curly apostrophes and a closing mark', () => {
    expect(valences('That’s the THIRD time I’ve called you. I am fed up.')).toEqual([
      ['THIRD time I’ve called', -2],
      ['fed up', -2.5],
    ]);
  });
});

it('rates no phrase twice', () => {
  /** All that a pattern stands for. */
  const expand = (pattern: string): string[] =>
    pattern.split(' ').reduce(
      (phrases, part) => {
        const isOptional = part.endsWith('?');
        const alternatives = (isOptional ? part.slice(0, -1) : part).split('|');
        const endings = [...alternatives, ...(isOptional ? [''] : [])];
        return phrases.flatMap((phrase) => endings.map((ending) => `${phrase} ${ending.replaceAll('_', ' ')}`.trim()));
      },
      [''],
    );
  const valences = new Map<string, number>();
  const twice: string[] = [];
  for (const [valence, group] of [...ANGRY_PHRASES, ...NEUTRAL_PHRASES, ...PLEASED_PHRASES])
    for (const phrase of new Set(group.split('\n').flatMap((pattern) => expand(pattern.trim())))) {
      if (valences.has(phrase) && valences.get(phrase) !== valence) twice.push(phrase);
      valences.set(phrase, valence);
    }
  expect(twice).toEqual([]);
  expect(valences.has('')).toBe(false);
});

describe('modifiers work on phrases as on words', () => {
  it.each([
    ['It was not a waste of time', [['waste of time', 1.85]]],
    ['It was an absolute waste of time', [['waste of time', -2.793]]],
    ['It was slightly helpful', [['helpful', 2.207]]],
    ["It wasn't helpful", [['helpful', -1.85]]],
    [
      'Thank you but this is unacceptable',
      [
        ['Thank you', 1],
        ['unacceptable', -3.75],
      ],
    ],
  ])('%s', (text, expected) => {
    expect(valences(text)).toEqual(expected);
  });
});

describe('politeness, sarcasm and the trade', () => {
  it.each([
    ['Thanks for nothing', 'negative'],
    ['Thank you for wasting my afternoon', 'negative'],
    ["Well that's just great, isn't it", 'negative'],
    ['Yeah right', 'negative'],
    ['Thank you, that was very kind', 'positive'],
    ["No, that's great, thanks", 'positive'],
    ["I couldn't have asked for more", 'positive'],
    ['No complaints at all', 'positive'],
    ['I need to file a claim', 'neutral'],
    ['My card was stolen and I lost my phone', 'neutral'],
    ['My mother passed away and I have the death certificate', 'neutral'],
    ['Yes please, the interest rate on my savings', 'neutral'],
    ["I'd like to cancel my appointment", 'neutral'],
    ['No.', 'neutral'],
  ])('"%s" is %s', (text, expected) => {
    expect(label(text)).toBe(expected);
  });

  it('leaves plain VADER as it is', () => {
    expect(vader.score('Thanks for nothing').label).toBe('positive');
    expect(vader.score('I need to report a stolen card').label).toBe('negative');
  });
});

it('points at its words whatever the text', () => {
  const sentences = (reference as [string][]).map(([sentence]) => sentence);
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 3 }).map((some) => some.join(' 😀’ ')),
  );
  fc.assert(
    fc.property(text, (input) => {
      let after = 0;
      for (const { start, end, text: part } of telephone.score(input).contributions) {
        expect(input.slice(start, end)).toBe(part);
        expect(start).toBeGreaterThanOrEqual(after);
        after = end;
      }
    }),
    { interruptAfterTimeLimit: 4000 },
  );
});

describe('accuracy on the caller lines kept for testing', () => {
  const EXPECTED: Record<string, string> = { angry: 'negative', neutral: 'neutral', pleased: 'positive' };
  const rows = readFileSync(join(__dirname, 'fixtures/callers-held-out.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t') as [string, string]);
  const accuracy = (scorer: Scorer, feeling?: string) => {
    const some = rows.filter((row) => feeling === undefined || row[0] === feeling);
    const right = some.filter(([is, line]) => labelOf(scorer.polarity(line).compound) === EXPECTED[is]);
    return right.length / some.length;
  };

  it('is far above plain VADER', () => {
    expect(rows.length).toBeGreaterThanOrEqual(200);
    expect(accuracy(telephone)).toBeGreaterThan(accuracy(vader) + 0.15);
  });

  it.each(['angry', 'neutral', 'pleased'])('is not below plain VADER for the %s', (feeling) => {
    expect(accuracy(telephone, feeling)).toBeGreaterThanOrEqual(accuracy(vader, feeling));
  });
});
