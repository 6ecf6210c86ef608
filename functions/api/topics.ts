import { topicsQuerySchema, topicsSchema } from '#core/contracts/http/topics.ts';
import { topicsOf } from '#core/topics/topics.ts';
import type { Api } from './api.ts';
import { lastDays } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const topicsRoute = auditedRoute(
  { nothing: 'phrases that several calls share, without calls' },
  {
    method: 'get',
    path: '/topics',
    summary: 'What past calls are about',
    request: { query: topicsQuerySchema },
    responses: { 200: json('Phrases, those of most calls first', topicsSchema), ...refusals },
  },
);

/** What past calls are about, and what changed. */
export function addTopicRoutes(app: Api, { history, now }: ApiDependencies): void {
  app.openapi(topicsRoute, async (c) => {
    const { days: count } = c.req.valid('query');
    const { restriction } = c.get('me');
    const days = lastDays(2 * count, now());
    const recordsOf = async (some: readonly string[]) =>
      (await Promise.all(some.map(async (day) => history.ofDay(day, { restriction })))).flat();
    const [calls, before] = await Promise.all([recordsOf(days.slice(0, count)), recordsOf(days.slice(count))]);
    return c.json({ calls: calls.length, callsBefore: before.length, topics: topicsOf(calls, before) }, 200);
  });
}
