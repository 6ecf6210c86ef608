import fc from 'fast-check';
import { duration, maskedNumber, signed, lastDays } from './format.ts';

test.each([
  [0, '00:00'],
  [999, '00:00'],
  [61_000, '01:01'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [-5, '00:00'],
])('%d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('scores carry a sign, but zero does not', () => {
  expect([0.124, -0.62, 0.004, -0.004, -1].map(signed)).toEqual(['+0.12', '−0.62', '0.00', '0.00', '−1.00']);
});

test('a masked number shows four characters of it and no more', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?\d{5,15}$/), (number) => {
      expect(maskedNumber(number)).toBe(`…${number.slice(-4)}`);
      expect(maskedNumber(number)).toHaveLength(5);
    }),
  );
});

test('the last days end with today', () => {
  const now = Date.parse('2026-03-02T23:59:00Z');
  expect(lastDays(1, now)).toEqual({ from: '2026-03-02', to: '2026-03-02' });
  expect(lastDays(3, now)).toEqual({ from: '2026-02-28', to: '2026-03-02' });
});
