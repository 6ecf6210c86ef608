import fc from 'fast-check';
import { isAtWork, weekdaySchema, workingHoursSchema, type WorkingHours } from './working-hours.ts';

const office: WorkingHours = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:30',
  timeZone: 'Europe/Berlin',
};
const night: WorkingHours = { days: ['fri'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };
const at = (hours: WorkingHours, instant: string) => isAtWork(hours, Date.parse(instant));

describe('isAtWork', () => {
  it.each([
    ['2026-11-23T08:00:00Z', true], // Monday 09:00
    ['2026-11-23T07:59:59Z', false],
    ['2026-11-23T16:29:59Z', true],
    ['2026-11-23T16:30:00Z', false],
    ['2026-11-22T10:00:00Z', false], // Sunday
    ['2026-07-20T07:00:00Z', true], // Monday 09:00 in summer
    ['2026-07-20T06:59:00Z', false],
  ])('by day at %s: %s', (instant, expected) => {
    expect(at(office, instant)).toBe(expected);
  });

  it.each([
    ['2026-11-27T21:00:00Z', true], // Friday 22:00
    ['2026-11-27T20:59:00Z', false],
    ['2026-11-28T04:59:00Z', true], // Saturday 05:59, begun on Friday
    ['2026-11-28T05:00:00Z', false],
    ['2026-11-28T21:30:00Z', false], // Saturday 22:30
    ['2026-11-27T04:00:00Z', false], // Friday 05:00, which Thursday would have begun
  ])('by night at %s: %s', (instant, expected) => {
    expect(at(night, instant)).toBe(expected);
  });

  // In Berlin 02:00 to 03:00 is left out on 29 March 2026, and comes twice on 25 October 2026.
  it.each([
    ['2026-03-29T00:59:00Z', true], // 01:59
    ['2026-03-29T01:00:00Z', false], // 03:00
    ['2026-10-24T23:59:00Z', false], // 01:59, the end of Saturday's hours
    ['2026-10-25T00:30:00Z', true], // 02:30 for the first time
    ['2026-10-25T01:30:00Z', true], // and again
    ['2026-10-25T02:00:00Z', false], // 03:00
  ])('by the wall clock when clocks are changed, at %s: %s', (instant, expected) => {
    const hours = { ...office, days: ['sun' as const], from: instant < '2026-06' ? '01:30' : '02:00', to: '03:00' };
    expect(at(hours, instant)).toBe(expected);
  });

  const timeZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const clock = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  // Two years by the minute, so that every change of clocks is among them.
  const instant = fc
    .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
    .map((minute) => minute * 60_000);
  const changes = ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04'];
  const nearChange = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -1440, max: 2880 }))
    .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);
  const anyInstant = fc.oneof(instant, nearChange);
  const everyDay = weekdaySchema.options;

  it('divides all time between hours and their complement', () => {
    fc.assert(
      fc.property(timeZone, clock, clock, anyInstant, (zone, from, to, moment) => {
        fc.pre(from !== to);
        const hours = { days: everyDay, timeZone: zone };
        expect(isAtWork({ ...hours, from, to }, moment)).toBe(!isAtWork({ ...hours, from: to, to: from }, moment));
      }),
    );
  });

  it('assigns each instant to the one day on which its hours began', () => {
    fc.assert(
      fc.property(timeZone, clock, clock, anyInstant, (zone, from, to, moment) => {
        const began = everyDay.filter((day) => isAtWork({ days: [day], from, to, timeZone: zone }, moment));
        const isWithin = isAtWork({ days: everyDay, from, to, timeZone: zone }, moment);
        expect(began).toHaveLength(isWithin ? 1 : 0);
      }),
    );
  });

  it('is the whole day where hours end when they begin', () => {
    fc.assert(
      fc.property(timeZone, clock, anyInstant, (zone, from, moment) => {
        expect(isAtWork({ days: everyDay, from, to: from, timeZone: zone }, moment)).toBe(true);
      }),
    );
  });

  it('repeats weekly where clocks are never changed', () => {
    fc.assert(
      fc.property(fc.subarray([...everyDay], { minLength: 1 }), clock, clock, anyInstant, (days, from, to, moment) => {
        const hours = { days, from, to, timeZone: 'Asia/Kathmandu' };
        expect(isAtWork(hours, moment + 7 * 86_400_000)).toBe(isAtWork(hours, moment));
      }),
    );
  });
});

describe('workingHoursSchema', () => {
  it.each([
    [{ days: [] }, 'days'],
    [{ days: ['mon', 'mon'] }, 'days'],
    [{ from: '24:00' }, 'from'],
    [{ to: '9:00' }, 'to'],
    [{ timeZone: 'Europe/Nowhere' }, 'timeZone'],
    [{ timeZone: '' }, 'timeZone'],
  ])('rejects %j, naming the field', (wrong, field) => {
    const parsed = workingHoursSchema.safeParse({ ...office, ...wrong });
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});
