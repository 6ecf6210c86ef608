import fc from 'fast-check';
import { VOCABULARY } from './coded-speech.fake.ts';
import { findRepetition, withoutRepetitions } from './repetition.ts';

const most = (wordCount: number) => (wordCount === 1 ? 4 : 2);

describe('repetitions in a text', () => {
  it.each([
    ['Yes, yes, yes, yes.', undefined],
    ['no no no no no', 'no'],
    ['Dial two to to to to to to hear it.', 'Dial two to hear it.'],
    ['One moment. One moment, one moment please.', 'One moment please.'],
    ['Press one, press two, press three, press four.', undefined],
    ['', undefined],
  ])('of %j', (text, once) => {
    expect(findRepetition(text, most) === undefined).toBe(once === undefined);
    expect(withoutRepetitions(text, most)).toBe(once ?? text);
  });

  it('are found wherever they begin, and nothing else is taken away', () => {
    const words = fc.array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, words, fc.integer({ min: 5, max: 12 }), (before, phrase, times) => {
        const looped = [...before, ...Array.from({ length: times }, () => phrase).flat()].join(' ');
        expect(findRepetition(looped, most)).toBeDefined();
        const once = withoutRepetitions(looped, most);
        expect(findRepetition(once, most)).toBeUndefined();
        expect(new Set(once.split(' '))).toEqual(new Set(looped.split(' ')));
      }),
    );
  });
});
