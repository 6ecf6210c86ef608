import { exampleHead, described, ended, said, started } from '#core/call/example-call.ts';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import { callPageSchema } from '#core/contracts/http/history.ts';
import { problemSchema } from '#core/contracts/http/problem.ts';
import type { Access } from '#core/people.ts';
import { cloudVersionOf } from '#core/contracts/version.ts';
import { compileRules } from '#core/rules/compile.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { AgentListTable } from '../adapters/agent-list-table.ts';
import { AlertTable } from '../adapters/alert-table.ts';
import { AuditTable } from '../adapters/audit-table.ts';
import { CallerTable } from '../adapters/caller-table.ts';
import { CallTable } from '../adapters/call-table.ts';
import { HeldNoticeTable } from '../adapters/held-notice-table.ts';
import { HistoryTable } from '../adapters/history-table.ts';
import { Monitors } from '../adapters/monitors.ts';
import { PipelineTable } from '../adapters/pipeline-table.ts';
import { RecapTable } from '../adapters/recap-table.ts';
import { RelayTable } from '../adapters/relay-table.ts';
import { RuleTable } from '../adapters/rule-table.ts';
import { SettingsTable } from '../adapters/settings-table.ts';
import { startTestTable, type TestTable } from '../adapters/table.fake.ts';
import { Tickets } from '../adapters/tickets.ts';
import type { Delivery } from '../adapters/web-socket.ts';
import { ingest, type RelayCallEvent } from '../ingest/ingest.ts';
import type { LanguageModel } from '../recap/models/model.ts';
import type { Api } from './api.ts';
import { createApp } from './app.ts';

const { callStartedAt } = exampleHead;
/** The API's clock: ten minutes after all calls started. */
export const now = callStartedAt + 600_000;

/** Claims of ID tokens. */
export const supervisor = {
  token_use: 'id',
  sub: 'u-1',
  email: 'ada@earshot.example',
  email_verified: 'true',
  'cognito:groups': '[supervisor]',
};
export const admin = { ...supervisor, sub: 'u-2', 'cognito:groups': '[admin]' };
export const ofSales = { ...supervisor, 'custom:campaigns': 'SALES' };

/** A request; by default a supervisor's GET. */
interface Asked {
  readonly as?: unknown;
  readonly method?: string;
  readonly body?: unknown;
}

/**
 * Sets up the API on a table of its own for the tests of a file, with the ended calls `sales-1`, `sales-2` and `save-1`,
 * and the live call `live-1`. A test fails if the API has an internal error.
 */
export function setUpApi() {
  const commands: { relayId: string; command: unknown }[] = [];
  const relay: { delivery: Delivery } = { delivery: 'sent' };
  const errors: unknown[] = [];
  const models: { current: LanguageModel | undefined } = { current: undefined };
  const changed = new Map<string, Access | undefined>();
  let test: TestTable;
  let stores: ReturnType<typeof storesOn>;
  let api: Api;

  beforeAll(async () => {
    test = await startTestTable();
    stores = storesOn(test);
    let requests = 0;
    api = createApp({
      ...stores,
      sendToRelay: (relayId, command) => {
        commands.push({ relayId, command });
        return Promise.resolve(relay.delivery);
      },
      people: {
        newest: (sub, known) => Promise.resolve(changed.has(sub) ? { access: changed.get(sub), asOf: now } : known),
      },
      newRequestId: () => `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`,
      stage: 'test',
      cloud: cloudVersionOf('1.2.3'),
      webSocketUrl: 'wss://live.example/live',
      now: () => now,
      pause: () => Promise.resolve(),
      newTicket: () => 'unguessable',
      model: () => Promise.resolve(models.current),
      onError: (error) => errors.push(error),
    });
    await storeCalls(stores.calls);
  }, 120_000);
  afterAll(async () => test.stop());
  afterEach(() => {
    expect(errors.splice(0)).toEqual([]);
  });

  const ask = async (path: string, { as = supervisor, method = 'GET', body }: Asked = {}) => {
    const request = {
      method,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    };
    return api.request(path, request, {
      event: { requestContext: { authorizer: { jwt: { claims: as } }, http: { sourceIp: '198.51.100.7' } } },
    });
  };

  return {
    api: () => api,
    /** The access that people have now, by `sub`, where it is not what their token says. */
    changed,
    stores: () => stores,
    table: () => test.table,
    /** The commands that the API sent to relays, and how their delivery ends. */
    commands,
    relay,
    /** The language model that is configured. */
    models,
    ask,
    /** The ids of the past calls on a page, sorted. */
    idsOf: async (path: string, as: unknown = supervisor) =>
      callPageSchema
        .parse(await (await ask(path, { as })).json())
        .calls.map(({ callId }) => callId)
        .sort(),
  };
}

/** The problem that a response reports. */
export async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
}

function storesOn({ table }: TestTable) {
  return {
    calls: new CallTable(table, 30),
    alerts: new AlertTable(table),
    history: new HistoryTable(table),
    rules: new RuleTable(table),
    relays: new RelayTable(table),
    agentLists: new AgentListTable(table),
    pipeline: new PipelineTable(table),
    tickets: new Tickets(table, () => now),
    monitors: new Monitors(table, 30),
    settings: new SettingsTable(table),
    audit: new AuditTable(table),
    heldNotices: new HeldNoticeTable(table),
    callers: new CallerTable(table, 30),
    recaps: new RecapTable(table, 30),
  };
}

const rules = compileRules([
  exampleRule({ type: 'phrase', phrases: ['cancel my account'] }, { ruleId: 'leaving', level: 'urgent' }),
]);

async function storeCalls(calls: CallTable): Promise<void> {
  const store = storeCall.bind(undefined, calls);
  await store('sales-1', 'SALES', ['cancel my account now, I hate it', 'thank you, that is great'], '+493011111');
  await store('sales-2', 'SALES', ['what a lovely day, thank you so much'], '+493022222');
  await store('save-1', 'SAVE', ['I want to cancel my account', 'this is awful, I hate this'], '+493033333');
  await store('live-1', 'SALES', ['hello there'], '+493044444', false);
}

/** Ingests a call of an agent named after its campaign. */
async function storeCall(
  calls: CallTable,
  callId: string,
  campaign: string,
  texts: string[],
  number: string,
  isOver = true,
): Promise<void> {
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
  const dependencies = {
    calls,
    rules: () => Promise.resolve(rules),
    score: scoreUtterance,
    now: () => callStartedAt + 60_000,
    pause: () => Promise.resolve(),
    onConflict: () => undefined,
  };
  for (const event of events) await ingest({ ...event, callId }, dependencies);
}
