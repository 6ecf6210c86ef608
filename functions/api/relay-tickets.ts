import { createRoute } from '@hono/zod-openapi';
import { relayTicketRequestSchema, relayTicketSchema } from '#core/contracts/http/tickets.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { TICKET_LIFE_MS } from './persons.ts';
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

/** A relay's way to the WebSocket. API Gateway lets in whom IAM allows to call this route, and nobody else. */
export function addRelayTicketRoute(app: Api, { tickets, now, newTicket, webSocketUrl, cloud }: ApiDependencies): void {
  app.use(route.path, async (c, next) => {
    // A person's token never opens it, however API Gateway's routes may be set.
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
