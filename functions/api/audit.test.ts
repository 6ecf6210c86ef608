import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { alertsPageSchema } from '#core/contracts/http/alerts.ts';
import { auditPageSchema } from '#core/contracts/http/audit.ts';
import { dayOf } from '#core/days.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import { noSettings } from '#core/settings.ts';
import { auditPartition } from '#core/table-layout.ts';
import { admin, now, problemOf, setUpApi, supervisor } from './app.fake.ts';
import { AUDITED } from './route.ts';

const { api, ask, stores, table } = setUpApi();

const rowsOf = async (query = '') =>
  auditPageSchema.parse(await (await ask(`/audit?${query}`, { as: admin })).json()).rows;

/** The rows that a request adds. */
async function rowsAddedBy(request: () => Promise<Response>) {
  const before = new Set((await rowsOf('limit=200')).map(({ id }) => id));
  const response = await request();
  expect(response.ok).toBe(true);
  return (await rowsOf('limit=200')).filter(({ id }) => !before.has(id));
}

const { ruleId: _, version: __, ...rule } = exampleRule({ type: 'phrase', phrases: ['refund'] }, { name: 'Refund' });
const putRule = async (version: number, more = {}) =>
  ask('/rules/refund', { method: 'PUT', as: admin, body: { ...rule, version, ...more } });

