import { z } from 'zod';
import { callExportQuerySchema, callsExportQuerySchema, EXPORT_LIMIT } from '#core/contracts/http/history.ts';
import { downloadSchema, type Download } from '#core/contracts/http/audit.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import type { CallRecord } from '#core/call/record.ts';
import { callIdSchema } from '#core/ids.ts';
import { spokenBy } from '#core/call/sides.ts';
import { summaryOf } from '#core/call/summary.ts';
import { dayIn } from '#core/days.ts';
import type { Api } from './api.ts';
import { cursorAfter, visiblePart, visibleState } from './calls.ts';
import { spanOf } from './days.ts';
import { csvFrom, file, fileHeaders, type Columns } from './file.ts';
import { USUAL_DAYS } from './history.ts';
import type { ApiDependencies } from './dependencies.ts';
import { notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const callsRoute = auditedRoute(
  { kind: 'export' },
  {
    method: 'get',
    path: '/calls/export',
    summary: 'Past calls as a file',
    request: { query: callsExportQuerySchema },
    responses: { 200: file('The calls; `x-next-cursor` where more follow'), ...refusals },
  },
);

const callRoute = auditedRoute(
  { kind: 'export' },
  {
    method: 'get',
    path: '/calls/{callId}/export',
    summary: 'One call with its transcript as a file',
    request: { params: z.object({ callId: callIdSchema }), query: callExportQuerySchema },
    responses: { 200: file('The call; `x-next-cursor` where more follows'), ...refusals, ...notFound },
  },
);

const downloadRoute = auditedRoute(
  { kind: 'export' },
  {
    method: 'post',
    path: '/calls/{callId}/downloads',
    summary: 'Notes that the page’s transcript of a call is downloaded, copied or printed',
    request: {
      params: z.object({ callId: callIdSchema }),
      body: { required: true, content: { 'application/json': { schema: downloadSchema } } },
    },
    responses: { 204: { description: 'Noted' }, ...refusals, ...notFound },
  },
);

/** Downloads of calls as files. */
export function addExportRoutes(app: Api, { history, calls, now }: ApiDependencies): void {
  app.openapi(callsRoute, async (c) => {
    const { format, cursor, from, to, timeZone, ...filter } = c.req.valid('query');
    const { restriction } = c.get('me');
    const { days, ...span } = spanOf({ from, to, timeZone }, USUAL_DAYS, now());
    const page = await history.search(days, { ...filter, ...span, restriction }, { limit: EXPORT_LIMIT, cursor });
    const [first, last] = [dayIn(span.fromAt, timeZone), dayIn(span.toAt - 1, timeZone)];
    const name = `calls-${first}-${last}`;
    c.get('note')({ what: `Exported ${page.found.length} past calls of ${first} to ${last} as ${format}.` });
    const text = format === 'csv' ? csvFrom(callColumns, page.found) : JSON.stringify(page.found);
    return c.body(text, 200, {
      ...fileHeaders(name, format),
      ...(page.cursor !== undefined && { 'x-next-cursor': page.cursor }),
    });
  });

  app.openapi(callRoute, async (c) => {
    const { callId } = c.req.valid('param');
    const { format, cursor: from } = c.req.valid('query');
    const { state, utterances, last, ...rest } = await visiblePart(callId, from, c.get('me').restriction, calls);
    const { cursor } = cursorAfter(last);
    c.get('note')({ what: `Exported a call as ${format}.`, callId });
    const spoken = utterances.map((utterance) => ({ ...utterance, channel: spokenBy(utterance, state.metadata) }));
    const whole = () => JSON.stringify({ call: summaryOf(state), utterances, ...rest });
    return c.body(format === 'csv' ? csvFrom(utteranceColumns, spoken) : whole(), 200, {
      ...fileHeaders(callId, format),
      ...(cursor !== undefined && { 'x-next-cursor': cursor }),
    });
  });

  app.openapi(downloadRoute, async (c) => {
    const { callId } = c.req.valid('param');
    await visibleState(callId, c.get('me').restriction, calls);
    const { format } = c.req.valid('json');
    c.get('note')({
      what: takenAs[format] ?? `Downloaded the transcript as ${format}.`,
      callId,
    });
    return c.body(null, 204);
  });
}

/** How the audit says what leaves no file. */
const takenAs: Partial<Record<Download['format'], string>> = {
  copy: 'Copied the transcript.',
  print: 'Printed the transcript.',
};

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
  reason: ({ reason }) => reason,
};

const utteranceColumns: Columns<ScoredUtterance> = {
  seq: ({ seq }) => seq,
  startSeconds: ({ startMs }) => startMs / 1000,
  endSeconds: ({ endMs }) => endMs / 1000,
  channel: ({ channel }) => channel,
  language: ({ language }) => language?.tag,
  text: ({ text }) => text,
  score: ({ score }) => score?.compound,
  label: ({ score }) => score?.label,
};
