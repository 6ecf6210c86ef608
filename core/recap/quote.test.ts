import fc from 'fast-check';
import { wellFormed } from '../json.ts';
import { QUOTE_LENGTH, quoteAround, quoteOf } from './quote.ts';

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
    expect(quote.length).toBeLessThanOrEqual(QUOTE_LENGTH);
  });

  it('is short, well-formed and made of what was said, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 700 }),
          fc.array(fc.constantFrom('a', 'x'.repeat(300), '🙂'.repeat(150), 'word.', '? '), { minLength: 1 }),
        ),
        fc.nat(700),
        (said, wanted) => {
          const text = typeof said === 'string' ? said : said.join(' ');
          // What is found begins with a word.
          const starts = Array.from(text.matchAll(/\S+/gu), ({ index }) => index);
          const start = starts[wanted % Math.max(1, starts.length)] ?? 0;
          const quote = quoteAround(text, { start, end: start });
          expect(quote.length).toBeLessThanOrEqual(QUOTE_LENGTH);
          expect(wellFormed(quote)).toBe(quote);
          expect(text).toContain(quote.replace(/^…|…$/g, ''));
          expect(quote === '').toBe(text.trim() === '');
        },
      ),
    );
  });
});