describe('the audit', () => {
  it('is declared by every route, and only reading may leave nothing', async () => {
    const { paths } = (await (await api().request('/openapi.json')).json()) as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, route]) => [`${method} ${path}`, route[AUDITED]] as const),
    );
    expect(routes.filter(([, audited]) => typeof audited !== 'string')).toEqual([]);
    const unaudited = routes.filter(([, audited]) => String(audited).startsWith('nothing')).map(([route]) => route);
    expect(unaudited.filter((route) => !route.startsWith('get '))).toEqual([
      'post /relay-tickets/{relayId}',
      'post /tickets',
    ]);
  });

  it('has a row for each change of a rule, with what changed', async () => {
    const [created] = await rowsAddedBy(async () => putRule(0));
    expect(created).toMatchObject({
      at: now,
      kind: 'rules',
      by: { sub: 'u-2', name: 'ada@earshot.example' },
      sourceIp: '198.51.100.7',
      what: 'Saved the rule “Refund” (refund) as version 1.',
      changes: expect.arrayContaining(['condition phrases: none → refund']) as string[],
    });
    const changed = { level: 'critical', condition: { ...rule.condition, phrases: ['refund', 'money back'] } };
    const rows = await rowsAddedBy(async () => putRule(1, changed));
    expect(rows.map(({ changes }) => changes)).toEqual([
      ['level: warning → critical', 'condition phrases: refund → refund, money back'],
    ]);
    const [deleted] = await rowsAddedBy(async () => ask('/rules/refund?version=2', { method: 'DELETE', as: admin }));
    expect(deleted?.what).toBe('Deleted the rule “Refund” (refund).');
    expect((await putRule(7)).status).toBe(409);
    expect(await rowsOf('kind=rules')).toHaveLength(3);
  });

  it('has no telephone number of the settings', async () => {
    const hours = { days: ['mon'], from: '08:00', to: '18:00', timeZone: 'UTC' };
    const put = async (version: number, extension: string, extensions: string[]) =>
      ask('/settings', {
        method: 'PUT',
        as: admin,
        body: {
          ...noSettings,
          extensions: [{ email: 'bob@e.example', extension }],
          ring: { critical: { extensions, hours } },
          version,
        },
      });
    const [first] = await rowsAddedBy(async () => put(0, '6661', ['6662']));
    const [second] = await rowsAddedBy(async () => put(1, '6663', ['6664']));
    expect(first?.changes).toContain('telephone bob@e.example: none → set');
    expect(second?.changes).toEqual(['telephone bob@e.example changed', 'ringing critical extensions changed']);
    expect(JSON.stringify([first, second])).not.toContain('666');
  });

  it('has a row for each handling of an alert, without its note, under the name of the token alone', async () => {
    const { alerts } = alertsPageSchema.parse(await (await ask('/alerts')).json());
    const { callId, alertId } = alerts[0] ?? { callId: '', alertId: '' };
    const path = `/calls/${callId}/alerts/${encodeURIComponent(alertId)}`;
    const patch = async (body: object) => ask(path, { method: 'PATCH', body });
    const forged = { sub: 'u-2', name: 'Somebody else' };
    for (const body of [{ assignee: forged }, { by: forged, note: 'x' }, { assignee: 'you' }]) {
      expect(await problemOf(await patch({ version: 0, ...body }))).toMatchObject({ status: 400 });
    }
    const [row] = await rowsAddedBy(async () =>
      patch({ version: 0, state: 'acknowledged', assignee: 'me', note: 'She said 4111' }),
    );
    expect(row).toMatchObject({ kind: 'alerts', by: { sub: 'u-1' }, callId, what: `Handled the alert ${alertId}.` });
    expect(row?.changes).toEqual([
      'state: open → acknowledged',
      'assignee: none → ada@earshot.example',
      'note: none → set',
    ]);
  });

  it('has a row for each reading and export of a past call, and none for watching a live one', async () => {
    const rowsBy = async (path: string, more = {}) =>
      (await rowsAddedBy(async () => ask(path, more))).map(({ kind, what, callId }) => [kind, what, callId]);
    expect(await rowsBy('/calls/sales-1')).toEqual([['reading', 'Read a past call.', 'sales-1']]);
    expect(await rowsBy('/calls/live-1')).toEqual([]);
    expect(await rowsBy('/calls/live-1/export')).toEqual([['export', 'Exported a call as csv.', 'live-1']]);
    const [[kind, what] = []] = await rowsBy('/calls/export?format=json');
    expect([kind, what]).toEqual(['export', expect.stringMatching(/^Exported \d past calls of .* as json\.$/)]);
    const download = { method: 'POST', body: { format: 'vtt' } };
    expect(await rowsBy('/calls/live-1/downloads', download)).toEqual([
      ['export', 'Downloaded the transcript as vtt.', 'live-1'],
    ]);
    expect(await rowsBy('/calls/sales-1/downloads', { method: 'POST', body: { format: 'print' } })).toEqual([
      ['export', 'Printed the transcript.', 'sales-1'],
    ]);
    const draft = { method: 'POST', body: { rule: { ...rule, ruleId: 'refund' }, days: 2 } };
    expect(await rowsBy('/rules/backtest', draft)).toEqual([
      ['reading', 'Tried a draft of the rule “Refund” on 3 past calls.', undefined],
    ]);
    expect((await ask('/calls/never-there')).status).toBe(404);
  });

  it('has a row for each joining of a call, and none for its repetition', async () => {
    const join = async () =>
      ask('/calls/live-1/monitors', {
        method: 'POST',
        as: { ...supervisor, 'custom:extension': '6667' },
        body: { mode: 'barge' },
      });
    const rows = await rowsAddedBy(join);
    expect(rows).toMatchObject([{ kind: 'joining', what: 'Barged into a call.', callId: 'live-1' }]);
    expect(JSON.stringify(rows)).not.toContain('666');
    expect(await rowsAddedBy(join)).toEqual([]);
  });

  it('is searched by person, kind, day and words, page by page, and exported', async () => {
    const all = await rowsOf('limit=200');
    expect((await rowsOf('person=U-1')).every(({ by }) => by.sub === 'u-1')).toBe(true);
    expect(await rowsOf('person=nobody')).toEqual([]);
    expect((await rowsOf('text=PAST')).every(({ what }) => what.includes('past'))).toBe(true);
    expect(await rowsOf('text=sales-1&kind=reading')).toHaveLength(1);
    expect(await rowsOf(`from=2020-01-01&to=2020-01-02`)).toEqual([]);
    const first = auditPageSchema.parse(await (await ask('/audit?limit=2', { as: admin })).json());
    const rest = await rowsOf(`limit=200&cursor=${first.cursor ?? ''}`);
    expect([...first.rows, ...rest]).toEqual(all);
    expect(await problemOf(await ask('/audit?kind=all', { as: admin }))).toMatchObject({ status: 400, field: 'kind' });
    const file = await ask('/audit/export?kind=rules', { as: admin });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-.*\.csv"$/);
    expect((await file.text()).split('\r\n')).toHaveLength(3 + 2);
    expect((await rowsOf('kind=export'))[0]?.what).toMatch(/^Exported 3 rows of the audit/);
  });

  it('goes on where a row cannot be read, and takes no row twice', async () => {
    const before = await rowsOf('limit=200');
    const item = { PK: auditPartition(dayOf(now)), SK: '0000000000000#damaged' };
    await table().client.send(new PutCommand({ TableName: table().name, Item: item }));
    expect(await rowsOf('limit=200')).toEqual(before);
    const [row] = before;
    if (!row) throw new Error('The audit is empty.');
    await expect(stores().audit.append({ ...row, what: 'Something else' })).rejects.toThrow();
    expect((await rowsOf('limit=200'))[0]).toEqual(row);
  });
});
