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
  callPageSchema,
  type CallPage,
  type CallSearchQuery,
  type CallsExportQuery,
} from '#core/contracts/http/history.ts';
import { meSchema, type Me } from '#core/contracts/http/me.ts';
import { systemSchema, type SystemStatus } from '#core/contracts/http/system.ts';
import { monitorSchema, type Monitor, type MonitorMode } from '#core/monitor.ts';
import { alertSchema, type Alert } from '#core/alert.ts';
import { ruleSchema, type Rule } from '#core/rules/rule.ts';
import { storedSettingsSchema, type SettingsPut, type StoredSettings } from '#core/contracts/http/settings.ts';
import { activeCallsSchema, callDetailSchema, type ActiveCalls, type CallDetail } from '#core/contracts/http/calls.ts';
import { ticketSchema, type Ticket } from '#core/contracts/http/tickets.ts';
import { ApiError, errorOf } from './api-error.ts';

/** A file that the API made. */
export interface ExportedFile {
  readonly body: Blob;
  /** From where the rest is to be asked for, where it did not fit. */
  readonly cursor?: string;
}

/** The HTTP API as the page uses it. Every method throws {@link ApiError}. */
export interface ApiClient {
  me(): Promise<Me>;
  activeCalls(): Promise<ActiveCalls>;
  call(callId: string): Promise<CallDetail>;
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
  searchCalls(query: CallSearchQuery): Promise<CallPage>;
  exportCalls(query: CallsExportQuery): Promise<ExportedFile>;
  system(): Promise<SystemStatus>;
  /** Has the telephone of who is signed in rung for a call; 409 where that is not possible, saying why. */
  monitor(callId: string, mode: MonitorMode): Promise<Monitor>;
  settings(): Promise<StoredSettings>;
  /** 409 where somebody saved others before. */
  saveSettings(settings: SettingsPut): Promise<StoredSettings>;
}

/** The signed-in person's ID token; `renew` asks for another one after the API refused the last. */
export type TokenSource = (options: { renew: boolean }) => Promise<string>;

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

const REQUEST_TIMEOUT_MS = 15_000;
/** A backtest and an export read many calls. */
const LONG_TIMEOUT_MS = 35_000;

/** @param apiUrl the API's root, with or without a slash at its end */
export function createApiClient(apiUrl: string, token: TokenSource, fetch: typeof globalThis.fetch): ApiClient {
  const root = apiUrl.replace(/\/$/, '');

  async function send(path: string, request: Request, renew: boolean): Promise<Response> {
    const { method = 'GET', query = {}, body, timeoutMs = REQUEST_TIMEOUT_MS } = request;
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${await token({ renew })}`,
    };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const search = queryOf(query);
    try {
      return await fetch(`${root}${path}${search}`, {
        method,
        headers,
        signal: AbortSignal.timeout(timeoutMs),
        cache: 'no-store',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new ApiError('network', 'No answer', { cause });
    }
  }

  async function answerOf(path: string, request: Request): Promise<Response> {
    const first = await send(path, request, false);
    const response = first.status === 401 ? await send(path, request, true) : first;
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  async function ask<T>(schema: z.ZodType<T>, path: string, request: Request = {}): Promise<T> {
    const response = await answerOf(path, request);
    const body: unknown = await response.json().catch(() => undefined);
    const answer = schema.safeParse(body);
    if (answer.success) return answer.data;
    const { status } = response;
    throw new ApiError('misunderstood', `${request.method ?? 'GET'} ${path}`, { status, cause: answer.error });
  }

  return {
    me: () => ask(meSchema, '/me'),
    activeCalls: () => ask(activeCallsSchema, '/calls'),
    call: (callId) => ask(callDetailSchema, `/calls/${encodeURIComponent(callId)}`),
    ticket: () => ask(ticketSchema, '/tickets', { method: 'POST' }),
    alerts: (query) => ask(alertsPageSchema, '/alerts', { query }),
    changeAlert: ({ callId, alertId }, body) =>
      ask(alertSchema, `/calls/${encodeURIComponent(callId)}/alerts/${encodeURIComponent(alertId)}`, {
        method: 'PATCH',
        body,
      }),
    rules: () => ask(rulesListSchema, '/rules'),
    ruleVersions: (ruleId) => ask(ruleVersionsSchema, `/rules/${encodeURIComponent(ruleId)}/versions`),
    saveRule: (ruleId, body) => ask(ruleSchema, `/rules/${encodeURIComponent(ruleId)}`, { method: 'PUT', body }),
    deleteRule: async (ruleId, version) => {
      await answerOf(`/rules/${encodeURIComponent(ruleId)}`, { method: 'DELETE', query: { version } });
    },
    backtest: (body) =>
      ask(backtestResultSchema, '/rules/backtest', { method: 'POST', body, timeoutMs: LONG_TIMEOUT_MS }),
    agents: (query) => ask(agentsListSchema, '/agents', { query }),
    liveAgents: () => ask(liveAgentsSchema, '/agents/live'),
    agent: (agentId, query) => ask(agentStatisticsSchema, `/agents/${encodeURIComponent(agentId)}`, { query }),
    searchCalls: (query) => ask(callPageSchema, '/calls/search', { query }),
    exportCalls: async (query) => {
      const response = await answerOf('/calls/export', { query, timeoutMs: LONG_TIMEOUT_MS });
      const cursor = response.headers.get('x-next-cursor');
      return { body: await response.blob(), ...(cursor ? { cursor } : {}) };
    },
    system: () => ask(systemSchema, '/system'),
    monitor: (callId, mode) =>
      ask(monitorSchema, `/calls/${encodeURIComponent(callId)}/monitors`, { method: 'POST', body: { mode } }),
    settings: () => ask(storedSettingsSchema, '/settings'),
    saveSettings: (body) => ask(storedSettingsSchema, '/settings', { method: 'PUT', body }),
  };
}

/** What is not given, or empty, is left out. */
function queryOf(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
}
