import { backtestResultSchema, rulesListSchema, ruleVersionsSchema } from '#core/contracts/http/rules.ts';
import { MAX_RULES } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { latestSummaries, usualNoticeLimits, type NoticeLimit } from '#core/notice-limit.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import { ruleSchema } from '#core/rules/rule.ts';
import { admin, now, problemOf, setUpApi } from './app.fake.ts';

const { ask, stores } = setUpApi();

describe('rules', () => {
  const { ruleId, version: _, ...draft } = exampleRule({ type: 'phrase', phrases: ['hate'] }, { ruleId: 'hate' });
  const put = async (version: number, more = {}, as: unknown = admin) =>
    ask(`/rules/${ruleId}`, { method: 'PUT', as, body: { ...draft, version, ...more } });

  it('are saved, listed with their hits, and deleted by admins', async () => {
    expect((await put(0)).status).toBe(200);
    expect((await put(0)).status).toBe(409);
    expect((await put(1, { name: 'Hatred' })).status).toBe(200);
    const list = rulesListSchema.parse(await (await ask('/rules')).json()).rules;
    expect(list).toHaveLength(defaultRules.length + 1);
    expect(list.find(({ rule }) => rule.ruleId === ruleId)).toMatchObject({ changedBy: { sub: 'u-2' }, hits: 0 });
    expect((await ask(`/rules/${ruleId}?version=2`, { method: 'DELETE', as: admin })).status).toBe(204);
    const { versions } = ruleVersionsSchema.parse(await (await ask(`/rules/${ruleId}/versions`)).json());
    expect(versions.map(({ rule, deleted }) => [rule.version, deleted ?? false])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect((await ask('/rules/never-there/versions')).status).toBe(404);
  });

  it('that contradict themselves are rejected, naming the field', async () => {
    expect(await problemOf(await put(0, { cooldownMs: -1 }))).toMatchObject({ status: 400, field: 'cooldownMs' });
    const timed = { condition: { type: 'long-call', afterMs: 60_000 }, cooldownMs: 5000 };
    expect(await problemOf(await put(0, timed))).toMatchObject({ status: 400, field: 'cooldownMs' });
    const body = { rule: { ...draft, ruleId, ...timed } };
    expect(await problemOf(await ask('/rules/backtest', { method: 'POST', body }))).toMatchObject({
      status: 400,
      field: 'cooldownMs',
    });
    const list = rulesListSchema.parse(await (await ask('/rules')).json()).rules;
    expect(list.map(({ rule }) => rule.ruleId)).not.toContain(ruleId);
  });

  it('that are too large for a row are refused, naming the larger part', async () => {
    const phrases = Array.from({ length: 500 }, (_, index) => `${String(index)} ${'é'.repeat(90)}`);
    const large = { condition: { type: 'phrase', phrases } };
    expect(await problemOf(await put(0, large))).toMatchObject({ status: 400, field: 'condition' });
    const wide = { scope: { campaigns: ['x'.repeat(40_000)] } };
    expect(await problemOf(await put(0, wide))).toMatchObject({ status: 400, field: 'scope' });
    const body = { rule: { ...draft, ruleId, ...large } };
    expect((await ask('/rules/backtest', { method: 'POST', body })).status).toBe(400);
  });

  describe('that are many', () => {
    const storedAre = (count: number, scope = {}) =>
      jest.spyOn(stores().rules, 'stored').mockResolvedValue(
        Array.from({ length: count }, (_, index) => ({
          rule: exampleRule({ type: 'phrase', phrases: ['hate'] }, { ruleId: `stored-${index}`, scope }),
        })),
      );
    afterEach(() => {
      jest.restoreAllMocks();
    });

    it('are not more than a call’s state has room for', async () => {
      storedAre(MAX_RULES);
      expect(await problemOf(await put(0))).toMatchObject({ status: 400 });
      storedAre(MAX_RULES - 1);
      const { version } = ruleSchema.parse(await (await put(0)).json());
      storedAre(MAX_RULES);
      expect((await put(version, { name: 'Changed' })).status).toBe(200);
      expect((await ask(`/rules/${ruleId}?version=${version + 1}`, { method: 'DELETE', as: admin })).status).toBe(204);
    });

    it('are together no larger than what one response holds', async () => {
      storedAre(MAX_RULES - 1, { campaigns: Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(256, 'x')) });
      const detail = expect.stringContaining('2 MB') as string;
      expect(await problemOf(await put(0))).toMatchObject({ status: 400, detail });
    });
  });

  it('are backtested on past calls', async () => {
    const body = { rule: { ...draft, ruleId }, days: 2 };
    const result = backtestResultSchema.parse(await (await ask('/rules/backtest', { method: 'POST', body })).json());
    expect(result).toMatchObject({ callsRead: 3, callsLeftOut: 0, hitCount: 2 });
    expect(result.days.map(({ hits }) => hits)).toEqual([0, 2]);
    expect(result.hits.map(({ callId }) => callId).sort()).toEqual(['sales-1', 'save-1']);
  });

  it('that raise too many alerts are shown to admins as muted, for as long as that is news', async () => {
    expect((await put(0, { name: 'Noisy' })).status).toBe(200);
    const { heldNotices } = stores();
    const noisy = { level: 'warning' as const, ruleId, ruleName: 'Noisy' };
    const [due = 0] = latestSummaries(now, usualNoticeLimits);
    await Promise.all(['rule', 'rule', 'floor'].map(async (by) => heldNotices.add(due, noisy, by as NoticeLimit)));
    await heldNotices.add(latestSummaries(now - 3_600_000, usualNoticeLimits)[0] ?? 0, noisy, 'rule');
    const mutedFor = async (as?: unknown) =>
      rulesListSchema
        .parse(await (await ask('/rules', { as })).json())
        .rules.flatMap(({ rule, muted }) => (muted === undefined ? [] : [[rule.ruleId, muted]]));
    expect(await mutedFor(admin)).toEqual([[ruleId, 2]]);
    expect(await mutedFor()).toEqual([]);
  });
});
