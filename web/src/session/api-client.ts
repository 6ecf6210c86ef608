import createClient from 'openapi-fetch';
import type { z } from 'zod';
import {
  agentsListSchema,
  agentStatisticsSchema,
  liveAgentsSchema,
  type AgentsList,
  type AgentsQuery,
  type AgentStatistics,
  type LiveAgents,
} from '#core/contracts/http/agents.ts';
import { alertsPageSchema, type AlertPatch, type AlertsPage, type AlertsQuery } from '#core/contracts/http/alerts.ts';
import {
  backtestResultSchema,
  rulesListSchema,
  ruleVersionsSchema,
  type Backtest,
  type BacktestResult,
  type RulePut,
  type RulesList,
  type RuleVersions,
} from '#core/contracts/http/rules.ts';
import {
  callChoicesSchema,
  callPageSchema,
  type CallChoices,
  type CallChoicesQuery,
  type CallPage,
  type CallSearchQuery,
  type CallsExportQuery,
} from '#core/contracts/http/history.ts';
import {
  auditPageSchema,
  type AuditExportQuery,
  type AuditPage,
  type AuditQuery,
  type Download,
} from '#core/contracts/http/audit.ts';
import { meSchema, type Me } from '#core/contracts/http/me.ts';
import { systemSchema, type SystemStatus } from '#core/contracts/http/system.ts';
import type { TrunkAnswer } from '#core/trunks.ts';
import { recapSchema, type Recap } from '#core/recap/recap.ts';
import { monitorSchema, type Monitor, type MonitorMode } from '#core/monitor.ts';
import { alertSchema, type Alert } from '#core/alert.ts';
import { bySeq } from '#core/call/conflict.ts';
import { ruleSchema, type Rule } from '#core/rules/rule.ts';
import { storedSettingsSchema, type SettingsPut, type StoredSettings } from '#core/contracts/http/settings.ts';
import { earlierCallsSchema, type EarlierCalls } from '#core/contracts/http/earlier-calls.ts';
import { topicsSchema, type Topics, type TopicsQuery } from '#core/contracts/http/topics.ts';
import { activeCallsSchema, callDetailSchema, type ActiveCalls, type CallDetail } from '#core/contracts/http/calls.ts';
import { ticketSchema, type Ticket } from '#core/contracts/http/tickets.ts';
import { ApiError, errorOf } from './api-error.ts';
import type { paths } from './api-paths.ts';

/** A file that the API made. */
export interface ExportedFile {
  readonly body: Blob;
  /** Where the rest begins, if it did not fit. */
  readonly cursor?: string;
}

/** The HTTP API as the page uses it. Every method throws {@link ApiError}. */
export interface ApiClient {
  me(): Promise<Me>;
  activeCalls(): Promise<ActiveCalls>;
  call(callId: string): Promise<CallDetail>;
  /** What happened in a call; 404 where nothing was said yet. */
  recap(callId: string): Promise<Recap>;
  /** The same caller's calls before. */
  earlierCalls(callId: string): Promise<EarlierCalls>;
  ticket(): Promise<Ticket>;
  alerts(query: AlertsQuery): Promise<AlertsPage>;
  /** Answers the alert as it is now; 409 where somebody changed it before. */
  changeAlert(alert: Pick<Alert, 'callId' | 'alertId'>, patch: AlertPatch): Promise<Alert>;
  rules(): Promise<RulesList>;
  ruleVersions(ruleId: string): Promise<RuleVersions>;
  saveRule(ruleId: string, rule: RulePut): Promise<Rule>;
  deleteRule(ruleId: string, version: number): Promise<void>;
  backtest(draft: Backtest): Promise<BacktestResult>;
  agents(query: AgentsQuery): Promise<AgentsList>;
  liveAgents(): Promise<LiveAgents>;
  agent(agentId: string, query: AgentsQuery): Promise<AgentStatistics>;
  /** What past calls are about. */
  topics(query: TopicsQuery): Promise<Topics>;
  searchCalls(query: CallSearchQuery): Promise<CallPage>;
  callChoices(query: CallChoicesQuery): Promise<CallChoices>;
  exportCalls(query: CallsExportQuery): Promise<ExportedFile>;
  /** Notes that the person takes the transcript with them; to be called before they get it. */
  noteDownload(callId: string, format: Download['format']): Promise<void>;
  audit(query: AuditQuery): Promise<AuditPage>;
  exportAudit(query: AuditExportQuery): Promise<ExportedFile>;
  system(): Promise<SystemStatus>;
  /** Has the telephone of the signed-in person rung for a call; 409 where that is not possible, saying why. */
  monitor(callId: string, mode: MonitorMode): Promise<Monitor>;
  /** Says whether who is taken for the agent of a call is its caller; 409 where that cannot be changed, saying why. */
  swapSides(callId: string, isSwapped: boolean): Promise<void>;
  /** Says what is spoken on a live call from now on; 409 where that cannot be changed, saying why. */
  correctLanguage(callId: string, tag: string): Promise<void>;
  /** Answers a relay's question about a trunk; 409 while the relay is offline. */
  answerTrunk(relayId: string, answer: TrunkAnswer): Promise<void>;
  settings(): Promise<StoredSettings>;
  /** 409 where somebody saved others before. */
  saveSettings(settings: SettingsPut): Promise<StoredSettings>;
}

