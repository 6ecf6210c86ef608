import { createRoute } from '@hono/zod-openapi';
import { relayTicketRequestSchema, relayTicketSchema } from '#core/contracts/http/tickets.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { TICKET_LIFE_MS } from './tickets.ts';
import { ProblemError } from './problem.ts';
import { json, refusals } from './response.ts';

const route = createRoute({
  method: 'post',
  path: '/relay-tickets',
  summary: 'A ticket that opens a relay’s WebSocket; the request is signed with AWS Signature Version 4',
  security: [{ signature: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: relayTicketRequestSchema } } } },
  responses: { 201: json('The ticket', relayTicketSchema), ...refusals },
});

/** Tickets for relays. API Gateway admits only principals that IAM allows to call this route. */
export function addRelayTicketRoute(app: Api, { tickets, now, newTicket, webSocketUrl, cloud }: ApiDependencies): void {
  app.use(route.path, async (c, next) => {
    // Checked here too, so that no misconfigured route of API Gateway admits a person's token.
    if (!c.env.event.requestContext?.authorizer?.iam) {
      throw new ProblemError(403, 'Only a relay may do this: sign the request with its credentials.');
    }
    await next();
  });

  app.openapi(route, async (c) => {
    const ticket = newTicket();
    const expiresAt = now() + TICKET_LIFE_MS;
    await tickets.issue(ticket, { relayId: c.req.valid('json').relayId }, expiresAt);
    return c.json({ ticket, expiresAt, url: webSocketUrl, cloud }, 201);
  });
}
