import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import reference from '../vader/fixtures/vader-reference.json';
import { labelOf } from '../score.ts';
import { parsePattern, type Part, type Pattern } from '../../text/pattern.ts';
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
  /** All that a pattern stands for, by the words' keys. */
  const expand = (pattern: Pattern): string[] =>
    pattern.reduce<string[]>(
      (phrases, part) => {
        const endings = expandPart(part);
        return phrases.flatMap((phrase) => endings.map((ending) => `${phrase} ${ending}`.trim()));
      },
      [''],
    );
  const expandPart = (part: Part): string[] => {
    if (part.kind === 'word') return [part.label];
    if (part.kind !== 'choice') return ['*'];
    return [...part.words, ...part.runs.flatMap(expand), ...(part.isOptional ? [''] : [])];
  };
  const valences = new Map<string, number>();
  const twice = new Set<string>();
  for (const [valence, group] of [...ANGRY_PHRASES, ...NEUTRAL_PHRASES, ...PLEASED_PHRASES])
    for (const pattern of group.split('\n').map((line) => line.trim()))
      for (const phrase of expand(parsePattern(pattern))) {
        if (valences.has(phrase) && valences.get(phrase) !== valence) twice.add(`${phrase}: ${pattern}`);
        valences.set(phrase, valence);
      }
  expect([...twice]).toEqual([]);
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

describe('clauses and length', () => {
  const sentence = fc.constantFrom(
    'this is terrible',
    'I am not happy with the bill',
    'the line was noisy',
    'thank you for that',
    'it is a nightmare',
    'my number is four five six',
    'the engineer was brilliant',
    'nobody called me back',
  );
  const compound = (text: string) => telephone.score(text).compound;

  it('are no graver and no better together than the strongest of them', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 12 }), (some) => {
        const each = some.map((one) => compound(`${one}.`));
        const whole = compound(some.map((one) => `${one}.`).join(' '));
        expect(whole).toBeGreaterThanOrEqual(Math.min(0, ...each) - 1e-9);
        expect(whole).toBeLessThanOrEqual(Math.max(0, ...each) + 1e-9);
      }),
    );
  });

  it('do not make calm words grave by their number, without any mark', () => {
    const calm = 'and then the second bill was a bit wrong as well so ';
    expect(compound(calm.repeat(12))).toBeGreaterThan(-0.7);
  });

  it.each([
    ...['no thank you', 'nope', 'none', 'nothing else', 'no sir', 'not today thanks', 'thank u so much for your help'],
    ...["I've just been to the branch", 'for two days now', "I can't believe you sorted it so quickly"],
    ...['flat 182', '86 pounds', "it's a kia", 'PO box 12', 'This is Rob Harsh speaking', 'a lower rate'],
  ])('do not take "%s" for anger', (text) => {
    expect(label(text)).not.toBe('negative');
  });

  it.each([
    ...['this is super frustrating', 'this better not take weeks', 'is that the best you can do', 'close my account'],
    ...["I'm switching to your rival", 'this is a scam', 'straight to social media', 'f**king thing', 'you idiots'],
  ])('find "%s" negative', (text) => {
    expect(label(text)).toBe('negative');
  });
});

describe('what is said without a word of feeling', () => {
  it.each([
    ...[
      'it still does not load',
      'my parcel never turned up',
      'the site will not let me in',
      'my tickets have not arrived',
    ],
    ...[
      'nobody seems to listen',
      'not one person answered',
      'I had already told you that',
      'this is the fifth agent today',
    ],
    ...[
      'you promised me a callback',
      'I was told it would be ready',
      'you should have warned me',
      'how hard is it to post it',
    ],
    ...['why is it so slow', "why can't you just tell me", 'what am I supposed to do now', 'took you long enough'],
    ...['we have been waiting since noon', 'the bag arrived torn', 'I ordered two and got one', 'the room was filthy'],
    ...[
      'the screen is broken again',
      'I paid for it and still have nothing',
      'I expected better',
      'better not be late',
    ],
    ...['it cost me a fortune', 'you lost my suitcase', 'nothing I try works', 'no apology, no explanation'],
  ])('"%s" is negative', (text) => {
    expect(label(text)).toBe('negative');
  });

  it.each([
    ...[
      'what if it does not arrive',
      'let me know if nobody answers',
      'Tuesday does not work for me',
      'it is not here, it is there',
    ],
    ...['nobody else lives here', 'I have been with you for ten years', 'keep the change', 'I picked the wrong size'],
    ...['is it rude to ask', 'my wife hates lilies', 'the shop does not open until nine', 'I still have the old one'],
    ...["don't worry", "I don't want to lose my seat", 'make sure it will not break', 'no reply needed'],
  ])('"%s" is not', (text) => {
    expect(label(text)).not.toBe('negative');
  });

  it.each([
    [
      'delayed again, well done',
      [
        ['delayed again', -1.5],
        ['well done', -1.5],
      ],
    ],
    [
      'Great, it is broken',
      [
        ['Great', -1.5],
        ['it is broken', -1.2],
      ],
    ],
    ['I was worried it was broken, but it is great', undefined],
  ])('praise beside a reproach mocks: %s', (text, expected) => {
    if (expected) expect(valences(text)).toEqual(expected);
    else expect(label(text)).toBe('positive');
  });

  it('says why praise is taken for mockery', () => {
    expect(telephone.score('delayed again, well done').contributions.at(-1)?.because).toEqual([
      'praise beside a reproach',
    ]);
  });

  it('takes a list of adjectives for one clause', () => {
    expect(telephone.score('Terrible, horrible, awful. I hate this.').compound).toBeLessThan(-0.7);
    expect(telephone.score('Horrid, and really rude.').compound).toBeLessThan(
      telephone.score('really rude').compound - 0.01,
    );
    expect(valences("No, that's great")).toEqual([['great', 3.1]]);
  });

  it('is not negated by what stands before it', () => {
    expect(label("I can't believe nobody called me back")).toBe('negative');
    expect(label("it doesn't do what you said it would")).toBe('negative');
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

  it('finds two of three of the angry, and takes one neutral line of ten for something else', () => {
    expect(accuracy(telephone, 'angry')).toBeGreaterThan(0.66);
    expect(accuracy(telephone, 'neutral')).toBeGreaterThanOrEqual(0.9);
  });

  it.each(['angry', 'neutral', 'pleased'])('is not below plain VADER for the %s', (feeling) => {
    expect(accuracy(telephone, feeling)).toBeGreaterThanOrEqual(accuracy(vader, feeling));
  });
});
