import { hitOf } from '#core/call/hit.ts';
import type { CallRecord } from '#core/call/record.ts';
import {
  callChoicesQuerySchema,
  callChoicesSchema,
  callPageSchema,
  callSearchQuerySchema,
  type CallChoices,
  type CallPage,
} from '#core/contracts/http/history.ts';
import type { Api } from './api.ts';
import { lastDays, spanOf } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

/** Days that are searched by default. */
export const USUAL_DAYS = 7;
/** Calls of which the words are read side by side. */
const CALLS_AT_ONCE = 8;
/** Calls on a page with excerpts: the words of each are read whole. */
const EXCERPTS_LIMIT = 25;

const searchRoute = auditedRoute(
  { kind: 'reading' },
  {
    method: 'get',
    path: '/calls/search',
    summary: 'Past calls, the newest first; where words are searched, with excerpts',
    request: { query: callSearchQuerySchema },
    responses: { 200: json('A page', callPageSchema), ...refusals },
  },
);

const choicesRoute = auditedRoute(
  { nothing: 'names of agents and campaigns' },
  {
    method: 'get',
    path: '/calls/choices',
    summary: 'The agents and campaigns that past calls can be searched by',
    request: { query: callChoicesQuerySchema },
    responses: { 200: json('By name', callChoicesSchema), ...refusals },
  },
);

/** The search over past calls. */
export function addHistoryRoutes(app: Api, { history, calls, now }: ApiDependencies): void {
  app.openapi(searchRoute, async (c) => {
    const { limit, cursor, from, to, timeZone, ...filter } = c.req.valid('query');
    const { restriction } = c.get('me');
    const { days, ...span } = spanOf({ from, to, timeZone }, USUAL_DAYS, now());
    const { words } = filter;
    const page = await history.search(
      days,
      { ...filter, ...span, restriction },
      { limit: words === undefined ? limit : Math.min(limit, EXCERPTS_LIMIT), cursor },
    );
    const found = words === undefined ? page.found : await withHits(page.found, words, calls);
    const excerpts = found.filter((call) => 'hit' in call).length;
    // Without excerpts, it is the reading of one of its calls that is noted.
    c.get('note')(...(excerpts > 0 ? [{ what: `Read excerpts of past calls: ${excerpts}.` }] : []));
    return c.json({ calls: found, ...(page.cursor !== undefined && { cursor: page.cursor }) }, 200);
  });

  app.openapi(choicesRoute, async (c) => {
    const { restriction } = c.get('me');
    const days = lastDays(c.req.valid('query').days, now());
    const records = await Promise.all(days.map(async (day) => history.ofDay(day, { restriction })));
    return c.json(choicesOf(records.flat()), 200);
  });
}

/** Each call with the place where it has the words. */
async function withHits(
  records: readonly CallRecord[],
  words: string,
  calls: Pick<ApiDependencies['calls'], 'detail'>,
): Promise<CallPage['calls']> {
  const found: CallPage['calls'] = [];
  for (let from = 0; from < records.length; from += CALLS_AT_ONCE) {
    const some = records.slice(from, from + CALLS_AT_ONCE).map(async (record) => {
      const hit = hitOf((await calls.detail(record.callId))?.utterances ?? [], words);
      return { ...record, ...(hit && { hit }) };
    });
    found.push(...(await Promise.all(some)));
  }
  return found;
}

function choicesOf(records: readonly CallRecord[]): CallChoices {
  const agents = new Map<string, string | undefined>();
  for (const { agent } of records.toSorted((a, b) => a.startedAt - b.startedAt)) {
    if (agent) agents.set(agent.id, agent.name ?? agents.get(agent.id));
  }
  const campaigns = new Set(records.flatMap(({ campaign }) => campaign ?? []));
  return {
    agents: Array.from(agents, ([id, name]) => ({ id, ...(name !== undefined && { name }) })).sort((a, b) =>
      (a.name ?? a.id).localeCompare(b.name ?? b.id),
    ),
    campaigns: [...campaigns].sort((a, b) => a.localeCompare(b)),
  };
}
