import fc from 'fast-check';
import { passesLuhn } from './numbers.ts';
import { redactUnfinished } from './unfinished.ts';

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Visa and Mastercard numbers with a good check digit. */
const cards = fc
  .tuple(fc.constantFrom('4', '51', '55'), fc.array(fc.nat(9), { minLength: 14, maxLength: 14 }))
  .map(([begin, digits]) => {
    const body = (begin + digits.join('')).slice(0, 15);
    return `${body}${Array.from('0123456789').find((check) => passesLuhn(body + check)) ?? ''}`;
  });

describe('redactUnfinished', () => {
  it.each([
    ['my card number is four', 'my card number is …'],
    ['my card number is four one double one', 'my card number is …'],
    ['it is 4111 1111 um', 'it is … um'],
    ['it is 4111 1111 1111 1111', 'it is …'],
    ['it is 4111 1111 1111 1111 and the date is 12', 'it is … and the date is …'],
    ['it is AB 12 34 56 C thank you', 'it is … thank you'],
    // What was heard wrong breaks the number off, and may be a digit in the end.
    ['it is 4111 1111 1111 won', 'it is … won'],
    ['number four one fo', 'number … fo'],
    ['the account is GB29 NWBK 60', 'the account is …'],
    ['I ordered 2 of them yesterday', 'I ordered 2 of them yesterday'],
    ['one moment please', 'one moment please'],
    ['I called 24 times already', 'I called 24 times already'],
    ['', ''],
  ])('%s', (said, shown) => {
    expect(redactUnfinished(said)).toBe(shown);
  });

  it('never shows a digit of a card, wherever the words break off', () => {
    const spoken = fc.tuple(cards, fc.constantFrom('words', 'groups', 'together')).map(([card, how]) => {
      if (how === 'together') return [card];
      if (how === 'groups') return card.match(/.{4}/g) ?? [];
      return Array.from(card).map((digit) => WORDS[Number(digit)] ?? '');
    });
    fc.assert(
      fc.property(spoken, fc.constantFrom('', 'um', 'and then'), fc.boolean(), (number, filler, isCut) => {
        const middle = Math.floor(number.length / 2);
        const words = ['please', 'charge', ...number.slice(0, middle), filler, ...number.slice(middle), 'thank', 'you'];
        for (let count = 3; count <= words.length; count++) {
          const heard = words.slice(0, count).filter(Boolean).join(' ');
          const shown = redactUnfinished(isCut ? heard.slice(0, -1) : heard);
          expect(shown).not.toMatch(/\d/);
          expect(shown.split(' ').filter((word) => WORDS.includes(word))).toEqual([]);
        }
      }),
    );
  });
});
