import { createRoute } from '@hono/zod-openapi';
import { meSchema } from '#core/contracts/http/me.ts';
import { ticketSchema } from '#core/contracts/http/tickets.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { json, refusals } from './response.ts';

/** Time to open the WebSocket. */
export const TICKET_LIFE_MS = 30_000;

const meRoute = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who the token is of, and what they may see',
  responses: { 200: json('The person', meSchema), ...refusals },
});

const ticketRoute = createRoute({
  method: 'post',
  path: '/tickets',
  summary: 'A ticket that opens one WebSocket within 30 s: append `?ticket=` to its url',
  responses: { 201: json('The ticket', ticketSchema), ...refusals },
});

/** Who is asking, and their way to the WebSocket. */
export function addPersonRoutes(app: Api, { tickets, now, newTicket, webSocketUrl }: ApiDependencies): void {
  app.openapi(meRoute, (c) => c.json(c.get('me'), 200));

  app.openapi(ticketRoute, async (c) => {
    const ticket = newTicket();
    const expiresAt = now() + TICKET_LIFE_MS;
    await tickets.issue(ticket, { me: c.get('me') }, expiresAt);
    return c.json({ ticket, expiresAt, url: webSocketUrl }, 201);
  });
}