/** The signed-in person's ID token; `renew` asks for another one after the API refused the last. */
export type TokenSource = (options: { renew: boolean }) => Promise<string>;

const REQUEST_TIMEOUT_MS = 15_000;
/** A backtest and an export read many calls. */
const LONG_TIMEOUT_MS = 35_000;

/** @param apiUrl the API's root, with or without a slash at its end */
export function createApiClient(apiUrl: string, token: TokenSource, fetch: typeof globalThis.fetch): ApiClient {
  async function send(request: Request, timeoutMs: number, renew: boolean): Promise<Response> {
    request.headers.set('authorization', `Bearer ${await token({ renew })}`);
    try {
      return await fetch(request, { signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw new ApiError('network', 'No answer', { cause });
    }
  }

  /** Sends a request with the person's token, and once more with a new one where that is refused. */
  async function authorized(request: Request, timeoutMs: number): Promise<Response> {
    const first = await send(request.clone(), timeoutMs, false);
    const response = first.status === 401 ? await send(request, timeoutMs, true) : first;
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  function clientWithin(timeoutMs: number) {
    return createClient<paths>({
      baseUrl: apiUrl,
      headers: { accept: 'application/json' },
      cache: 'no-store',
      querySerializer,
      fetch: (request) => authorized(request, timeoutMs),
    });
  }

  const api = clientWithin(REQUEST_TIMEOUT_MS);
  const patientApi = clientWithin(LONG_TIMEOUT_MS);

  return {
    me: () => checked(meSchema, api.GET('/me')),
    activeCalls: async () => {
      const pages = await allPages((query) => checked(activeCallsSchema, api.GET('/calls', { params: { query } })));
      return { calls: pages.flatMap(({ calls }) => calls), relays: pages.flatMap(({ relays }) => relays) };
    },
    call: async (callId) => {
      const pages = await allPages((query) =>
        checked(callDetailSchema, api.GET('/calls/{callId}', { params: { path: { callId }, query } })),
      );
      return {
        // The newest state that was read.
        call: (pages.at(-1) ?? pages[0]).call,
        utterances: pages.flatMap(({ utterances }) => utterances).sort(bySeq),
        alerts: pages.flatMap(({ alerts }) => alerts),
        monitors: pages.flatMap(({ monitors }) => monitors),
      };
    },
    earlierCalls: (callId) =>
      checked(earlierCallsSchema, api.GET('/calls/{callId}/earlier', { params: { path: { callId } } })),
    recap: (callId) => checked(recapSchema, patientApi.GET('/calls/{callId}/recap', { params: { path: { callId } } })),
    ticket: () => checked(ticketSchema, api.POST('/tickets')),
    alerts: (query) => checked(alertsPageSchema, api.GET('/alerts', { params: { query } })),
    changeAlert: ({ callId, alertId }, body) =>
      checked(
        alertSchema,
        api.PATCH('/calls/{callId}/alerts/{alertId}', { params: { path: { callId, alertId } }, body }),
      ),
    rules: () => checked(rulesListSchema, api.GET('/rules')),
    ruleVersions: (ruleId) =>
      checked(ruleVersionsSchema, api.GET('/rules/{ruleId}/versions', { params: { path: { ruleId } } })),
    saveRule: (ruleId, body) => checked(ruleSchema, api.PUT('/rules/{ruleId}', { params: { path: { ruleId } }, body })),
    deleteRule: async (ruleId, version) => {
      await api.DELETE('/rules/{ruleId}', { params: { path: { ruleId }, query: { version } } });
    },
    backtest: (body) => checked(backtestResultSchema, patientApi.POST('/rules/backtest', { body })),
    topics: (query) => checked(topicsSchema, patientApi.GET('/topics', { params: { query } })),
    agents: (query) => checked(agentsListSchema, api.GET('/agents', { params: { query } })),
    liveAgents: () => checked(liveAgentsSchema, api.GET('/agents/live')),
    agent: (agentId, query) =>
      checked(agentStatisticsSchema, api.GET('/agents/{agentId}', { params: { path: { agentId }, query } })),
    searchCalls: (query) => checked(callPageSchema, api.GET('/calls/search', { params: { query } })),
    callChoices: (query) => checked(callChoicesSchema, api.GET('/calls/choices', { params: { query } })),
    exportCalls: async (query) => fileOf(await patientApi.GET('/calls/export', { params: { query }, parseAs: 'blob' })),
    noteDownload: async (callId, format) => {
      await api.POST('/calls/{callId}/downloads', { params: { path: { callId } }, body: { format } });
    },
    audit: (query) => checked(auditPageSchema, api.GET('/audit', { params: { query } })),
    exportAudit: async (query) => fileOf(await patientApi.GET('/audit/export', { params: { query }, parseAs: 'blob' })),
    system: () => checked(systemSchema, api.GET('/system')),
    swapSides: async (callId, isSwapped) => {
      await api.PUT('/calls/{callId}/sides', { params: { path: { callId } }, body: { isSwapped } });
    },
    correctLanguage: async (callId, tag) => {
      await api.PUT('/calls/{callId}/language', { params: { path: { callId } }, body: { tag } });
    },
    answerTrunk: async (relayId, body) => {
      await api.PUT('/relays/{relayId}/trunks', { params: { path: { relayId } }, body });
    },
    monitor: (callId, mode) =>
      checked(monitorSchema, api.POST('/calls/{callId}/monitors', { params: { path: { callId } }, body: { mode } })),
    settings: () => checked(storedSettingsSchema, api.GET('/settings')),
    saveSettings: (body) => checked(storedSettingsSchema, api.PUT('/settings', { body })),
  };
}

function fileOf({ data, response }: { data?: Blob; response: Response }): ExportedFile {
  const cursor = response.headers.get('x-next-cursor');
  return { body: data ?? new Blob(), ...(cursor ? { cursor } : {}) };
}

/** All pages of what does not fit into one response. */
async function allPages<T extends { cursor?: string | undefined }>(
  fetchPage: (query: { cursor?: string }) => Promise<T>,
): Promise<[T, ...T[]]> {
  const first = await fetchPage({});
  const pages: [T, ...T[]] = [first];
  for (let { cursor } = first; cursor !== undefined;) {
    const page = await fetchPage({ cursor });
    pages.push(page);
    cursor = page.cursor;
  }
  return pages;
}

/**
 * An answer by the schema of its contract. A page may be open for longer than the server stays the same: the types say
 * what this page was built for, and the schema whether that is what came.
 */
async function checked<T>(
  schema: z.ZodType<T>,
  asked: Promise<{ data?: T | undefined; response: Response }>,
): Promise<T> {
  const { data, response } = await asked.catch((cause: unknown) => {
    throw cause instanceof ApiError ? cause : new ApiError('misunderstood', 'Not JSON', { cause });
  });
  const answer = schema.safeParse(data);
  if (answer.success) return answer.data;
  throw new ApiError('misunderstood', response.url, { status: response.status, cause: answer.error });
}

/** Leaves out what is undefined or empty. */
function querySerializer(query: Readonly<Record<string, unknown>>): string {
  const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(wanted.map(([name, value]) => [name, String(value)])).toString();
}
