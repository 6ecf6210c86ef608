import { alertSchema } from '#core/alert.ts';
import { alertsPageSchema } from '#core/contracts/http/alerts.ts';
import { problemSchema } from '#core/contracts/http/problem.ts';
import { handle } from 'hono/aws-lambda';
import { VersionConflictError } from '../adapters/call-table.ts';
import { now, problemOf, setUpApi, supervisor } from './app.fake.ts';

const { api, ask, stores } = setUpApi();

describe('alerts', () => {
  const path = '/calls/sales-1/alerts/leaving~1';

  it('of a call that is written again and again at that moment are not changed, and may be asked for again', async () => {
    const save = jest.spyOn(stores().calls, 'save').mockRejectedValue(new VersionConflictError('written concurrently'));
    const problem = await problemOf(await ask(path, { method: 'PATCH', body: { version: 0, state: 'resolved' } }));
    save.mockRestore();
    expect(problem).toMatchObject({ status: 409, detail: expect.stringContaining('Try again') as string });
  });

  it('are listed with their calls, and filtered', async () => {
    const page = alertsPageSchema.parse(await (await ask('/alerts')).json());
    expect(page.alerts).toHaveLength(2);
    expect(page.alerts[0]).toMatchObject({ level: 'urgent', call: { metadata: { agent: {} }, status: 'ended' } });
    for (const query of ['level=critical', 'state=resolved', 'kind=health', 'from=2020-01-01&to=2020-01-01']) {
      expect(alertsPageSchema.parse(await (await ask(`/alerts?${query}`)).json()).alerts).toEqual([]);
    }
  });

  it('are acknowledged, judged and resolved, each change on top of the last', async () => {
    const acknowledged = await ask(path, { method: 'PATCH', body: { version: 0, state: 'acknowledged' } });
    expect(alertSchema.parse(await acknowledged.json())).toMatchObject({
      state: 'acknowledged',
      handling: { version: 1, acknowledged: { by: { sub: 'u-1', name: 'ada@earshot.example' }, at: now } },
    });
    const late = await ask(path, { method: 'PATCH', body: { version: 0, state: 'resolved' } });
    expect(await problemOf(late)).toMatchObject({ status: 409, field: 'version' });
    const body = { version: 1, state: 'resolved', verdict: 'false-alarm' };
    expect((await ask(path, { method: 'PATCH', body })).status).toBe(200);
    expect((await stores().calls.load('sales-1'))?.openAlerts).toEqual({});
  });

  it('are changed by an event of API Gateway with an encoded path and a body in base64', async () => {
    const missing = await handle(api())(
      gatewayEvent('PATCH', '/calls/live-1/alerts/no-such~1', { version: 0, note: 'Ä' }),
    );
    expect(missing).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'application/problem+json' },
      isBase64Encoded: false,
    });
    expect(problemSchema.parse(JSON.parse(missing.body))).toMatchObject({ field: 'alertId' });
    const stored = await stores().alerts.load('sales-1', 'leaving~1');
    const patch = { version: stored?.handling?.version ?? 0, note: 'Ä' };
    const handled = await handle(api())(gatewayEvent('PATCH', '/calls/sales-1/alerts/leaving~1', patch));
    expect(alertSchema.parse(JSON.parse(handled.body)).handling?.note).toBe('Ä');
  });

  it('keep a note without the halves of characters in it', async () => {
    const stored = await stores().alerts.load('sales-1', 'leaving~1');
    const body = { version: stored?.handling?.version ?? 0, note: '\ud83d half' };
    const changed = await ask('/calls/sales-1/alerts/leaving~1', { method: 'PATCH', body });
    expect(alertSchema.parse(await changed.json()).handling?.note).toBe('\ufffd half');
  });

  it('are changed by one of many concurrent requests', async () => {
    const other = '/calls/save-1/alerts/leaving~1';
    const tries = Array.from({ length: 6 }, async (_, index) =>
      ask(other, { method: 'PATCH', body: { version: 0, note: `try ${index}` } }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409, 409, 409, 409]);
  });
});

/** The event of API Gateway for a supervisor's request. */
function gatewayEvent(method: string, rawPath: string, body: unknown) {
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)).toString('base64'),
    isBase64Encoded: true,
    requestContext: {
      http: { method, path: rawPath },
      domainName: 'abc.execute-api.example',
      authorizer: { jwt: { claims: supervisor } },
    },
  };
  return event as unknown as Parameters<ReturnType<typeof handle>>[0];
}
