import fc from 'fast-check';
import { wellFormed } from '../json.ts';
import { MAX_QUOTE_LENGTH, quoteAround, quoteOf } from './quote.ts';

const at = (text: string, words: string) => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};

describe('a quotation', () => {
  it('is the whole line where that is short, and the sentence of an occurrence where one is asked for', () => {
    const text = 'I am sorry to hear that. I will call you tomorrow. Is that all right?';
    expect(quoteOf(text)).toBe(text);
    expect(quoteAround(text, at(text, 'will call'))).toBe('I will call you tomorrow.');
    expect(quoteAround(text, at(text, 'Is that'))).toBe('Is that all right?');
  });

  it('shows what stands around an occurrence in a long line without marks, and says that more was said', () => {
    const text = `${'and then they said wait '.repeat(12)}i want my money back ${'because it is late '.repeat(12)}`;
    const quote = quoteOf(text, at(text, 'i want my money back'));
    expect(quote).toContain('i want my money back');
    expect(quote).toMatch(/^….*…$/);
    expect(quote.length).toBeLessThanOrEqual(MAX_QUOTE_LENGTH);
  });

  it('is short, well-formed and made of what was said, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 700 }),
        fc.nat(700),
        fc.nat(40),
        (text, start, length) => {
          const from = Math.min(start, text.length);
          const quote = quoteAround(text, { start: from, end: Math.min(text.length, from + length) });
          expect(quote.length).toBeLessThanOrEqual(Math.max(MAX_QUOTE_LENGTH, 2));
          expect(wellFormed(quote)).toBe(quote);
          expect(text).toContain(quote.replace(/^…|…$/g, ''));
        },
      ),
    );
  });
});
