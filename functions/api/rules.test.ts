import { backtestResultSchema, rulesListSchema, ruleVersionsSchema } from '#core/contracts/http/rules.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import { admin, problemOf, setUpApi } from './app.fake.ts';

const { ask } = setUpApi();

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

  it('are backtested on past calls', async () => {
    const body = { rule: { ...draft, ruleId }, days: 2 };
    const result = backtestResultSchema.parse(await (await ask('/rules/backtest', { method: 'POST', body })).json());
    expect(result).toMatchObject({ callsRead: 3, callsLeftOut: 0, hitCount: 2 });
    expect(result.days.map(({ hits }) => hits)).toEqual([0, 2]);
    expect(result.hits.map(({ callId }) => callId).sort()).toEqual(['sales-1', 'save-1']);
  });
});
