import fc from 'fast-check';
import { levelSchema, type Level } from './alert.ts';
import {
  admitNotice,
  keptFor,
  latestSummaries,
  noticeLimitsSchema,
  summaryDueAt,
  usualNoticeLimits,
  type NoticeLimit,
  type NoticeLimits,
  type SentNotice,
  type WantedNotice,
} from './notice-limit.ts';

const limitsArbitrary: fc.Arbitrary<NoticeLimits> = fc.record({
  windowMinutes: fc.integer({ min: 1, max: 60 }),
  perRule: fc.integer({ min: 2, max: 30 }),
  perCall: fc.integer({ min: 4, max: 30 }),
  perFloor: fc.integer({ min: 8, max: 60 }),
});
const names = ['a', 'b', 'c', 'constructor', '__proto__'];
const wantedArbitrary = fc.record({
  ruleIds: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
  callId: fc.constantFrom(...names),
  level: fc.constantFrom(...levelSchema.options),
  /** Clocks of functions differ: time may seem to go back. */
  afterMs: fc.integer({ min: -5000, max: 400_000 }),
});

/** What becomes of notices that are wanted one after the other. */
function play(wanted: readonly (WantedNotice & { afterMs: number })[], limits: NoticeLimits) {
  let now = 1_795_399_200_000;
  let sent: readonly SentNotice[] = [];
  const all: SentNotice[] = [];
  const held: NoticeLimit[] = [];
  for (const { afterMs, ...notice } of wanted) {
    now += afterMs;
    const admitted = admitNotice(sent, notice, limits, now);
    if ('heldBy' in admitted) held.push(admitted.heldBy);
    else {
      sent = admitted.sent;
      all.push(...sent.slice(-1));
    }
  }
  return { all, held };
}

/** The most notices in any span of the window's length. */
function mostInWindow(notices: readonly SentNotice[], { windowMinutes }: NoticeLimits): number {
  const counts = notices.map(
    ({ at }) => notices.filter((other) => other.at >= at && other.at < at + windowMinutes * 60_000).length,
  );
  return Math.max(0, ...counts);
}

/** A notice of a rule on a call. */
const of = (ruleId: string, callId: string, level: Level = 'warning') => ({ ruleIds: [ruleId], callId, level });

/** Plays notices at one instant, after those that were sent before. */
function sentAtOnce(wanted: readonly WantedNotice[], limits: NoticeLimits, before: readonly SentNotice[] = []) {
  return wanted.reduce<readonly SentNotice[]>((sent, notice) => {
    const admitted = admitNotice(sent, notice, limits, 1_795_399_200_000);
    return 'sent' in admitted ? admitted.sent : sent;
  }, before);
}

