import { relayTicketParamsSchema, relayTicketSchema, relayTicketsPath } from '#core/contracts/http/tickets.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { TICKET_LIFE_MS } from './tickets.ts';
import { ProblemError } from './problem.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const route = auditedRoute(
  { nothing: 'a relay, no person' },
  {
    method: 'post',
    path: relayTicketsPath('{relayId}'),
    summary: 'A ticket that opens a relay’s WebSocket; the request is signed with AWS Signature Version 4',
    security: [{ signature: [] }],
    request: { params: relayTicketParamsSchema },
    responses: { 201: json('The ticket', relayTicketSchema), ...refusals },
  },
);

/** Tickets for relays. API Gateway admits a principal only to the path of the relay that its IAM policy names. */
export function addRelayTicketRoute(app: Api, { tickets, now, newTicket, webSocketUrl, cloud }: ApiDependencies): void {
  app.use(route.getRoutingPath(), async (c, next) => {
    // Checked here too, so that no misconfigured route of API Gateway admits a person's token.
    if (!c.env.event.requestContext?.authorizer?.iam) {
      throw new ProblemError(403, 'Only a relay may do this: sign the request with its credentials.');
    }
    await next();
  });

  app.openapi(route, async (c) => {
    const ticket = newTicket();
    const expiresAt = now() + TICKET_LIFE_MS;
    await tickets.issue(ticket, { relayId: c.req.valid('param').relayId }, expiresAt);
    return c.json({ ticket, expiresAt, url: webSocketUrl, cloud }, 201);
  });
}
