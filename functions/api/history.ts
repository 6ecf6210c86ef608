import { callPageSchema, callSearchQuerySchema } from '#core/contracts/http/history.ts';
import type { Api } from './api.ts';
import { daysOf } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

/** Days that are searched by default. */
export const USUAL_DAYS = 7;

const searchRoute = auditedRoute(
  { nothing: 'a list without words; reading one of its calls is noted' },
  {
    method: 'get',
    path: '/calls/search',
    summary: 'Past calls, the newest first',
    request: { query: callSearchQuerySchema },
    responses: { 200: json('A page', callPageSchema), ...refusals },
  },
);

/** The search over past calls. */
export function addHistoryRoutes(app: Api, { history, now }: ApiDependencies): void {
  app.openapi(searchRoute, async (c) => {
    const { limit, cursor, from, to, ...filter } = c.req.valid('query');
    const { restriction } = c.get('me');
    const days = daysOf({ from, to }, USUAL_DAYS, now());
    const page = await history.search(days, { ...filter, restriction }, { limit, cursor });
    return c.json({ calls: page.found, ...(page.cursor !== undefined && { cursor: page.cursor }) }, 200);
  });
}
