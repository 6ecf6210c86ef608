import { meSchema } from '#core/contracts/http/me.ts';
import type { Api } from './api.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const meRoute = auditedRoute(
  { nothing: 'a person’s own name' },
  {
    method: 'get',
    path: '/me',
    summary: 'The token’s owner, and what they may see',
    responses: { 200: json('The person', meSchema), ...refusals },
  },
);

/** The person who sent the request. */
export function addMeRoute(app: Api): void {
  app.openapi(meRoute, (c) => c.json(c.get('me'), 200));
}
