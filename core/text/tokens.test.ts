import fc from 'fast-check';
import { tokenize } from './tokens.ts';

const words = (text: string) => tokenize(text).map(({ word }) => word);

describe('tokenize', () => {
  it('drops case and punctuation', () => {
    expect(words('Cancel it, NOW -- please!')).toEqual(['cancel', 'it', 'now', 'please']);
  });

  it('normalizes apostrophes', () => {
    expect(words("don't don’t donʼt DON'T")).toEqual(["don't", "don't", "don't", "don't"]);
  });

  it('leaves quotation marks outside of words', () => {
    expect(words("'quoted' “words”")).toEqual(['quoted', 'words']);
  });

  it('keeps letters of any language together', () => {
    expect(words('Beschwerdeführer naïve Ångström 42')).toEqual(['beschwerdeführer', 'naïve', 'ångström', '42']);
  });

  it('keeps an accent with its letter, composed or not', () => {
    expect(words('cafe\u0301 caf\u00e9')).toEqual(['café', 'café']);
    expect(words('नमस्ते')).toEqual(['नमस्ते']);
  });

  it('finds nothing in a text without words', () => {
    expect(words(' … ?! ')).toEqual([]);
  });

  it('points at the words in the text, in order and apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let at = 0;
        for (const { start, end } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
