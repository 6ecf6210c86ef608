import fc from 'fast-check';
import { asMeant } from './text.ts';

describe('asMeant', () => {
  it.each([
    ['Dana Wills', 'Dana Wills'],
    ['MÃ¼ller', 'Müller'],
    ['Müller', 'Müller'],
    ['â‚¬ 5', '€ 5'],
    ['ZoÅ¡', 'Zoš'],
    ['Ð˜Ð²Ð°Ð½', 'Иван'],
    ['Иван', 'Иван'],
    ['Ã', 'Ã'],
    ['李雷', '李雷'],
  ])('reads %s as %s', (stored, meant) => {
    expect(asMeant(stored)).toBe(meant);
  });

  it('leaves alone what was never taken for latin1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(Array.from(text).some((char) => char > '\u2122'));
        expect(asMeant(text)).toBe(text);
      }),
    );
  });
});
