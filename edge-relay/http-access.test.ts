import fc from 'fast-check';
import { isLoopback, refusalOf } from './http-access.ts';

const TOKEN = 'only-the-dialplan-knows';
const json = { 'content-type': 'application/json' };
const write = (headers: Record<string, string>, access: Partial<Parameters<typeof refusalOf>[1]> = {}) =>
  refusalOf({ isWriting: true, headers: { host: '127.0.0.1:9094', ...headers } }, { host: '127.0.0.1', ...access })
    ?.status;
const read = (headers: Record<string, string>, host = '127.0.0.1') =>
  refusalOf({ isWriting: false, headers }, { host, names: ['relay.lan'] })?.status;

describe('refusalOf', () => {
  it('lets a program of this machine describe a leg, and nobody by mistake', () => {
    expect(write(json)).toBeUndefined();
    expect(write({ 'content-type': 'application/json; charset=utf-8' })).toBeUndefined();
    for (const type of ['text/plain', 'text/plain; application/json', 'application/jsonp', ''])
      expect(write({ 'content-type': type })).toBe(415);
    expect(write({})).toBe(415);
  });

  it('wants the token where one is set, and one where other machines can connect', () => {
    expect(write(json, { host: '0.0.0.0' })).toBe(403);
    for (const host of ['0.0.0.0', '127.0.0.1']) {
      expect(write(json, { host, token: TOKEN })).toBe(401);
      expect(write({ ...json, authorization: `Basic ${TOKEN}` }, { host, token: TOKEN })).toBe(401);
      expect(write({ ...json, authorization: `Bearer ${TOKEN}` }, { host, token: TOKEN })).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string(), (shown) => {
        fc.pre(shown !== TOKEN);
        expect(write({ ...json, authorization: `Bearer ${shown}` }, { token: TOKEN })).toBe(401);
      }),
    );
  });

  it.each(['127.0.0.1:9094', 'localhost:9094', '[::1]:9094', '192.0.2.7', 'relay.lan:9094', 'RELAY.LAN'])(
    'answers who asks for %s',
    (host) => {
      expect(read({ host })).toBeUndefined();
    },
  );

  it('answers no page of a browser, whichever page and route', () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:9094', ''])
      expect([read({ host: '127.0.0.1', origin }), write({ ...json, origin })]).toEqual([403, 403]);
    for (const site of ['cross-site', 'same-site', 'same-origin'])
      expect(read({ host: '127.0.0.1', 'sec-fetch-site': site })).toBe(403);
    expect(read({ host: '127.0.0.1', 'sec-fetch-site': 'none' })).toBeUndefined();
    expect(read({})).toBe(421);
    fc.assert(
      fc.property(
        fc.oneof(fc.domain(), fc.constantFrom('127.0.0.1.evil.example', 'localhost.', 'a@127.0.0.1')),
        (host) => {
          expect([read({ host }), read({ host: `${host}:9094` }), read({ host }, '0.0.0.0')]).toEqual([421, 421, 421]);
        },
      ),
    );
  });
});

describe('isLoopback', () => {
  it('knows where only this machine can connect', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(isLoopback(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.example', 'relay']) expect(isLoopback(host)).toBe(false);
  });
});
