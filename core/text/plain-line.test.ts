import fc from 'fast-check';
import { hostileText } from './hostile-text.ts';
import { shortened } from '../kept.ts';
import { plainLine } from './plain-line.ts';

describe('a plain line', () => {
  it.each([
    ['Dana\r\nBcc: all@e.example', 'Dana Bcc: all@e.example'],
    ['a\u2028b\u2029c\u0085d\u0000e', 'a b c d e'],
    ['\u202Edrowssap\u202C \u2066x\u2069\u200E', 'drowssap x'],
    ['zero\u200Bwidth\uFEFF\u00AD', 'zerowidth'],
    ['half \uD800 of \uDC00 one', 'half of one'],
    ['می\u200Cخواهم 👩\u200D💻', 'می\u200Cخواهم 👩\u200D💻'],
    ['   many   spaces   ', 'many spaces'],
  ])('of %j is %j', (text, line) => {
    expect(plainLine(text, 100)).toBe(line);
  });

  it('is one line of at most so many characters, without controls, and the same when it is made again', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 300 }), (text, length) => {
        const line = plainLine(text, length);
        expect(line.length).toBeLessThanOrEqual(length);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(plainLine(line, length)).toBe(line);
      }),
    );
  });

  it('is not cut within a character', () => {
    expect(shortened('ab💻', 3)).toBe('ab…');
    expect(shortened('a💻bc', 3)).toBe('a…');
  });
});
