import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { callExportQuerySchema, callsExportQuerySchema, EXPORT_LIMIT } from '#core/contracts/http/history.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import type { CallRecord } from '#core/call/record.ts';
import { callIdSchema } from '#core/ids.ts';
import { summaryOf } from '#core/call/summary.ts';
import type { Api } from './api.ts';
import { visibleCall } from './calls.ts';
import { csvOf, type Cell } from '#core/csv.ts';
import { daysOf } from './days.ts';
import { USUAL_DAYS } from './history.ts';
import type { ApiDependencies } from './dependencies.ts';
import { notFound, refusals } from './response.ts';

const file = (description: string) => ({
  description,
  content: { 'text/csv': { schema: z.string() }, 'application/json': { schema: z.string() } },
});

const callsRoute = createRoute({
  method: 'get',
  path: '/calls/export',
  summary: 'Past calls as a file',
  request: { query: callsExportQuerySchema },
  responses: { 200: file('The calls; `x-next-cursor` where more follow'), ...refusals },
});

const callRoute = createRoute({
  method: 'get',
  path: '/calls/{callId}/export',
  summary: 'One call with its transcript as a file',
  request: { params: z.object({ callId: callIdSchema }), query: callExportQuerySchema },
  responses: { 200: file('The call'), ...refusals, ...notFound },
});

/** Downloads of calls as files. */
export function addExportRoutes(app: Api, { history, calls, now }: ApiDependencies): void {
  app.openapi(callsRoute, async (c) => {
    const { format, cursor, from, to, ...filter } = c.req.valid('query');
    const { restriction } = c.get('me');
    const days = daysOf({ from, to }, USUAL_DAYS, now());
    const page = await history.search(days, { ...filter, restriction }, { limit: EXPORT_LIMIT, cursor });
    const name = `calls-${days.at(-1) ?? ''}-${days[0] ?? ''}`;
    const text = format === 'csv' ? tableOf(callColumns, page.found) : JSON.stringify(page.found);
    return c.body(text, 200, {
      ...headersOf(name, format),
      ...(page.cursor !== undefined && { 'x-next-cursor': page.cursor }),
    });
  });

  app.openapi(callRoute, async (c) => {
    const { callId } = c.req.valid('param');
    const { format } = c.req.valid('query');
    const { state, utterances, ...rest } = await visibleCall(callId, c.get('me').restriction, calls);
    const whole = () => JSON.stringify({ call: summaryOf(state), utterances, ...rest });
    return c.body(format === 'csv' ? tableOf(utteranceColumns, utterances) : whole(), 200, headersOf(callId, format));
  });
}

type Columns<T> = Readonly<Record<string, (row: T) => Cell>>;

const callColumns: Columns<CallRecord> = {
  callId: ({ callId }) => callId,
  startedAt: ({ startedAt }) => new Date(startedAt).toISOString(),
  durationSeconds: ({ durationMs }) => durationMs / 1000,
  status: ({ status }) => status,
  agentId: ({ agent }) => agent?.id,
  agentName: ({ agent }) => agent?.name,
  callerNumber: ({ caller }) => caller?.number,
  callerName: ({ caller }) => caller?.name,
  campaign: ({ campaign }) => campaign,
  inGroup: ({ inGroup }) => inGroup,
  queue: ({ queue }) => queue,
  meanMood: ({ meanMood }) => meanMood,
  positive: ({ positive }) => positive,
  neutral: ({ neutral }) => neutral,
  negative: ({ negative }) => negative,
  utterances: ({ utterances }) => utterances,
  alerts: ({ alerts }) => alerts,
  highestLevel: ({ highestLevel }) => highestLevel,
};

const utteranceColumns: Columns<ScoredUtterance> = {
  seq: ({ seq }) => seq,
  startSeconds: ({ startMs }) => startMs / 1000,
  endSeconds: ({ endMs }) => endMs / 1000,
  channel: ({ channel }) => channel,
  text: ({ text }) => text,
  score: ({ score }) => score.compound,
  label: ({ score }) => score.label,
};

function tableOf<T>(columns: Columns<T>, rows: readonly T[]): string {
  return csvOf(
    Object.keys(columns),
    rows.map((row) => Object.values(columns).map((column) => column(row))),
  );
}

function headersOf(name: string, format: 'csv' | 'json'): Record<string, string> {
  return {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.${format}"`,
  };
}
