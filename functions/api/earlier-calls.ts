import { z } from 'zod';
import { maySee } from '#core/access.ts';
import { earlierCallsSchema, MAX_EARLIER_CALLS } from '#core/contracts/http/earlier-calls.ts';
import { callIdSchema } from '#core/ids.ts';
import type { Api } from './api.ts';
import { visibleState } from './calls.ts';
import type { ApiDependencies } from './dependencies.ts';
import { json, notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const earlierRoute = auditedRoute(
  { nothing: 'a list with one line of each call; reading one of its calls is noted' },
  {
    method: 'get',
    path: '/calls/{callId}/earlier',
    summary: 'The same caller’s calls before, the newest first',
    request: { params: z.object({ callId: callIdSchema }) },
    responses: { 200: json('Past calls', earlierCallsSchema), ...refusals, ...notFound },
  },
);

/** What happened before with the caller of a call. */
export function addEarlierCallsRoutes(app: Api, { calls, callers }: ApiDependencies): void {
  app.openapi(earlierRoute, async (c) => {
    const { restriction } = c.get('me');
    const { metadata, startedAt } = await visibleState(c.req.valid('param').callId, restriction, calls);
    const number = metadata.caller?.number;
    const found = number === undefined ? [] : await callers.before(number, startedAt, MAX_EARLIER_CALLS);
    return c.json({ calls: found.filter((call) => maySee(restriction, call)) }, 200);
  });
}
