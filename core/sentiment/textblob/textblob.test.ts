import fc from 'fast-check';
import reference from './fixtures/textblob-reference.json';
import { labelOf } from '../score.ts';
import { textblobTokens } from './tokens.ts';
import { textblob } from './textblob.ts';

type Row = [sentence: string, polarity: number, subjectivity: number];

it('equals the reference on every sentence of the fixture', () => {
  for (const [sentence, polarity, subjectivity] of reference as Row[]) {
    const ours = textblob.sentiment(sentence);
    expect({ sentence, polarity: ours.polarity + 0, subjectivity: ours.subjectivity }).toEqual({
      sentence,
      polarity,
      subjectivity,
    });
  }
});

it.each([
  ["Don't worry, it's fine.", ['Do', 'n', "'", 't', 'worry', ',', 'it', "'", 's', 'fine', '.']],
  ['Mr. Smith rang at 9 a.m. on Friday...', ['Mr.', 'Smith', 'rang', 'at', '9', 'a.m.', 'on', 'Friday', '...']],
  ['So kind ( ! ) of you :-)', ['So', 'kind', '(!)', 'of', 'you', ':-)']],
  ['One.\n\n"Two"', ['One', '.', '"', 'Two', '"']],
])('cuts %j into tokens', (text, expected) => {
  expect(textblobTokens(text).map((token) => token.text)).toEqual(expected);
});

it.each([
  ['very good', ['good | boosted by very']],
  ['not a good call', ['good | negated by not']],
  ['not very good', ['good | negated by not; dampened by very']],
  ['really not good', ['good | negated by not']],
  ['extremely bad!', ['bad | raised by !']],
  ['thanks :)', ['thanks', ':)']],
])('explains what changed the words of "%s"', (text, expected) => {
  const { contributions } = textblob.score(text);
  expect(contributions.map(({ text, because }) => (because ? `${text} | ${because.join('; ')}` : text))).toEqual(
    expected,
  );
});

it('points at its words, and their shares add up to the polarity', () => {
  const sentences = (reference as Row[]).map(([sentence]) => sentence);
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom(...sentences), { maxLength: 3 }).map((some) => some.join('\n\n')),
  );
  fc.assert(
    fc.property(text, (input) => {
      const { compound, label, contributions } = textblob.score(input);
      expect(label).toBe(labelOf(compound));
      let sum = 0;
      for (const { start, end, text: part, valence } of contributions) {
        expect(part).not.toBe('');
        expect(input.slice(start, end)).toBe(part);
        sum += valence;
      }
      expect(sum).toBeCloseTo(compound, 9);
    }),
    { interruptAfterTimeLimit: 4000 },
  );
});
