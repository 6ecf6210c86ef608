import fc from 'fast-check';
import { parseJson } from './json.ts';

it.each([
  ['"\\ud83d"', '\ufffd'],
  ['"\ud83d"', '\ufffd'],
  ['"\\uDE00 a \\ud83d\\ude00"', '\ufffd a 😀'],
  ['{"\\ud83d":["\\udfff",1,null]}', { '\ufffd': ['\ufffd', 1, null] }],
])('reads %s without halves of characters', (text, json) => {
  expect(parseJson(text)).toEqual(json);
});

it('reads all JSON as JSON.parse does, but for halves of characters', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value);
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

it('yields nothing that is not well-formed, nor what was not in the text', () => {
  const unit = fc.integer({ min: 0xd700, max: 0xe0ff }).map((code) => String.fromCharCode(code));
  const text = fc.string({ unit });
  fc.assert(
    fc.property(fc.dictionary(text, fc.array(text)), (value) => {
      const read = JSON.stringify(parseJson(JSON.stringify(value)));
      expect(read).not.toMatch(/\\u[d][89a-f]|\p{Surrogate}/u);
    }),
  );
});

it('keeps a name of Object.prototype as an own one', () => {
  const read = parseJson('{"__proto__":"\\ud83d"}') as object;
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(Object.entries(read)).toEqual([['__proto__', '\ufffd']]);
});

it('refuses what is no JSON', () => {
  expect(() => parseJson('{"\\ud83d"')).toThrow(SyntaxError);
});
