import fc from 'fast-check';
import { hostileText } from './hostile-text.ts';
import { isolatedName, plainName } from './plain-name.ts';

/** What names are made of that has to be cleaned, next to what has to stay. */
const pieces = [
  ...['\\', "\\'", '\\"', '\\\\', "'", '"', ' ', '\u00a0', '\t', '\r\n', '\0', '\x7f', '\x9b'],
  ...['\u202e', '\u202c', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c', '\u200b', '\u2060', '\ufeff', '\u00ad'],
  ...['\u034f', '\u115f', '\u3164', '\ufff9', '\u{e0041}', '\u200c', '\u200d', '\ufe0f', '\u{e0100}', '\u180b'],
  ...['\ud800', '\udfff', '\ue000', 'O', 'é', 'می', 'کش', 'श्', '葛', '👩', '💻', '🏽', 'ᠠ', '字'],
];
const name = fc.oneof(
  hostileText,
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
);

const UNSEEN =
  /(?!\u200c|\u200d|\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe('a name from outside', () => {
  it.each([
    ["O\\'Hara", "O'Hara"],
    ["O\\\\\\'Hara", "O'Hara"],
    ['D\\"Amico \\"Bo\\"', 'D"Amico "Bo"'],
    ['CORP\\\\dana', 'CORP\\dana'],
    ['CORP\\dana', 'CORP\\dana'],
    ['\u202Eanna\u202C', 'anna'],
    ['\u2067Anna\u2069 \u200FBell\u061C', 'Anna Bell'],
    ['An\u200Bna\uFEFF\u00AD\u2060', 'Anna'],
    ['An\u200Cn\u200Da\uFE0F', 'Anna'],
    ['An\u3164na\u{E0041}', 'Anna'],
    ['Anna\0\x07\x1b[31m\nBell', 'Anna [31m Bell'],
    ['Anna\ud800', 'Anna'],
    ['  Anna \u00a0 Bell ', 'Anna Bell'],
    ['علی\u200Cرضا', 'علی\u200Cرضا'],
    ['👩\u200D💻', '👩\u200D💻'],
    ['葛\u{E0100}城', '葛\u{E0100}城'],
    ['Zoë Ó Súilleabháin-Weiß', 'Zoë Ó Súilleabháin-Weiß'],
    ['\u202e\u200b', ''],
  ])('%j is %j', (given, plain) => {
    expect(plainName(given)).toBe(plain);
  });

  it('is the same when it is cleaned again, no longer than before, and holds nothing unseen', () => {
    fc.assert(
      fc.property(name, (given) => {
        const plain = plainName(given);
        expect(plainName(plain)).toBe(plain);
        expect(plain.length).toBeLessThanOrEqual(given.length);
        expect(plain).not.toMatch(UNSEEN);
        expect(plain).not.toMatch(/\\['"`\\]|^\s|\s$|\s\s/);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for all who write it with characters that nobody sees', () => {
    const unseen = fc.constantFrom('\u200b', '\u202e', '\u2066', '\u00ad', '\u200d', '\u200c', '\ufe0f', '\ud800', '');
    const word = fc.string({ unit: fc.constantFrom('A', 'b', 'n', '7'), minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, unseen), { minLength: 1 }), (parts) => {
        expect(plainName(parts.flat().join(''))).toBe(parts.map(([seen]) => seen).join(''));
      }),
    );
  });

  it('is isolated in a text only where it is written from the right', () => {
    expect(isolatedName('Anna')).toBe('Anna');
    expect(isolatedName('דנה 7')).toBe('\u2068דנה 7\u2069');
    fc.assert(
      fc.property(name, (given) => {
        expect(plainName(isolatedName(plainName(given)))).toBe(plainName(given));
      }),
    );
  });
});
