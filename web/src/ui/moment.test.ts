import fc from 'fast-check';
import { addressOf, lineAt, momentIn, momentOf } from './moment.ts';

const line = (startMs: number, endMs = startMs + 400) => ({ startMs, endMs });

test.each([
  ['07:33', { fromMs: 453_000, toMs: 453_999 }],
  ['1:07:33', { fromMs: 4_053_000, toMs: 4_053_999 }],
  ['07:33.250', { fromMs: 453_250, toMs: 453_250 }],
  ['7:3', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
  [['07:33', '08:00'], undefined],
])('%j in an address', (address, moment) => {
  expect(momentIn(address)).toEqual(moment);
});

test('a call time is written so that it is read as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 * 3_600_000 }), (atMs) => {
      const moment = momentIn(momentOf(atMs));
      expect(moment?.fromMs).toBe(atMs);
    }),
  );
});

describe('the line of a moment', () => {
  const lines = [line(1_000), line(6_200), line(6_900, 9_100), line(14_000)];
  it.each([
    ['00:01', 0],
    ['00:06', 1],
    ['00:06.900', 2],
    ['00:09', 2],
    ['00:12', 2],
    ['00:00', 0],
    ['59:00', 3],
  ])('%s', (address, index) => {
    const moment = momentIn(address);
    expect(moment && lineAt(lines, moment)).toBe(lines[index]);
  });

  it('is none where nothing was said', () => {
    expect(lineAt<(typeof lines)[number]>([], { fromMs: 0, toMs: 999 })).toBeUndefined();
  });

  it('has the shortest address that leads to it', () => {
    expect(lines.map((one) => addressOf(lines, one))).toEqual(['00:01', '00:06', '00:06.900', '00:14']);
  });
});
