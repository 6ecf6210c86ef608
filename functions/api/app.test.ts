import { exampleHead, described, ended, said, started } from '#core/call/example-call.ts';
import { agentsListSchema, liveAgentsSchema, agentStatisticsSchema } from '#core/contracts/http/agents.ts';
import { alertsPageSchema } from '#core/contracts/http/alerts.ts';
import { backtestResultSchema, rulesListSchema, ruleVersionsSchema } from '#core/contracts/http/rules.ts';
import { callPageSchema } from '#core/contracts/http/history.ts';
import { systemSchema } from '#core/contracts/http/system.ts';
import type { LiveAgent } from '#core/live-agent.ts';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import { alertSchema } from '#core/alert.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { monitorSchema } from '#core/monitor.ts';
import { noSettings } from '#core/settings.ts';
import { storedSettingsSchema } from '#core/contracts/http/settings.ts';
import { activeCallsSchema, callDetailSchema } from '#core/contracts/http/calls.ts';
import { problemSchema } from '#core/contracts/http/problem.ts';
import { relayTicketSchema, ticketSchema } from '#core/contracts/http/tickets.ts';
import { cloudVersionOf } from '#core/contracts/version.ts';
import { AgentListTable } from '../adapters/agent-list-table.ts';
import { AlertTable } from '../adapters/alert-table.ts';
import { CallTable } from '../adapters/call-table.ts';
import { HistoryTable } from '../adapters/history-table.ts';
import { Monitors } from '../adapters/monitors.ts';
import { PipelineTable } from '../adapters/pipeline-table.ts';
import { RelayTable } from '../adapters/relay-table.ts';
import { RuleTable } from '../adapters/rule-table.ts';
import { SettingsTable } from '../adapters/settings-table.ts';
import { startTestTable } from '../adapters/table.fake.ts';
import { Tickets } from '../adapters/tickets.ts';
import type { Delivery } from '../adapters/web-socket.ts';
import { handle } from 'hono/aws-lambda';
import { ingest, type RelayCallEvent } from '../ingest/ingest.ts';
import { createApp } from './app.ts';
import type { Api } from './api.ts';

const { callStartedAt } = exampleHead;
const now = callStartedAt + 600_000;
const rules = compileRules([
  exampleRule({ type: 'phrase', phrases: ['cancel my account'] }, { ruleId: 'leaving', level: 'urgent' }),
]);

const errors: unknown[] = [];
/** What relays were told, and whether they hear it. */
const told: { relayId: string; command: unknown }[] = [];
let delivery: Delivery = 'sent';
let requests = 0;
let api: Api;
let calls: CallTable;
let agentLists: AgentListTable;
let tickets: Tickets;
let pipeline: PipelineTable;
let stop: () => Promise<void>;
beforeAll(async () => {
  const { table, ...started } = await startTestTable();
  stop = started.stop;
  calls = new CallTable(table, 30);
  agentLists = new AgentListTable(table);
  tickets = new Tickets(table, () => now);
  pipeline = new PipelineTable(table);
  api = createApp({
    calls,
    alerts: new AlertTable(table),
    history: new HistoryTable(table),
    rules: new RuleTable(table),
    relays: new RelayTable(table),
    agentLists,
    pipeline,
    tickets,
    monitors: new Monitors(table, 30),
    settings: new SettingsTable(table),
    sendToRelay: (relayId, command) => {
      told.push({ relayId, command });
      return Promise.resolve(delivery);
    },
    newRequestId: () => `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`,
    stage: 'test',
    cloud: cloudVersionOf('1.2.3'),
    webSocketUrl: 'wss://live.example/live',
    now: () => now,
    pause: () => Promise.resolve(),
    newTicket: () => 'unguessable',
    onError: (error) => errors.push(error),
  });
  await call('sales-1', 'SALES', ['cancel my account now, I hate it', 'thank you, that is great'], '+493011111');
  await call('sales-2', 'SALES', ['what a lovely day, thank you so much'], '+493022222');
  await call('save-1', 'SAVE', ['I want to cancel my account', 'this is awful, I hate this'], '+493033333');
  await call('live-1', 'SALES', ['hello there'], '+493044444', false);
}, 120_000);
afterAll(async () => stop());
afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
});

