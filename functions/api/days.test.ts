import { daysOf, lastDays, spanOf } from './days.ts';

const now = Date.parse('2026-03-01T10:00:00Z');

describe('days', () => {
  it('go back across the end of a month', () => {
    expect(lastDays(3, now)).toEqual(['2026-03-01', '2026-02-28', '2026-02-27']);
  });

  it.each([
    [{}, ['2026-03-01', '2026-02-28']],
    [{ to: '2026-01-01' }, ['2026-01-01', '2025-12-31']],
    [{ from: '2026-02-27' }, ['2026-03-01', '2026-02-28', '2026-02-27']],
    [{ from: '2026-02-01', to: '2026-02-01' }, ['2026-02-01']],
    [{ from: '2026-03-05' }, ['2026-03-05']],
  ])('of %j', (range, expected) => {
    expect(daysOf(range, 2, now)).toEqual(expected);
  });

  it('are rejected if they are out of order or too many', () => {
    expect(() => daysOf({ from: '2026-02-02', to: '2026-02-01' }, 2, now)).toThrow('after');
    expect(() => daysOf({ from: '2020-01-01' }, 2, now)).toThrow('366');
  });
});

describe('a span', () => {
  it('lasts from the beginning of its first day to the end of its last, and has the UTC days that it touches', () => {
    expect(spanOf({ from: '2026-02-27', to: '2026-02-28', timeZone: 'Europe/Berlin' }, 7, now)).toEqual({
      days: ['2026-02-28', '2026-02-27', '2026-02-26'],
      fromAt: Date.parse('2026-02-26T23:00:00Z'),
      toAt: Date.parse('2026-02-28T23:00:00Z'),
    });
  });

  it('ends with today by the clocks of its place', () => {
    const { toAt } = spanOf({ timeZone: 'Pacific/Kiritimati' }, 7, now);
    expect(new Date(toAt).toISOString()).toBe('2026-03-02T10:00:00.000Z');
  });
});
