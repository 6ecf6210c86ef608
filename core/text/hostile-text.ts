import fc from 'fast-check';

/** Pieces that mean something to those who show text: markup, mentions, headers, formulas, controls, directions. */
const pieces = [
  '<!channel>',
  '<!here|here>',
  '<@U012AB3CD>',
  '<https://evil.example|Open the call>',
  '&lt;!channel&gt;',
  '*bold* _italic_ ~gone~ `code` ```block```',
  ':rotating_light:',
  '@channel',
  '> quote',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '\r\nBcc: everybody@e.example\r\n\r\n',
  '\nAgent: somebody else',
  '\u2028',
  '\u202egnp.exe\u202c',
  '\u2067\u200f\u061c',
  '\u0000\u0007\u001b[31m\u009b',
  '\ud800',
  '\udfff',
  '\ufeff\u200b\u00ad',
  '=HYPERLINK("https://evil.example")',
  '＝1+1',
  '{"level":"critical"}',
  '\\" }, {',
  'ü'.repeat(40),
  '💻👩‍💻',
];

/** Texts such as an attacker says, or names themselves. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string(), fc.string({ unit: 'binary' })), { maxLength: 12 })
  .map((parts) => parts.join(''));
