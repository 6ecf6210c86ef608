import fc from 'fast-check';
import { MASK, maskAddresses, maskJsonLine, printValue, secretMask } from './secrets.ts';

const definitions = {
  KEY: { schema: {} as never, about: 'a key', secret: true },
  ADDRESS: { schema: {} as never, about: 'an address', secret: false },
};

describe('maskAddresses', () => {
  it.each([
    ['wss://api.example.com/v1', 'wss://api.example.com/v1'],
    ['relay.example:9093', 'relay.example:9093'],
    ['mail me: a@b.example', 'mail me: a@b.example'],
    [
      'https://u:p@host:8443/path@2?key=1&flag&b=2#part',
      `https://${MASK}@host:8443/path@2?key=${MASK}&${MASK}&b=${MASK}#${MASK}`,
    ],
    ['mysql://u:p@host/db', `mysql://${MASK}@host/db`],
    ['get https://u:p@one/ and wss://q@two', `get https://${MASK}@one/ and wss://${MASK}@two`],
    ['http://u:p/w@host:x/', `http://${MASK}@host:x/`],
    ['https:u:p@host', `https:${MASK}@host`],
    ['https:\\\\u:p@host\\a@b', `https:\\\\${MASK}@host\\a@b`],
  ])('turns %j into %j', (text, expected) => {
    expect(maskAddresses(text)).toBe(expected);
  });
});

describe('printValue', () => {
  it('prints an address that is broken by blanks as it is used', () => {
    expect(printValue('ht\ttps://us\ner:p@host/', false)).toBe(`https://${MASK}@host/`);
    expect(printValue(['a', 'b'], false)).toBe('a,b');
    expect(printValue(['a', 'b'], true)).toBe(MASK);
  });
});

describe('secretMask', () => {
  it('finds a secret in any text, as it is and as addresses write it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: 'grapheme' }), fc.string(), fc.string(), (secret, before, after) => {
        const mask = secretMask(definitions, { KEY: secret });
        for (const form of [secret, encodeURIComponent(secret)])
          expect(mask(`${before}${form}${after}`)).toContain(MASK);
      }),
    );
  });

  it('knows the password of an address outside of it, decoded and not', () => {
    const mask = secretMask(definitions, { ADDRESS: 'https://user:p%40ssword@host/?api_key=abcdef-1' });
    expect(mask('login p@ssword, p%40ssword, abcdef-1 failed for user')).toBe(
      `login ${MASK}, ${MASK}, ${MASK} failed for user`,
    );
  });

  it('masks what the AWS SDK has of secrets', () => {
    const mask = secretMask(definitions, { AWS_SECRET_ACCESS_KEY: 'wJalr/XUtn', AWS_REGION: 'eu-central-1' });
    expect(mask('wJalr/XUtn in eu-central-1')).toBe(`${MASK} in eu-central-1`);
  });

  it('keeps a line of the log a line of JSON, whatever the secret is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), (secret, other) => {
        const mask = secretMask(definitions, { KEY: secret });
        const line = JSON.stringify({ level: 30, msg: `${other} ${secret}`, err: { stack: [secret] } });
        const read = JSON.parse(maskJsonLine(line, mask)) as { level: number; msg: string; err: { stack: string[] } };
        expect(read.level).toBe(30);
        expect(read.err.stack).toEqual([mask(secret)]);
        if (!MASK.includes(secret)) expect(read.msg).not.toContain(secret);
      }),
    );
  });
});