/** Ingests a call of an agent named after its campaign. */
async function call(callId: string, campaign: string, texts: string[], number: string, isOver = true) {
  const agent = { id: `agent-${campaign}`, name: campaign };
  const events: RelayCallEvent[] = [
    started(),
    described({ campaign, agent, caller: { number } }, 0),
    ...texts.map((text, index): UtteranceTranscribed => {
      const { score: _, ingestedAt: __, ...event } = said({ seq: index + 1, text });
      return event;
    }),
    ...(isOver ? [ended(60_000, texts.length)] : []),
  ];
  const world = {
    calls,
    rules: () => Promise.resolve(rules),
    score: scoreUtterance,
    now: () => callStartedAt + 60_000,
    pause: () => Promise.resolve(),
  };
  for (const event of events) await ingest({ ...event, callId }, world);
}

/** What API Gateway invokes the function with, once its authorizer let a supervisor in. */
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

const supervisor = { token_use: 'id', sub: 'u-1', email: 'ada@earshot.example', 'cognito:groups': '[supervisor]' };
const admin = { ...supervisor, sub: 'u-2', 'cognito:groups': '[admin]' };
const ofSales = { ...supervisor, 'custom:campaigns': 'SALES' };

async function ask(
  path: string,
  { as = supervisor, method = 'GET', body }: { as?: unknown; method?: string; body?: unknown } = {},
) {
  const request = {
    method,
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  };
  return api.request(path, request, { event: { requestContext: { authorizer: { jwt: { claims: as } } } } });
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
}

const idsOf = async (path: string, as?: unknown) =>
  callPageSchema
    .parse(await (await ask(path, { as: as ?? supervisor })).json())
    .calls.map(({ callId }) => callId)
    .sort();

