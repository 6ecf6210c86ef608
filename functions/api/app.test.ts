import { agentsListSchema } from '#core/contracts/http/agents.ts';
import { alertsPageSchema } from '#core/contracts/http/alerts.ts';
import { activeCallsSchema } from '#core/contracts/http/calls.ts';
import { backtestResultSchema } from '#core/contracts/http/rules.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import { admin, ofSales, problemOf, setUpApi, supervisor } from './app.fake.ts';

const { api, ask, idsOf, changed } = setUpApi();

/** A cursor that somebody made up. */
const cursorOf = (key: object) => Buffer.from(JSON.stringify({ day: '2026-11-23', key })).toString('base64url');

describe('a person', () => {
  it('gets their name, role and restriction', async () => {
    expect(await (await ask('/me', { as: ofSales })).json()).toEqual({
      person: { sub: 'u-1', name: 'ada@earshot.example' },
      role: 'supervisor',
      restriction: { campaigns: ['SALES'] },
    });
  });

  const everyRoute: [method: string, path: string][] = [
    ['GET', '/me'],
    ['POST', '/tickets'],
    ['GET', '/calls'],
    ['GET', '/calls/sales-1'],
    ['GET', '/calls/sales-1/recap'],
    ['GET', '/calls/sales-1/earlier'],
    ['GET', '/calls/search'],
    ['GET', '/calls/choices'],
    ['GET', '/calls/export'],
    ['GET', '/calls/sales-1/export'],
    ['GET', '/alerts'],
    ['PATCH', '/calls/sales-1/alerts/leaving%231'],
    ['GET', '/rules'],
    ['GET', '/rules/hate/versions'],
    ['PUT', '/rules/hate'],
    ['DELETE', '/rules/hate?version=1'],
    ['POST', '/rules/backtest'],
    ['GET', '/topics'],
    ['GET', '/agents'],
    ['GET', '/agents/live'],
    ['GET', '/agents/agent-SALES'],
    ['GET', '/system'],
    ['POST', '/relay-tickets/{relayId}'],
    ['POST', '/calls/sales-1/monitors'],
    ['PUT', '/calls/sales-1/sides'],
    ['PUT', '/calls/sales-1/language'],
    ['PUT', '/relays/{relayId}/trunks'],
    ['GET', '/settings'],
    ['PUT', '/settings'],
    ['GET', '/audit'],
    ['GET', '/audit/export'],
    ['POST', '/calls/sales-1/downloads'],
  ];

  it('is tested on every route in the OpenAPI document', async () => {
    const description = (await (await api().request('/openapi.json')).json()) as { paths: Record<string, object> };
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const tried = everyRoute.map(([method, path]) =>
      `${method} ${path}`
        .replace(/\?.*/, '')
        .replace('sales-1', '{callId}')
        .replace('leaving%231', '{alertId}')
        .replace('/hate', '/{ruleId}')
        .replace('agent-SALES', '{agentId}'),
    );
    expect(tried.sort()).toEqual(described.sort());
  });

  it.each(everyRoute)(
    'of somebody who has lost their role since they signed in is rejected: %s %s',
    async (method, path) => {
      for (const as of [supervisor, admin]) {
        changed.set(as.sub, undefined);
        expect(await problemOf(await ask(path, { method, as }))).toMatchObject({ status: 403 });
      }
      changed.clear();
    },
  );

  it.each(everyRoute)('without a role is rejected: %s %s', async (method, path) => {
    for (const as of [
      undefined,
      {},
      { ...supervisor, 'cognito:groups': '[guest]' },
      { ...supervisor, token_use: 'access' },
    ]) {
      expect(await problemOf(await ask(path, { method, as: as ?? null }))).toMatchObject({ status: 403 });
    }
  });

  it.each([
    ['PUT', '/rules/hate', { ...exampleRule({ type: 'phrase', phrases: ['x'] }), version: 0 }],
    ['DELETE', '/rules/hate?version=1', undefined],
    ['GET', '/audit', undefined],
    ['GET', '/audit/export', undefined],
    ['PUT', '/relays/berlin-1/trunks', { prefix: 'PJSIP/x-', leadsOutside: true }],
  ])('who is a supervisor may not %s %s', async (method, path, body) => {
    expect(await problemOf(await ask(path, { method, body }))).toMatchObject({ status: 403 });
  });

  describe('with a restriction', () => {
    const ofSave = { ...supervisor, 'custom:campaigns': 'SAVE' };

    it('finds no other call', async () => {
      for (const path of ['', '/export', '/recap', '/earlier'].map((part) => `/calls/sales-1${part}`)) {
        expect(await problemOf(await ask(path, { as: ofSave }))).toMatchObject({ status: 404 });
      }
      expect(activeCallsSchema.parse(await (await ask('/calls', { as: ofSave })).json()).calls).toEqual([]);
      expect(await idsOf('/calls/search', ofSave)).toEqual(['save-1']);
      expect(await idsOf('/calls/search', { ...supervisor, 'custom:teams': 'SALES' })).toEqual([]);
      expect(await (await ask('/calls/export?format=json', { as: ofSave })).json()).toHaveLength(1);
    });

    it('finds and changes no other alert', async () => {
      const { alerts } = alertsPageSchema.parse(await (await ask('/alerts', { as: ofSave })).json());
      expect(alerts.map(({ callId }) => callId)).toEqual(['save-1']);
      const body = { version: 0, note: 'mine' };
      const change = await ask('/calls/sales-1/alerts/leaving%231', { method: 'PATCH', as: ofSave, body });
      expect(await problemOf(change)).toMatchObject({ status: 404 });
    });

    it('finds no other agent, and backtests no rule on their calls', async () => {
      expect((await ask('/agents/agent-SALES', { as: ofSave })).status).toBe(404);
      const { agents } = agentsListSchema.parse(await (await ask('/agents', { as: ofSave })).json());
      expect(agents.map(({ agent }) => agent.id)).toEqual(['agent-SAVE']);
      const { version: _, ...rule } = exampleRule({ type: 'phrase', phrases: ['cancel'] });
      const result = await ask('/rules/backtest', { method: 'POST', as: ofSave, body: { rule } });
      expect(backtestResultSchema.parse(await result.json())).toMatchObject({ callsRead: 1 });
    });
  });
});

