import fc from 'fast-check';
import { type AmiMessage, AmiProtocolError, MAX_MESSAGE_CHARS, MessageParser, writeMessage } from './protocol.ts';

function parse(...chunks: Buffer[]): AmiMessage[] {
  const messages: AmiMessage[] = [];
  const parser = new MessageParser((message) => messages.push(message));
  for (const chunk of chunks) parser.push(chunk);
  return messages;
}

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/);
const value = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/[\r\n]/.test(text));
const headers = fc.dictionary(name, value, { minKeys: 1, maxKeys: 8, noNullPrototype: true });

describe('manager protocol', () => {
  it('reads what Asterisk sends, past its banner', () => {
    const text =
      'Asterisk Call Manager/9.0.0\r\nResponse: Success\r\nActionID: 1\r\nMessage: Authentication accepted\r\n\r\n' +
      'Event: BridgeEnter\r\nExten: \r\nCallerIDNum: <unknown>\r\nAppData: a: b,c\r\n\r\n';
    expect(parse(Buffer.from(text)).map((message) => Object.fromEntries(message))).toEqual([
      { Response: 'Success', ActionID: '1', Message: 'Authentication accepted' },
      { Event: 'BridgeEnter', Exten: '', CallerIDNum: '<unknown>', AppData: 'a: b,c' },
    ]);
  });

  it('keeps the first of a header that comes twice', () => {
    expect(parse(Buffer.from('Variable: a\r\nVariable: b\r\n\r\n'))[0]?.get('Variable')).toBe('a');
  });

  it('reads back whatever it writes, cut anywhere', () => {
    fc.assert(
      fc.property(fc.array(headers, { maxLength: 5 }), fc.array(fc.nat(40)), (written, sizes) => {
        const bytes = Buffer.from(written.map(writeMessage).join(''));
        const chunks: Buffer[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = 1 + (sizes[i % Math.max(1, sizes.length)] ?? 0);
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(parse(...chunks).map((message) => Object.fromEntries(message))).toEqual(written);
      }),
    );
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        parse(...chunks.map((chunk) => Buffer.from(chunk)));
      }),
    );
  });

  it('gives up a message without an end', () => {
    const parser = new MessageParser(() => undefined);
    expect(() => {
      for (let i = 0; i <= MAX_MESSAGE_CHARS / 1_000; i++) parser.push(Buffer.from(`A: ${'x'.repeat(1_000)}\r\n`));
    }).toThrow(AmiProtocolError);
    expect(() => {
      new MessageParser(() => undefined).push(Buffer.alloc(MAX_MESSAGE_CHARS + 1, 'x'));
    }).toThrow(AmiProtocolError);
  });

  it('lets no value begin a header of its own', () => {
    expect(() => writeMessage({ Action: 'Originate', Channel: 'PJSIP/1\r\nAction: Command' })).toThrow(
      AmiProtocolError,
    );
  });
});
