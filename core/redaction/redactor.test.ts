import fc from 'fast-check';
import validator from 'validator';
import { isCard, isIban } from './numbers.ts';
import { Redactor } from './redactor.ts';

const redactor = new Redactor();
const redact = (text: string) => redactor.redact(text);
const redactUnfinished = (text: string) => redactor.redactUnfinished(text);

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const say = (characters: string) => Array.from(characters, (one) => WORDS[Number(one)] ?? one).join(' ');

/** Card numbers of the common schemes, their last digit chosen so that they are valid. */
const card = fc
  .tuple(fc.constantFrom('4', '51', '55', '2221', '6011', '37', '36'), fc.stringMatching(/^\d{19}$/))
  .map(([begins, more]) => {
    const length = begins === '37' ? 15 : begins === '36' ? 14 : 16;
    const body = (begins + more).slice(0, length - 1);
    return body + String(WORDS.findIndex((_, digit) => validator.isLuhnNumber(`${body}${digit}`)));
  });

const iban = fc
  .tuple(fc.constantFrom(['DE', 22], ['NL', 18], ['GB', 22], ['FR', 27] as const), fc.stringMatching(/^[0-9]{24}$/))
  .map(([[country, length], more]) => {
    const account = (country === 'GB' ? 'NWBK' : country === 'NL' ? 'ABNA' : '') + more;
    const bban = account.slice(0, length - 4);
    for (let check = 2; check <= 98; check++) {
      const whole = `${country}${String(check).padStart(2, '0')}${bban}`;
      if (isIban(whole)) return whole;
    }
    throw new Error('there is always one');
  });

/** One way or another to write or say a number. */
const told = (characters: fc.Arbitrary<string>) =>
  fc.tuple(characters, fc.nat(5)).map(([number, way]) => {
    const groups = number.match(/.{1,4}/g) ?? [];
    switch (way) {
      case 0:
        return number;
      case 1:
        return groups.join(' ');
      case 2:
        return groups.join('-');
      case 3:
        return say(number);
      case 4:
        return groups.map(say).join(', uh, ');
      default:
        return say(number)
          .replace(/\b(\w+) \1\b/g, 'double $1')
          .replaceAll('zero', 'oh');
    }
  });

const sentence = fc.constantFrom('my card is', 'yes so it goes', 'please take this one down now', 'I have it here:');
const time = { numRuns: 300, interruptAfterTimeLimit: 4_000 };

