import fc from 'fast-check';
import { dayAfter, dayIn, dayOf, startOfDay } from './days.ts';

describe('a day by the clocks of a time zone', () => {
  it.each([
    ['UTC', '2026-03-01T00:00:00Z'],
    ['Europe/Berlin', '2026-02-28T23:00:00Z'],
    ['America/New_York', '2026-03-01T05:00:00Z'],
    ['Pacific/Kiritimati', '2026-02-28T10:00:00Z'],
    ['Asia/Kathmandu', '2026-02-28T18:15:00Z'],
  ])('begins in %s at %s', (timeZone, at) => {
    expect(new Date(startOfDay('2026-03-01', timeZone)).toISOString()).toBe(new Date(at).toISOString());
  });

  it('has 23 hours where clocks go forward, and begins at one where midnight is left out', () => {
    const lengthOf = (day: string, timeZone: string) => startOfDay(dayAfter(day), timeZone) - startOfDay(day, timeZone);
    expect(lengthOf('2026-03-29', 'Europe/Berlin')).toBe(23 * 3_600_000);
    expect(lengthOf('2026-10-25', 'Europe/Berlin')).toBe(25 * 3_600_000);
    expect(new Date(startOfDay('2018-11-04', 'America/Sao_Paulo')).toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });

  it('holds every moment of it and no other', () => {
    const zone = fc.constantFrom('UTC', 'Europe/London', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Asia/Tokyo');
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2040-01-01') }),
        zone,
        (at, timeZone) => {
          const day = dayIn(at, timeZone);
          expect(startOfDay(day, timeZone)).toBeLessThanOrEqual(at);
          expect(startOfDay(dayAfter(day), timeZone)).toBeGreaterThan(at);
          expect(dayIn(startOfDay(day, timeZone) - 1, timeZone) < day).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is that of UTC where nothing else is asked for', () => {
    expect(dayIn(Date.parse('2026-03-01T23:59:59Z'), 'UTC')).toBe(dayOf(Date.parse('2026-03-01T23:59:59Z')));
  });
});
