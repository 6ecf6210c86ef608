import { ticketSchema } from '#core/contracts/http/tickets.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

/** Time to open the WebSocket. */
export const TICKET_LIFE_MS = 30_000;

const ticketRoute = auditedRoute(
  { nothing: 'opens the page’s own WebSocket' },
  {
    method: 'post',
    path: '/tickets',
    summary: 'A ticket that opens one WebSocket within 30 s: append `?ticket=` to its url',
    responses: { 201: json('The ticket', ticketSchema), ...refusals },
  },
);

/** Tickets for people. */
export function addTicketRoute(app: Api, { tickets, now, newTicket, webSocketUrl }: ApiDependencies): void {
  app.openapi(ticketRoute, async (c) => {
    const ticket = newTicket();
    const expiresAt = now() + TICKET_LIFE_MS;
    await tickets.issue(ticket, { me: c.get('me'), asOf: c.get('accessAsOf') }, expiresAt);
    return c.json({ ticket, expiresAt, url: webSocketUrl }, 201);
  });
}
