import fc from 'fast-check';
import { isCard, isIban, isNhsNumber, passesLuhn, passesMod97 } from './numbers.ts';
import { breaksOff, redact } from './redact.ts';

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const say = (characters: string) => Array.from(characters, (one) => WORDS[Number(one)] ?? one).join(' ');

/** Card numbers of the common schemes, their last digit chosen so that they are valid. */
const card = fc
  .tuple(fc.constantFrom('4', '51', '55', '2221', '6011', '37', '36'), fc.stringMatching(/^\d{19}$/))
  .map(([begins, more]) => {
    const length = begins === '37' ? 15 : begins === '36' ? 14 : 16;
    const body = (begins + more).slice(0, length - 1);
    return body + String(WORDS.findIndex((_, digit) => passesLuhn(`${body}${digit}`)));
  });

const iban = fc
  .tuple(fc.constantFrom(['DE', 22], ['NL', 18], ['GB', 22], ['FR', 27] as const), fc.stringMatching(/^[0-9]{24}$/))
  .map(([[country, length], more]) => {
    const account = (country === 'GB' ? 'NWBK' : country === 'NL' ? 'ABNA' : '') + more;
    const bban = account.slice(0, length - 4);
    for (let check = 2; check <= 98; check++) {
      const whole = `${country}${String(check).padStart(2, '0')}${bban}`;
      if (passesMod97(whole)) return whole;
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
        const kept = redact(text).split(/\[(?:CARD_NUMBER|IBAN|NINO|SSN|NHS_NUMBER)\]/);
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

describe('breaksOff', () => {
  it.each([
    ['my card is four one one one', true],
    ['4111 1111', true],
    ['four one one one.', true],
    ['4111 1111 1111 1111', false],
    ['my card is four one one one thanks', false],
    ['about two hours', false],
    ['it is G B two nine N W B K', true],
    ['I called at 9 on 12 May', false],
    ['in room 12', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(breaksOff(text)).toBe(expected);
  });
});

describe('check digits', () => {
  it.each([
    [isCard, '4111111111111111', '4111111111111112'],
    [isCard, '378282246310005', '378282246310006'],
    [isIban, 'DE89370400440532013000', 'DE89370400440532013001'],
    [isIban, 'GB29NWBK60161331926819', 'GB28NWBK60161331926819'],
    [isNhsNumber, '9434765919', '9434765918'],
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
