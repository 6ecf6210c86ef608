import { parseJson } from '#core/json.ts';
import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { VersionConflictError } from '../adapters/call-table.ts';
import { CursorError } from '../adapters/day-pages.ts';
import { UnreadableRowError } from '../adapters/rows.ts';
import { RuleConflictError } from '../adapters/rule-table.ts';
import { SettingsConflictError } from '../adapters/settings-table.ts';
import { addAgentRoutes } from './agents.ts';
import { addAlertRoutes } from './alerts.ts';
import { addAuditRoutes } from './audit.ts';
import { addEarlierCallsRoutes } from './earlier-calls.ts';
import { addTopicRoutes } from './topics.ts';
import { addRecapRoutes } from './recap.ts';
import { addCallRoutes } from './calls.ts';
import type { Api, Env } from './api.ts';
import { claimantOf, telephoneOf } from './claims.ts';
import { addExportRoutes } from './exports.ts';
import { addHistoryRoutes } from './history.ts';
import { addMeRoute } from './me.ts';
import { addMonitorRoute } from './monitors.ts';
import type { ApiDependencies } from './dependencies.ts';
import { badInput, ProblemError, problemOf } from './problem.ts';
import { addRelayTicketRoute } from './relay-tickets.ts';
import { addRuleRoutes } from './rules.ts';
import { addSettingsRoutes } from './settings.ts';
import { addLanguageRoute } from './language.ts';
import { addSidesRoute } from './sides.ts';
import { addSystemRoute } from './system.ts';
import { addTicketRoute } from './tickets.ts';
import { addTrunkRoute } from './trunks.ts';

const noAccess = { access: undefined, asOf: 0 };

/** The HTTP API. */
export function createApp(dependencies: ApiDependencies): Api {
  const app: Api = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw badInput(result.error);
    },
  });

  app.onError((error, c) => {
    const problem = problemOf(asProblem(error));
    if (problem.status >= 500) dependencies.onError(error);
    return c.body(JSON.stringify(problem), problem.status as 500, { 'content-type': 'application/problem+json' });
  });
  app.notFound(() => {
    throw new ProblemError(404, 'There is nothing at this address.');
  });

  app.openAPIRegistry.registerComponent('securitySchemes', 'idToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ID token of the user pool',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'signature', {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Earshot', version: '1', description: 'Live and past calls, alerts and rules.' },
    security: [{ idToken: [] }],
  });

  app.use(async (c, next) => {
    const text = await c.req.raw.clone().text();
    // What is no JSON stays as it is: the route refuses it.
    const json = await Promise.resolve(text)
      .then(parseJson)
      .catch(() => undefined);
    if (json !== undefined) c.req.raw = new Request(c.req.raw, { body: JSON.stringify(json) });
    await next();
  });

  // Registered before the authentication of people: it is for relays.
  addRelayTicketRoute(app, dependencies);

  app.use(async (c, next) => {
    const claims = c.env.event.requestContext?.authorizer?.jwt?.claims;
    const claimant = claimantOf(claims);
    const { access, asOf } = claimant ? await dependencies.people.newest(claimant.person.sub, claimant) : noAccess;
    if (!claimant || !access) {
      throw new ProblemError(403, 'Ask an administrator to put you in the group supervisor or admin.');
    }
    c.set('me', { person: claimant.person, ...access });
    c.set('accessAsOf', asOf);
    c.set('telephone', telephoneOf(claims));
    c.set('audit', {
      append: async (row) => dependencies.audit.append(row),
      now: dependencies.now,
      newId: dependencies.newRequestId,
    });
    await next();
  });

  addMeRoute(app);
  addTicketRoute(app, dependencies);
  // Registered before the routes of one call, whose paths match them too.
  addHistoryRoutes(app, dependencies);
  addExportRoutes(app, dependencies);
  addCallRoutes(app, dependencies);
  addRecapRoutes(app, dependencies);
  addTopicRoutes(app, dependencies);
  addEarlierCallsRoutes(app, dependencies);
  addAlertRoutes(app, dependencies);
  addRuleRoutes(app, dependencies);
  addAgentRoutes(app, dependencies);
  addSystemRoute(app, dependencies);
  addMonitorRoute(app, dependencies);
  addSidesRoute(app, dependencies);
  addLanguageRoute(app, dependencies);
  addTrunkRoute(app, dependencies);
  addSettingsRoutes(app, dependencies);
  addAuditRoutes(app, dependencies);
  return app;
}

function asProblem(error: unknown): unknown {
  if (error instanceof UnreadableRowError) {
    return new ProblemError(404, 'This is stored and cannot be read. The System page names what to do.');
  }
  if (error instanceof CursorError) return new ProblemError(400, error.message, 'cursor');
  // Thrown by Hono, for a body that is no JSON.
  if (error instanceof HTTPException && error.status < 500) return new ProblemError(400, error.message);
  if (error instanceof RuleConflictError || error instanceof SettingsConflictError) {
    return new ProblemError(409, error.message, 'version');
  }
  if (error instanceof VersionConflictError) {
    return new ProblemError(409, 'This call is being changed by many at once. Try again.');
  }
  return error;
}
