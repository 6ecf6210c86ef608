import { z } from 'zod';
import { parseJson } from '#core/json.ts';
import { callIdSchema } from '#core/ids.ts';
import { maySee, visibleQueues } from '#core/access.ts';
import type { Restriction } from '#core/people.ts';
import { activeCallsSchema, callDetailSchema, pageQuerySchema, type ActiveCalls } from '#core/contracts/http/calls.ts';
import type { CallState } from '#core/call/state.ts';
import { summaryOf, type CallSummary } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import type { CallPart } from '../adapters/call-table.ts';
import { CursorError } from '../adapters/day-pages.ts';
import { PageRoom } from '../adapters/page-room.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';
import { json, notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const callsRoute = auditedRoute(
  { nothing: 'live calls' },
  {
    method: 'get',
    path: '/calls',
    summary: 'The live calls and the relays’ last reports; `cursor` where more follow',
    request: { query: pageQuerySchema },
    responses: { 200: json('Live calls, the newest first', activeCallsSchema), ...refusals },
  },
);

const callRoute = auditedRoute(
  { kind: 'reading' },
  {
    method: 'get',
    path: '/calls/{callId}',
    summary: 'One call with its transcript, its alerts and its monitors; `cursor` where more follow',
    request: { params: z.object({ callId: callIdSchema }), query: pageQuerySchema },
    responses: { 200: json('The call', callDetailSchema), ...refusals, ...notFound },
  },
);

/** Live calls, and one call in detail. */
export function addCallRoutes(app: Api, { calls, relays }: ApiDependencies): void {
  app.openapi(callsRoute, async (c) => {
    const { cursor } = c.req.valid('query');
    return c.json(await activePage(c.get('me').restriction, cursor, { calls, relays }), 200);
  });

  app.openapi(callRoute, async (c) => {
    const { callId } = c.req.valid('param');
    const { state, last, ...words } = await visiblePart(
      callId,
      c.req.valid('query').cursor,
      c.get('me').restriction,
      calls,
    );
    // Watching live calls is what a supervisor does all day.
    c.get('note')(...(state.status === 'live' ? [] : [{ what: 'Read a past call.', callId }]));
    return c.json({ call: summaryOf(state), ...words, ...cursorAfter(last) }, 200);
  });
}

/** Where a page of live calls begins: after a call, or at a report. */
const placeSchema = z.union([
  z.strictObject({ at: z.number(), callId: z.string() }),
  z.strictObject({ report: z.int().nonnegative() }),
]);
type Place = z.infer<typeof placeSchema>;

/** As many live calls, and reports after them, as one response holds. */
async function activePage(
  restriction: Restriction | undefined,
  cursor: string | undefined,
  { calls, relays }: Pick<ApiDependencies, 'calls' | 'relays'>,
): Promise<ActiveCalls> {
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const room = new PageRoom();
  const summaries: CallSummary[] = [];
  if (!from || 'callId' in from) {
    let last: Place | undefined;
    for await (const { state, place } of calls.activeAfter(from)) {
      if (!maySee(restriction, state.metadata)) continue;
      const summary = summaryOf(state);
      if (!room.takes(summary)) return { calls: summaries, relays: [], ...(last && { cursor: cursorOf(last) }) };
      summaries.push(summary);
      last = place;
    }
  }
  const reports = await visibleReports(restriction, { calls, relays });
  const first = from && 'report' in from ? from.report : 0;
  const some = room.leading(reports.slice(first));
  const next = first + some.length;
  return { calls: summaries, relays: some, ...(next < reports.length && { cursor: cursorOf({ report: next }) }) };
}

/** The relays' reports in the same order each time, reduced to the calls that a person may see. */
async function visibleReports(
  restriction: Restriction | undefined,
  { calls, relays }: Pick<ApiDependencies, 'calls' | 'relays'>,
): Promise<RelayReport[]> {
  const reports = (await relays.all()).sort((a, b) =>
    a.relayId < b.relayId ? -1 : a.relayId > b.relayId ? 1 : a.part - b.part,
  );
  if (!restriction) return reports;
  const live = await calls.active();
  return only(
    reports.map((report) => ({
      ...report,
      ...(report.queues && { queues: visibleQueues(restriction, report.queues) }),
    })),
    live.filter(({ metadata }) => maySee(restriction, metadata)),
  );
}

const cursorOf = (place: Place | string) => Buffer.from(JSON.stringify(place)).toString('base64url');

function placeOf(cursor: string): Place {
  return readCursor(cursor, placeSchema);
}

/** For the page that follows a key of a call. */
export function cursorAfter(last: string | undefined): { cursor?: string } {
  return last === undefined ? {} : { cursor: cursorOf(last) };
}

function readCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw new CursorError('The cursor was not given by this API: leave it out to begin anew.', { cause: error });
  }
}

/** A key of a call's row, as long as the table takes. */
const lastSchema = z.string().regex(/^[\x20-\x7e]{1,1000}$/);

/**
 * Loads a part of a call that a person may see, as much as one response holds.
 * @throws ProblemError 404 for any other, so that its existence is not revealed
 * @throws CursorError
 */
export async function visiblePart(
  callId: string,
  cursor: string | undefined,
  restriction: Restriction | undefined,
  calls: Pick<ApiDependencies['calls'], 'detailAfter'>,
): Promise<CallPart> {
  const after = cursor === undefined ? undefined : readCursor(cursor, lastSchema);
  const room = new PageRoom();
  const found = await calls.detailAfter(callId, after, (row) => room.takes(row));
  if (!found || !maySee(restriction, found.state.metadata)) {
    throw new ProblemError(404, 'No such call is stored.', 'callId');
  }
  return found;
}

/**
 * The state of a call that a person may see.
 * @throws ProblemError 404 for any other
 */
export async function visibleState(
  callId: string,
  restriction: Restriction | undefined,
  calls: Pick<ApiDependencies['calls'], 'load'>,
): Promise<CallState> {
  const state = await calls.load(callId);
  if (!state || !maySee(restriction, state.metadata)) {
    throw new ProblemError(404, 'No such call is stored.', 'callId');
  }
  return state;
}

/** The relays’ reports, reduced to these calls. */
function only(reports: readonly RelayReport[], visible: readonly { callId: string }[]): RelayReport[] {
  const ids = new Set(visible.map(({ callId }) => callId));
  return reports.map((report) => ({ ...report, calls: report.calls.filter(({ callId }) => ids.has(callId)) }));
}
