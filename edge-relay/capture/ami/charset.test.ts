import fc from 'fast-check';
import { isCharset, textDecoder } from './charset.ts';
import { type AmiMessage, MessageParser } from './protocol.ts';

const name = (hex: string) => Buffer.from(hex, 'hex');

describe('textDecoder', () => {
  it.each([
    [undefined, 'c39c6d6974', 'Ümit'],
    [undefined, 'dc6d6974', 'Ümit'],
    [undefined, '8035', '€5'],
    ['windows-1251', 'cef0ebeee220cf2e', 'Орлов П.'],
    ['koi8-r', 'efd2cccfd7', 'Орлов'],
    ['latin2', 'a3f3bf61', 'Łóża'],
    ['latin1', 'dc6d6974', 'Ümit'],
    ['utf-8', 'dc6d6974', 'Ümit'],
    ['shift_jis', '8e5293635f', '山田_'],
  ])('reads %s', (charset, hex, text) => {
    expect(textDecoder(charset)(name(hex))).toBe(text);
  });

  it('leaves out a character that was cut, but none that only looks so', () => {
    expect(textDecoder()(Buffer.from('Œuvre d’É').subarray(0, -1))).toBe('Œuvre d’');
    expect(textDecoder()(Buffer.from('José', 'latin1'))).toBe('José');
  });

  it('makes a character of every byte in any charset, and leaves ASCII alone', () => {
    const charsets = [
      'utf-8',
      'windows-1251',
      'windows-1252',
      'windows-1253',
      'iso-8859-2',
      'iso-8859-8',
      'gbk',
      'euc-kr',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...charsets),
        fc.uint8Array({ max: 254 }),
        fc.string({ unit: 'binary-ascii' }),
        (charset, bytes, ascii) => {
          const decode = textDecoder(charset);
          if (!Buffer.from(bytes).includes(Buffer.from('\uFFFD')))
            expect(decode(Buffer.from(bytes))).not.toContain('\uFFFD');
          expect(decode(Buffer.from(ascii))).toBe(ascii);
        },
      ),
    );
  });

  it('knows the names of charsets', () => {
    expect(['utf-8', 'UTF8', 'cp1251', 'latin2', 'iso-8859-15'].every(isCharset)).toBe(true);
    expect(['', 'utf-9', 'utf-16le', 'iso-2022-jp'].some(isCharset)).toBe(false);
  });

  it('reads names in messages that are cut anywhere', () => {
    const text = Buffer.from('Event: Newchannel\r\nCallerIDName: \xcf\xe5\xf2\xf0\r\nExten: 1\r\n\r\n', 'latin1');
    fc.assert(
      fc.property(fc.nat(text.length), (at) => {
        const messages: AmiMessage[] = [];
        const parser = new MessageParser((message) => messages.push(message), textDecoder('windows-1251'));
        parser.push(text.subarray(0, at));
        parser.push(text.subarray(at));
        expect(messages.map((message) => message.get('CallerIDName'))).toEqual(['Петр']);
      }),
    );
  });
});
