import { daysOf, lastDays } from './days.ts';

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
