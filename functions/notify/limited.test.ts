import fc from 'fast-check';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleAlert } from '#core/call/example-call.ts';
import { usualNoticeLimits, type NoticeLimits } from '#core/notice-limit.ts';
import { sentNoticesKey } from '#core/table-layout.ts';
import { HeldNoticeTable } from '../adapters/held-notice-table.ts';
import { SentNotices } from '../adapters/sent-notices.ts';
import { startTestTable, type TestTable } from '../adapters/table.fake.ts';
import { mayNotify, summaryNotices } from './limited.ts';
import type { Summary } from './schedule.ts';

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
}, 120_000);
afterAll(async () => {
  await test.stop();
});

/** Each test has a day of its own. */
let days = 0;
let now = 0;
beforeEach(() => {
  now = Date.parse('2026-11-23T10:03:00Z') + ++days * 86_400_000;
});

function limited(limits: NoticeLimits = usualNoticeLimits) {
  const scheduled: Summary[] = [];
  const heldNotices = new HeldNoticeTable(test.table);
  const dependencies = {
    sentNotices: new SentNotices(test.table, async () => sleep(Math.random() * 20)),
    heldNotices,
    limits: () => Promise.resolve(limits),
    schedule: (summary: Summary) => {
      scheduled.push(summary);
      return Promise.resolve();
    },
    now: () => now,
  };
  const raise = async (ruleId: string, callId: string, level: 'warning' | 'critical' = 'warning') => {
    const reasons = exampleAlert.reasons.map((reason) => ({ ...reason, ruleId, ruleName: `Rule ${ruleId}` }));
    return mayNotify({ ...exampleAlert, callId, level, reasons }, dependencies);
  };
  const summaries = async () => {
    const dueAts = [...new Set(scheduled.map(({ dueAt }) => dueAt))];
    const held = await Promise.all(dueAts.map(async (dueAt) => heldNotices.of(dueAt)));
    return held.flat();
  };
  return { raise, scheduled, summaries };
}

const sumOf = (held: readonly { byRule: number; byCall: number; byFloor: number }[]) =>
  held.reduce((sum, { byRule, byCall, byFloor }) => sum + byRule + byCall + byFloor, 0);

describe('notices', () => {
  it('of a rule that matches everything are few, and one summary counts the rest, though they come all at once', async () => {
    const { raise, scheduled, summaries } = limited();
    const answers = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => raise('all', `call-${index % 40}`)),
    );
    const sent = answers.filter(Boolean).length;
    expect(sent).toBe(usualNoticeLimits.perRule);
    const held = await summaries();
    expect(held).toEqual([
      { level: 'warning', ruleId: 'all', ruleName: 'Rule all', byRule: 120 - sent, byCall: 0, byFloor: 0 },
    ]);
    const [notice, ...others] = summaryNotices(held, { siteUrl: 'https://e.example', windowMinutes: 10 });
    expect(notice?.title).toBe(`WARNING: ${120 - sent} more alerts of rule Rule all in the last 10 min`);
    expect(others).toEqual([]);
    // It comes though nothing follows: it was scheduled when the first was held back.
    expect(new Set(scheduled.map(({ dueAt }) => dueAt)).size).toBe(1);
    expect(scheduled[0]).toMatchObject({ windowMinutes: 10 });
    expect(await raise('threat', 'call-41', 'critical')).toBe(true);
    now += 10 * 60_000;
    expect(await raise('all', 'call-1')).toBe(true);
  }, 120_000);

  it('are each sent or counted, whatever rules and calls there are', async () => {
    const wanted = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('x', 'y', 'constructor')),
      {
        minLength: 20,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(wanted, async (pairs) => {
        now += 86_400_000;
        const { raise, summaries } = limited({ windowMinutes: 5, perRule: 4, perCall: 4, perFloor: 8 });
        const answers = await Promise.all(pairs.map(async ([ruleId, callId]) => raise(ruleId, callId)));
        expect(answers.filter(Boolean).length + sumOf(await summaries())).toBe(pairs.length);
      }),
      { numRuns: 4 },
    );
  }, 120_000);

  it('go on where what was sent cannot be read', async () => {
    await test.table.client.send(
      new PutCommand({ TableName: test.table.name, Item: { ...sentNoticesKey, sent: 'damaged' } }),
    );
    const { raise } = limited();
    expect(await raise('a', 'x')).toBe(true);
    expect(await raise('a', 'x')).toBe(true);
  });
});