describe('an invalid input', () => {
  it.each([
    ['/calls/a%20b', 'callId'],
    ['/calls/search?from=yesterday', 'from'],
    ['/calls/search?from=2026-02-01&to=2026-01-01', 'from'],
    ['/calls/search?number=12', 'number'],
    ['/calls/search?limit=0', 'limit'],
    ['/calls/search?cursor=made-up', 'cursor'],
    [`/calls/search?cursor=${cursorOf({ PK: 'HISTORY#x' })}`, 'cursor'],
    [`/calls/search?cursor=${cursorOf({ PK: 'HISTORY#x', SK: 'PAST#x', other: 1 })}`, 'cursor'],
    [`/alerts?cursor=${cursorOf({ PK: 'x', SK: 'y' })}`, 'cursor'],
    ['/alerts?level=high', 'level'],
    ['/agents?days=1000', 'days'],
    ['/calls/sales-1/export?format=pdf', 'format'],
  ])('%s is rejected, naming %s', async (path, field) => {
    expect(await problemOf(await ask(path))).toMatchObject({ status: 400, field });
  });

  it.each([
    [{ version: 0 }, ''],
    [{ version: -1, note: 'x' }, 'version'],
    [{ version: 0, state: 'gone' }, 'state'],
    [{ version: 0, note: 'x', evil: true }, ''],
    ['{', ''],
  ])('the change %j is rejected', async (body, field) => {
    const problem = await problemOf(await ask('/calls/sales-1/alerts/leaving%231', { method: 'PATCH', body }));
    expect(problem.status).toBe(400);
    if (field) expect(problem.field).toBe(field);
  });
});