describe('redact', () => {
  it.each([
    ['my card is 4111 1111 1111 1111 thanks', 'my card is [CARD_NUMBER] thanks'],
    ['four one one one one one one one one one one one one one one one', '[CARD_NUMBER]'],
    ['four triple one. quadruple one. quadruple one. quadruple one. Expires May.', '[CARD_NUMBER]. Expires May.'],
    ['forty one eleven eleven eleven eleven eleven eleven eleven', '[CARD_NUMBER]'],
    ['amex 3782-822463-10005', 'amex [CARD_NUMBER]'],
    ['IBAN GB29 NWBK 6016 1331 9268 19.', 'IBAN [IBAN].'],
    ['g b two nine n w b k six oh one six one double three one nine two six eight one nine', '[IBAN]'],
    [
      'golf bravo two nine november whiskey bravo kilo six zero one six one three three one nine two six eight nineteen',
      '[IBAN]',
    ],
    ['my social is 219-09-9999 okay', 'my social is [SSN] okay'],
    ['two one nine, oh nine, nine nine nine nine', '[SSN]'],
    ['national insurance AB 12 34 56 C', 'national insurance [NINO]'],
    ['A B one two three four five six C', '[NINO]'],
    ['NHS number 943 476 5919', 'NHS number [NHS_NUMBER]'],
    ['call me on 020 7946 0123', 'call me on 020 7946 0123'],
    ['order 4111 1111 1111 1112 is late', 'order 4111 1111 1111 1112 is late'],
    ['I have been waiting two hours for one engineer', 'I have been waiting two hours for one engineer'],
    ['that is 19.99 a month for 24 months', 'that is 19.99 a month for 24 months'],
    ['order 405-3948573-2957483', 'order 405-3948573-2957483'],
    ['9876543210', '9876543210'],
    ['one two three four five six seven eight nine', 'one two three four five six seven eight nine'],
    ['1 2 3 4 5 6 7 8 9 10 11 12 13', '1 2 3 4 5 6 7 8 9 10 11 12 13'],
    ['we have sizes 42, 38, 40, 44, 36, 46, 39 and 41', 'we have sizes 42, 38, 40, 44, 36, 46, 39 and 41'],
    ['four one one one yes, got that? one one one one … one one one one right one one one one', '[CARD_NUMBER]'],
    [
      '4111 1111 hang on, the dog is barking 1111 1111 sorry',
      '[CARD_NUMBER] hang on, the dog is barking [CARD_NUMBER] sorry',
    ],
    [
      '4111 1111 1111 1111 expires 12 25 and the cvv is one two three',
      '[CARD_NUMBER] expires [EXPIRY] and the cvv is [SECURITY_CODE]',
    ],
    ['four one one one one one one one one one one one one one one one one two three', '[CARD_NUMBER] [SECURITY_CODE]'],
    ['my card is 4111 1111 1111 1112, I think', 'my card is [CARD_NUMBER], I think'],
    ['it ends in 4242', 'it ends in 4242'],
    ['sort code 20 45 45 account number 12345678', 'sort code [SORT_CODE] account number [ACCOUNT_NUMBER]'],
    ['my passport number is 533380044 thanks', 'my passport number is [PASSPORT] thanks'],
    ['my driving licence is MORGA657054SM9IJ', 'my driving licence is [DRIVING_LICENCE]'],
    ['cartão: 6233 3333', 'cartão: 6233 3333'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('leaves no valid card number, however it is written or said and whatever stands around it', () => {
    fc.assert(
      fc.property(sentence, told(card), sentence, (before, number, after) => {
        expect(redact(`${before} ${number} ${after}`)).toBe(`${before} [CARD_NUMBER] ${after}`);
      }),
      time,
    );
  });

  it('leaves no valid IBAN', () => {
    fc.assert(
      fc.property(sentence, told(iban), (before, number) => {
        expect(redact(`${before} ${number}`)).toContain('[IBAN]');
        expect(redact(`${before} ${number}`)).not.toMatch(/\d{5}/);
      }),
      time,
    );
  });

  it('changes nothing but numbers', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const kept = redact(text).split(/\[[A-Z_]+\]/);
        let at = 0;
        for (const part of kept) {
          expect(text.indexOf(part, at)).toBeGreaterThanOrEqual(at);
          at = text.indexOf(part, at) + part.length;
        }
      }),
      time,
    );
  });

  it('finds nothing in what it redacted', () => {
    fc.assert(
      fc.property(fc.array(told(fc.oneof(card, iban)), { maxLength: 3 }), (numbers) => {
        const once = redact(numbers.join(' or so I think '));
        expect(redact(once)).toBe(once);
      }),
      time,
    );
  });
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
    const spoken = fc.tuple(card, fc.constantFrom('words', 'groups', 'together')).map(([card, how]) => {
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

describe('check digits', () => {
  it.each([
    [isCard, '4111111111111111', '4111111111111112'],
    [isCard, '378282246310005', '378282246310006'],
    [isIban, 'DE89370400440532013000', 'DE89370400440532013001'],
    [isIban, 'GB29NWBK60161331926819', 'GB28NWBK60161331926819'],
  ])('%p', (isValid, good, bad) => {
    expect(isValid(good)).toBe(true);
    expect(isValid(bad)).toBe(false);
  });
});

it.each(Object.getOwnPropertyNames(Object.prototype))('takes "%s" for a word like any other', (word) => {
  for (const text of [word, `double ${word}`, `twenty ${word}`, `one two ${word} three`]) {
    expect(redact(text)).toEqual(redact(text.replace(word, 'builder')).replace('builder', word));
  }
});