describe('the limits on notices', () => {
  it('hold in any span of the window’s length, and each notice is either sent or held back', () => {
    fc.assert(
      fc.property(fc.array(wantedArbitrary, { maxLength: 150 }), limitsArbitrary, (wanted, limits) => {
        const { all, held } = play(wanted, limits);
        expect(all.length + held.length).toBe(wanted.length);
        expect(mostInWindow(all, limits)).toBeLessThanOrEqual(limits.perFloor);
        for (const name of names) {
          const [ofRule, ofCall] = [
            all.filter(({ ruleId }) => ruleId === name),
            all.filter(({ callId }) => callId === name),
          ];
          expect(mostInWindow(ofRule, limits)).toBeLessThanOrEqual(limits.perRule);
          expect(mostInWindow(ofCall, limits)).toBeLessThanOrEqual(limits.perCall);
        }
      }),
    );
  });

  it('send a critical alert of another rule on another call, however noisy one rule and all warnings are', () => {
    const noise = fc.record({
      callId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'),
      isNoisyRule: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 300 }), limitsArbitrary, (noises, limits) => {
        const wanted = noises.map(({ callId, isNoisyRule }, index) =>
          isNoisyRule ? of('noisy', callId, 'critical') : of(`rule-${index % 20}`, callId),
        );
        const before = sentAtOnce(wanted, limits);
        expect(sentAtOnce([of('threat', 'x', 'critical')], limits, before)).toHaveLength(before.length + 1);
        // So does the same rule, unless it has used up its own limit on the whole floor.
        const isUsedUp = before.filter(({ ruleId }) => ruleId === 'noisy').length >= limits.perRule;
        const isCritical =
          before.filter(({ ruleId }) => ruleId === 'noisy').length >= keptFor(limits.perFloor).critical / 2;
        if (!isUsedUp && !isCritical) {
          expect(sentAtOnce([of('noisy', 'x', 'critical')], limits, before)).toHaveLength(before.length + 1);
        }
      }),
    );
  });

  it('send an urgent alert of another rule on any call, however many warnings there were', () => {
    const noise = fc.record({ callId: fc.constantFrom(...names), ruleId: fc.constantFrom(...names) });
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 300 }), limitsArbitrary, (noises, limits) => {
        const before = sentAtOnce(
          noises.map(({ callId, ruleId }) => of(ruleId, callId)),
          limits,
        );
        expect(sentAtOnce([of('leaving', 'a', 'urgent')], limits, before)).toHaveLength(before.length + 1);
      }),
    );
  });

  it('leave an urgent and another critical alert their room beside the warnings and a critical alert of a call', () => {
    const before = sentAtOnce(
      [
        of('disclosure', 'a'),
        of('very-negative', 'a', 'critical'),
        of('complains', 'a'),
        of('money-back', 'a'),
        of('negative-trend', 'a'),
      ],
      usualNoticeLimits,
    );
    expect(before).toHaveLength(4);
    const urgent = sentAtOnce([of('leaving', 'a', 'urgent')], usualNoticeLimits, before);
    expect(urgent).toHaveLength(5);
    expect(sentAtOnce([of('threatens-harm', 'a', 'critical')], usualNoticeLimits, urgent)).toHaveLength(6);
  });

  it('count an alert for the first of its rules that has room', () => {
    const limits = { ...usualNoticeLimits, perRule: 2, perCall: 100, perFloor: 200 };
    const noisy = sentAtOnce([of('noisy', 'a'), of('noisy', 'b')], limits);
    const both = sentAtOnce([{ ruleIds: ['noisy', 'threat'], callId: 'c', level: 'urgent' }], limits, noisy);
    expect(both.at(-1)).toMatchObject({ ruleId: 'threat', callId: 'c' });
    expect(admitNotice(noisy, of('noisy', 'c'), limits, 1_795_399_200_000)).toEqual({ heldBy: 'rule' });
  });

  it('leave half of a rule’s notices to other calls', () => {
    const noisy = sentAtOnce(
      Array.from({ length: 120 }, () => of('noisy', 'a')),
      usualNoticeLimits,
    );
    expect(noisy).toHaveLength(3);
    expect(sentAtOnce([of('noisy', 'b')], usualNoticeLimits, noisy)).toHaveLength(4);
  });

  it('keep notices of a call and of the floor for urgent and for critical alerts', () => {
    const limits = { windowMinutes: 10, perRule: 100, perCall: 8, perFloor: 12 };
    const warnings = (callId: string) => Array.from({ length: 20 }, (_, index) => of(`r-${index}`, callId));
    const call = sentAtOnce(warnings('a'), limits);
    expect(call).toHaveLength(4);
    expect(admitNotice(call, of('z', 'a'), limits, 0)).toEqual({ heldBy: 'call' });
    const floor = sentAtOnce(warnings('b'), limits, call);
    expect(floor).toHaveLength(6);
    expect(admitNotice(floor, of('z', 'c'), limits, 0)).toEqual({ heldBy: 'floor' });
    const urgent = sentAtOnce(
      Array.from({ length: 20 }, (_, index) => of(`u-${index}`, `c-${index}`, 'urgent')),
      limits,
      floor,
    );
    expect(urgent).toHaveLength(9);
    expect(sentAtOnce([of('z', 'c', 'critical')], limits, urgent)).toHaveLength(10);
  });

  it('fit into one row of the table, full of the longest names', () => {
    const most = noticeLimitsSchema.parse({ windowMinutes: 60, perRule: 100, perCall: 100, perFloor: 200 });
    const wanted = Array.from({ length: 500 }, (_, index) =>
      of(`${index}-`.padEnd(64, 'r'), `${index}-`.padEnd(128, 'c'), 'critical'),
    );
    const sent = sentAtOnce(wanted, most);
    expect(sent).toHaveLength(200);
    expect(JSON.stringify(sent).length).toBeLessThan(60_000);
  });
});

describe('a summary', () => {
  it('comes a minute after its span, and is one of the latest two for as long', () => {
    const [limits, at] = [{ windowMinutes: 10 }, Date.parse('2026-11-23T10:03:00Z')];
    expect(new Date(summaryDueAt(at, limits)).toISOString()).toBe('2026-11-23T10:11:00.000Z');
    expect(latestSummaries(at, limits)).toContain(summaryDueAt(at, limits));
    expect(latestSummaries(at + 10 * 60_000, limits)).toContain(summaryDueAt(at, limits));
    expect(latestSummaries(at + 20 * 60_000, limits)).not.toContain(summaryDueAt(at, limits));
  });
});