describe('calls', () => {
  it('are listed while they live', async () => {
    const { calls: live } = activeCallsSchema.parse(await (await ask('/calls')).json());
    expect(live.map(({ callId }) => callId)).toEqual(['live-1']);
  });

  it('are shown with words and alerts', async () => {
    const detail = callDetailSchema.parse(await (await ask('/calls/sales-1')).json());
    expect(detail.utterances.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(detail.alerts.map(({ alertId }) => alertId)).toEqual(['leaving~1']);
  });

  it('that are not there are not found', async () => {
    expect(await problemOf(await ask('/calls/other'))).toMatchObject({ status: 404, field: 'callId' });
    expect(await problemOf(await ask('/nowhere'))).toMatchObject({ status: 404 });
  });
});

describe('the search', () => {
  it.each([
    ['', ['sales-1', 'sales-2', 'save-1']],
    ['?agent=agent-SALES', ['sales-1', 'sales-2']],
    ['?campaign=SAVE', ['save-1']],
    ['?number=22222', ['sales-2']],
    ['?number=%2B4930', ['sales-1', 'sales-2', 'save-1']],
    ['?mood=negative', ['save-1']],
    ['?mood=positive', ['sales-2']],
    ['?level=any', ['sales-1', 'save-1']],
    ['?level=warning', ['sales-1', 'save-1']],
    ['?level=critical', []],
    ['?words=Cancel%20HATE', ['sales-1', 'save-1']],
    ['?words=thank%20you', ['sales-1', 'sales-2']],
    ['?words=canc', []],
    ['?words=hate&campaign=SAVE&level=any', ['save-1']],
    ['?from=2020-01-01&to=2020-01-02', []],
  ])('finds by %s', async (query, expected) => {
    expect(await idsOf(`/calls/search${query}`)).toEqual(expected);
  });

  it('goes on page by page to the end', async () => {
    const found: string[] = [];
    let cursor: string | undefined = '';
    for (let pages = 0; cursor !== undefined && pages < 10; pages++) {
      const page = await ask(`/calls/search?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      const { calls: some, cursor: next } = callPageSchema.parse(await page.json());
      found.push(...some.map(({ callId }) => callId));
      cursor = next;
    }
    expect(found.sort()).toEqual(['sales-1', 'sales-2', 'save-1']);
  });
});

describe('exports', () => {
  it('give the calls as a table that no spreadsheet runs', async () => {
    const response = await ask('/calls/export?campaign=SAVE');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="calls-.*\.csv"$/);
    const [head, row] = (await response.text()).split('\r\n');
    expect(head).toContain('callId,startedAt,durationSeconds');
    expect(row).toMatch(/^save-1,2026-11-.*,60,ended,agent-SAVE,SAVE,'\+493033333/);
  });

  it('give one call with its words', async () => {
    const csv = await (await ask('/calls/sales-1/export')).text();
    expect(csv).toContain('1,4,5,caller,"cancel my account now, I hate it",-');
    const whole: unknown = await (await ask('/calls/sales-1/export?format=json')).json();
    expect(callDetailSchema.parse(whole).utterances).toHaveLength(2);
  });
});

describe('alerts', () => {
  const path = '/calls/sales-1/alerts/leaving~1';

  it('are listed with their calls, and filtered', async () => {
    const page = alertsPageSchema.parse(await (await ask('/alerts')).json());
    expect(page.alerts).toHaveLength(2);
    expect(page.alerts[0]).toMatchObject({ level: 'urgent', call: { metadata: { agent: {} }, status: 'ended' } });
    for (const query of ['level=critical', 'state=resolved', 'kind=health', 'from=2020-01-01&to=2020-01-01']) {
      expect(alertsPageSchema.parse(await (await ask(`/alerts?${query}`)).json()).alerts).toEqual([]);
    }
  });

  it('are taken, judged and resolved, each change upon the last', async () => {
    const taken = await ask(path, { method: 'PATCH', body: { version: 0, state: 'acknowledged' } });
    expect(alertSchema.parse(await taken.json())).toMatchObject({
      state: 'acknowledged',
      handling: { version: 1, acknowledged: { by: { sub: 'u-1', name: 'ada@earshot.example' }, at: now } },
    });
    const late = await ask(path, { method: 'PATCH', body: { version: 0, state: 'resolved' } });
    expect(await problemOf(late)).toMatchObject({ status: 409, field: 'version' });
    const body = { version: 1, state: 'resolved', verdict: 'false-alarm' };
    expect((await ask(path, { method: 'PATCH', body })).status).toBe(200);
    expect((await calls.load('sales-1'))?.openAlerts).toEqual({});
  });

  it('are changed through an event of API Gateway, whose path and query are decoded and whose body is in base64', async () => {
    const answer = await handle(api)(
      gatewayEvent('PATCH', '/calls/live-1/alerts/no-such~1', { version: 0, note: 'Ä' }),
    );
    expect(answer).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'application/problem+json' },
      isBase64Encoded: false,
    });
    expect(problemSchema.parse(JSON.parse(answer.body))).toMatchObject({ field: 'alertId' });
    const handled = await handle(api)(
      gatewayEvent('PATCH', '/calls/sales-1/alerts/leaving~1', { version: 2, note: 'Ä' }),
    );
    expect(alertSchema.parse(JSON.parse(handled.body)).handling?.note).toBe('Ä');
  });

  it('are changed by one of many who try at once', async () => {
    const other = '/calls/save-1/alerts/leaving~1';
    const tries = Array.from({ length: 6 }, async (_, index) =>
      ask(other, { method: 'PATCH', body: { version: 0, note: `try ${index}` } }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409, 409, 409, 409]);
  });
});

describe('rules', () => {
  const { ruleId, version: _, ...draft } = exampleRule({ type: 'phrase', phrases: ['hate'] }, { ruleId: 'hate' });
  const put = async (version: number, more = {}, as: unknown = admin) =>
    ask(`/rules/${ruleId}`, { method: 'PUT', as, body: { ...draft, version, ...more } });

  it('are saved, listed with what they did, and deleted by admins', async () => {
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

  it('that contradict themselves are refused by name', async () => {
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

  it('are tried on past calls', async () => {
    const body = { rule: { ...draft, ruleId }, days: 2 };
    const result = backtestResultSchema.parse(await (await ask('/rules/backtest', { method: 'POST', body })).json());
    expect(result).toMatchObject({ callsRead: 3, callsLeftOut: 0, hitCount: 2 });
    expect(result.days.map(({ hits }) => hits)).toEqual([0, 2]);
    expect(result.hits.map(({ callId }) => callId).sort()).toEqual(['sales-1', 'save-1']);
  });
});

describe('agents', () => {
  it('are summed up over days', async () => {
    const { agents } = agentsListSchema.parse(await (await ask('/agents')).json());
    expect(agents.map(({ agent, calls: count }) => [agent.id, count])).toEqual([
      ['agent-SALES', 2],
      ['agent-SAVE', 1],
    ]);
    const one = agentStatisticsSchema.parse(await (await ask('/agents/agent-SALES')).json());
    expect(one).toMatchObject({ calls: 2, meanDurationMs: 60_000, alerts: 1, utterances: 3, positive: 2, negative: 1 });
    expect(one.days).toHaveLength(1);
    expect((await ask('/agents/nobody')).status).toBe(404);
  });

  describe('who are logged in', () => {
    const live = async (as: unknown = supervisor) =>
      liveAgentsSchema.parse(await (await ask('/agents/live', { as })).json());
    const list = (relayId: string, pbx: string, listedAt: number, agents: LiveAgent[]) =>
      agentLists.put({ relayId, pbx, listedAt, part: 1, parts: 1, agents });
    const dana: LiveAgent = { id: '6001', name: 'Dana', state: 'INCALL', campaign: 'SALES', callId: 'live-1' };
    const sam: LiveAgent = { id: '6002', state: 'PAUSED', pauseCode: 'LUNCH', campaign: 'OTHER', inGroups: ['SAVE'] };

    it('are nobody, by no list, until one was made', async () => {
      expect(await live()).toEqual({ lists: [], agents: [] });
    });

    it('are told once, by whoever hears their call, where two relays list them', async () => {
      await list('berlin-2', 'berlin', now, [{ ...dana, callId: undefined }, sam]);
      await list('berlin-1', 'berlin', now - 5_000, [dana]);
      await list('rome-1', 'rome', now, [{ ...dana, name: 'Another', callId: undefined }]);
      const { lists, agents } = await live();
      expect(lists.map(({ relayId }) => relayId).sort()).toEqual(['berlin-1', 'berlin-2', 'rome-1']);
      expect(agents.map(({ id, pbx, callId }) => [pbx, id, callId]).sort()).toEqual([
        ['berlin', '6001', 'live-1'],
        ['berlin', '6002', undefined],
        ['rome', '6001', undefined],
      ]);
    });

    it('are not told of by a list that nobody has renewed', async () => {
      await list('oslo-1', 'oslo', now - 180_001, [dana]);
      const { lists, agents } = await live();
      expect(lists).toContainEqual({ relayId: 'oslo-1', pbx: 'oslo', listedAt: now - 180_001 });
      expect(agents.filter(({ pbx }) => pbx === 'oslo')).toEqual([]);
    });

    it('are seen by those of their campaign, or of a team whose calls they take', async () => {
      const idsOfAll = async (as: unknown) => (await live(as)).agents.map(({ id }) => id);
      expect(new Set(await idsOfAll(ofSales))).toEqual(new Set(['6001']));
      expect(await idsOfAll({ ...supervisor, 'custom:teams': 'SAVE' })).toEqual(['6002']);
      expect(await idsOfAll({ ...supervisor, 'custom:teams': 'NOBODY' })).toEqual([]);
    });

    it('name no call that may not be seen', async () => {
      await list('paris-1', 'paris', now, [{ ...sam, callId: 'live-1' }]);
      const [agent] = (await live({ ...supervisor, 'custom:teams': 'SAVE' })).agents.filter(
        ({ pbx }) => pbx === 'paris',
      );
      expect(agent).toMatchObject({ id: '6002' });
      expect(agent).not.toHaveProperty('callId');
      expect((await live()).agents.find(({ pbx }) => pbx === 'paris')).toMatchObject({ callId: 'live-1' });
    });
  });
});

describe('the system', () => {
  it('is shown with its lag and with what the pipeline found', async () => {
    await pipeline.put({ checkedAt: now, deadLetters: [{ queue: 'q', what: 'ticks', messages: 2 }], alarms: [] });
    const status = systemSchema.parse(await (await ask('/system')).json());
    expect(status).toMatchObject({
      stage: 'test',
      cloud: { version: '1.2.3' },
      liveCalls: 1,
      lag: { utterances: 1, p50Ms: 55_000 },
    });
    expect(status.pipeline?.deadLetters).toMatchObject([{ messages: 2 }]);
  });
});

describe('settings', () => {
  const put = async (body: unknown, as: unknown = admin) => ask('/settings', { method: 'PUT', as, body });

  it('are read and saved by admins, each upon the last', async () => {
    expect((await ask('/settings')).status).toBe(403);
    expect((await put({ ...noSettings, version: 0 }, supervisor)).status).toBe(403);
    expect(storedSettingsSchema.parse(await (await ask('/settings', { as: admin })).json())).toMatchObject({
      version: 0,
    });
    const extensions = [{ email: 'Ada@earshot.example', extension: '6005' }];
    expect((await put({ extensions, ring: {}, version: 0 })).status).toBe(200);
    expect(await problemOf(await put({ ...noSettings, version: 0 }))).toMatchObject({ status: 409, field: 'version' });
    const stored = storedSettingsSchema.parse(await (await ask('/settings', { as: admin })).json());
    expect(stored).toMatchObject({
      extensions: [{ email: 'ada@earshot.example', extension: '6005' }],
      version: 1,
      changedBy: { sub: 'u-2' },
      changedAt: now,
    });
    expect(
      await problemOf(await put({ extensions: [{ email: 'ada', extension: '1' }], ring: {}, version: 1 })),
    ).toMatchObject({ status: 400, field: 'extensions.0.email' });
  });
});

describe('a supervisor on the line', () => {
  const join = async (callId: string, as: unknown, body: unknown = { mode: 'whisper' }) =>
    ask(`/calls/${callId}/monitors`, { method: 'POST', as, body });
  const withTelephone = { ...supervisor, 'custom:extension': '6007' };
  const monitorOf = async (response: Response) => {
    expect(response.status).toBe(202);
    return monitorSchema.parse(await response.json());
  };
  afterEach(() => {
    told.splice(0);
    delivery = 'sent';
  });

  it('is rung by the relay of the call, once however often they ask', async () => {
    const asked = await monitorOf(await join('live-1', withTelephone));
    expect(asked).toMatchObject({
      callId: 'live-1',
      mode: 'whisper',
      extension: '6007',
      by: { sub: 'u-1', name: 'ada@earshot.example' },
      requestedAt: now,
      outcome: 'requested',
    });
    const { requestId } = asked;
    const command = { type: 'monitor', requestId, callId: 'live-1', mode: 'whisper', extension: '6007' };
    expect(told).toEqual([{ relayId: exampleHead.relayId, command }]);
    expect(await monitorOf(await join('live-1', withTelephone))).toEqual(asked);
    expect(told).toHaveLength(1);
    expect((await monitorOf(await join('live-1', withTelephone, { mode: 'listen' }))).mode).toBe('listen');
    const another = { ...withTelephone, sub: 'u-3' };
    expect((await monitorOf(await join('live-1', another))).requestId).not.toBe(requestId);
    const detail = callDetailSchema.parse(await (await ask('/calls/live-1')).json());
    expect(detail.monitors.map(({ mode }) => mode).sort()).toEqual(['listen', 'whisper', 'whisper']);
  });

  it('is told at once when the relay is not there, and asked for again then', async () => {
    delivery = 'gone';
    const caller = { ...withTelephone, sub: 'u-4' };
    const refused = await monitorOf(await join('live-1', caller));
    expect(refused).toMatchObject({ outcome: 'relay-offline', outcomeAt: now });
    delivery = 'failed';
    const again = await monitorOf(await join('live-1', caller));
    expect(again).toMatchObject({ outcome: 'requested' });
    expect(again.requestId).not.toBe(refused.requestId);
  });

  it('has the telephone that an admin entered for their verified address', async () => {
    const verified = { ...supervisor, sub: 'u-5', email_verified: 'true' };
    expect(await monitorOf(await join('live-1', verified))).toMatchObject({ extension: '6005' });
    const unverified = { ...supervisor, sub: 'u-6' };
    expect(await problemOf(await join('live-1', unverified))).toMatchObject({ status: 409 });
    const unknown = { ...verified, email: 'bob@earshot.example' };
    const { status, detail } = await problemOf(await join('live-1', unknown));
    expect([status, detail]).toEqual([409, expect.stringContaining('bob@earshot.example under Settings')]);
    expect(told).toHaveLength(1);
  });

  it('joins no call that is over, of another team, or not there', async () => {
    expect(await problemOf(await join('sales-1', withTelephone))).toMatchObject({ status: 409 });
    const ofSave = { ...withTelephone, 'custom:campaigns': 'SAVE' };
    expect(await problemOf(await join('live-1', ofSave))).toMatchObject({ status: 404 });
    expect(await problemOf(await join('other', withTelephone))).toMatchObject({ status: 404 });
    expect(await problemOf(await join('live-1', withTelephone, { mode: 'shout' }))).toMatchObject({
      status: 400,
      field: 'mode',
    });
    expect(told).toEqual([]);
  });
});

describe('a relay', () => {
  const open = async (authorizer: unknown, body: unknown = { relayId: 'berlin-1' }) =>
    api.request(
      '/relay-tickets',
      { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      { event: { requestContext: { authorizer } } },
    );

  it('whose signature API Gateway has checked gets a ticket of its own', async () => {
    const response = await open({ iam: { userArn: 'arn:aws:sts::1:assumed-role/relay/x' } });
    expect(response.status).toBe(201);
    const ticket = relayTicketSchema.parse(await response.json());
    expect(ticket).toMatchObject({ expiresAt: now + 30_000, cloud: cloudVersionOf('1.2.3') });
    expect(await tickets.consume(ticket.ticket)).toEqual({ relayId: 'berlin-1' });
    expect(await problemOf(await open({ iam: {} }, { relayId: '' }))).toMatchObject({ status: 400, field: 'relayId' });
  });

  it('is nobody with a token, and no person with a signature', async () => {
    expect(await problemOf(await open({ jwt: { claims: admin } }))).toMatchObject({ status: 403 });
    const asRelay = { event: { requestContext: { authorizer: { iam: {} } } } };
    for (const path of ['/calls', '/me', '/settings']) {
      expect((await api.request(path, {}, asRelay)).status).toBe(403);
    }
  });
});

describe('who asks', () => {
  it('is told who they are, and gets a ticket for 30 s', async () => {
    expect(await (await ask('/me', { as: ofSales })).json()).toEqual({
      person: { sub: 'u-1', name: 'ada@earshot.example' },
      role: 'supervisor',
      restriction: { campaigns: ['SALES'] },
    });
    const ticket = ticketSchema.parse(await (await ask('/tickets', { method: 'POST' })).json());
    expect(ticket.expiresAt).toBe(now + 30_000);
    expect(await tickets.consume(ticket.ticket)).toMatchObject({ me: { person: { sub: 'u-1' } } });
  });

  const everyRoute: [method: string, path: string][] = [
    ['GET', '/me'],
    ['POST', '/tickets'],
    ['GET', '/calls'],
    ['GET', '/calls/sales-1'],
    ['GET', '/calls/search'],
    ['GET', '/calls/export'],
    ['GET', '/calls/sales-1/export'],
    ['GET', '/alerts'],
    ['PATCH', '/calls/sales-1/alerts/leaving%231'],
    ['GET', '/rules'],
    ['GET', '/rules/hate/versions'],
    ['PUT', '/rules/hate'],
    ['DELETE', '/rules/hate?version=1'],
    ['POST', '/rules/backtest'],
    ['GET', '/agents'],
    ['GET', '/agents/live'],
    ['GET', '/agents/agent-SALES'],
    ['GET', '/system'],
    ['POST', '/relay-tickets'],
    ['POST', '/calls/sales-1/monitors'],
    ['GET', '/settings'],
    ['PUT', '/settings'],
  ];

  it('tries every route that the description names', async () => {
    const description = (await (await api.request('/openapi.json')).json()) as { paths: Record<string, object> };
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

  it.each(everyRoute)('without a role is refused: %s %s', async (method, path) => {
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
  ])('as a supervisor may not %s %s', async (method, path, body) => {
    expect(await problemOf(await ask(path, { method, body }))).toMatchObject({ status: 403 });
  });

  describe('of another team', () => {
    const ofSave = { ...supervisor, 'custom:campaigns': 'SAVE' };

    it('finds no call', async () => {
      for (const path of ['/calls/sales-1', '/calls/sales-1/export']) {
        expect(await problemOf(await ask(path, { as: ofSave }))).toMatchObject({ status: 404 });
      }
      expect(activeCallsSchema.parse(await (await ask('/calls', { as: ofSave })).json()).calls).toEqual([]);
      expect(await idsOf('/calls/search', ofSave)).toEqual(['save-1']);
      expect(await idsOf('/calls/search', { ...supervisor, 'custom:teams': 'SALES' })).toEqual([]);
      expect(await (await ask('/calls/export?format=json', { as: ofSave })).json()).toHaveLength(1);
    });

    it('finds and changes no alert', async () => {
      const { alerts } = alertsPageSchema.parse(await (await ask('/alerts', { as: ofSave })).json());
      expect(alerts.map(({ callId }) => callId)).toEqual(['save-1']);
      const body = { version: 0, note: 'mine' };
      const change = await ask('/calls/sales-1/alerts/leaving%231', { method: 'PATCH', as: ofSave, body });
      expect(await problemOf(change)).toMatchObject({ status: 404 });
    });

    it('sees no agent and tries no rule on their calls', async () => {
      expect((await ask('/agents/agent-SALES', { as: ofSave })).status).toBe(404);
      const { agents } = agentsListSchema.parse(await (await ask('/agents', { as: ofSave })).json());
      expect(agents.map(({ agent }) => agent.id)).toEqual(['agent-SAVE']);
      const { version: _, ...rule } = exampleRule({ type: 'phrase', phrases: ['cancel'] });
      const result = await ask('/rules/backtest', { method: 'POST', as: ofSave, body: { rule } });
      expect(backtestResultSchema.parse(await result.json())).toMatchObject({ callsRead: 1 });
    });
  });
});

describe('a bad input', () => {
  it.each([
    ['/calls/a%20b', 'callId'],
    ['/calls/search?from=yesterday', 'from'],
    ['/calls/search?from=2026-02-01&to=2026-01-01', 'from'],
    ['/calls/search?number=12', 'number'],
    ['/calls/search?limit=0', 'limit'],
    ['/calls/search?cursor=made-up', 'cursor'],
    ['/alerts?level=high', 'level'],
    ['/agents?days=1000', 'days'],
    ['/calls/sales-1/export?format=pdf', 'format'],
  ])('%s is refused, naming %s', async (path, field) => {
    expect(await problemOf(await ask(path))).toMatchObject({ status: 400, field });
  });

  it.each([
    [{ version: 0 }, ''],
    [{ version: -1, note: 'x' }, 'version'],
    [{ version: 0, state: 'gone' }, 'state'],
    [{ version: 0, note: 'x', evil: true }, ''],
    ['{', ''],
  ])('the change %j is refused', async (body, field) => {
    const problem = await problemOf(await ask('/calls/sales-1/alerts/leaving%231', { method: 'PATCH', body }));
    expect(problem.status).toBe(400);
    if (field) expect(problem.field).toBe(field);
  });
});
