import { OpenAPIHono, type RouteHandler } from '@hono/zod-openapi';
import { summaryOf } from '#core/views.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { RelayTable } from '../adapters/relay-table.ts';
import type { Person, Viewers } from '../adapters/viewers.ts';
import { hasRole, personOf } from './claims.ts';
import { badInput, ProblemError, problemOf } from './problem.ts';
import { callRoute, callsRoute, ticketRoute } from './routes.ts';

/** What the API needs of the world. */
export interface Peers {
  readonly calls: Pick<CallTable, 'active' | 'detail'>;
  readonly relays: Pick<RelayTable, 'all'>;
  readonly viewers: Pick<Viewers, 'issueTicket'>;
  readonly webSocketUrl: string;
  readonly now: () => number;
  /** A secret that nobody guesses. */
  readonly newTicket: () => string;
  readonly onError: (error: unknown) => void;
}

/** What stands around a request: the event of API Gateway, whose authorizer has checked the token. */
export interface Env {
  Bindings: { event: { requestContext?: { authorizer?: { jwt?: { claims: unknown } } } } };
  Variables: { person: Person };
}

const TICKET_LIFE_MS = 30_000;

/** The HTTP API. */
export function createApp(peers: Peers): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw badInput(result.error);
    },
  });

  app.onError((error, c) => {
    const problem = problemOf(error);
    if (problem.status >= 500) peers.onError(error);
    return c.body(JSON.stringify(problem), problem.status as 500, { 'content-type': 'application/problem+json' });
  });
  app.notFound(() => {
    throw new ProblemError(404, 'There is nothing at this address.');
  });

  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Earshot', version: '1', description: 'Live and past calls, alerts and rules.' },
  });

  app.use(async (c, next) => {
    const person = personOf(c.env.event.requestContext?.authorizer?.jwt?.claims);
    if (!person || !hasRole(person, 'supervisor')) {
      throw new ProblemError(403, 'Ask an administrator to put you in the group supervisor or admin.');
    }
    c.set('person', person);
    await next();
  });

  const listCalls: RouteHandler<typeof callsRoute, Env> = async (c) => {
    const [calls, relays] = await Promise.all([peers.calls.active(), peers.relays.all()]);
    return c.json({ calls: calls.map(summaryOf), relays }, 200);
  };
  const showCall: RouteHandler<typeof callRoute, Env> = async (c) => {
    const found = await peers.calls.detail(c.req.valid('param').callId);
    if (!found) throw new ProblemError(404, 'No such call is stored.', 'callId');
    return c.json({ call: summaryOf(found.state), utterances: found.utterances, alerts: found.alerts }, 200);
  };
  const issueTicket: RouteHandler<typeof ticketRoute, Env> = async (c) => {
    const ticket = peers.newTicket();
    const expiresAt = peers.now() + TICKET_LIFE_MS;
    await peers.viewers.issueTicket(ticket, c.get('person'), expiresAt);
    return c.json({ ticket, expiresAt, url: peers.webSocketUrl }, 201);
  };

  app.openapi(callsRoute, listCalls);
  app.openapi(callRoute, showCall);
  app.openapi(ticketRoute, issueTicket);
  return app;
}
