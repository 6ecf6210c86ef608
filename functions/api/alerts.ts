import { z } from 'zod';
import { alertPatchSchema, alertsPageSchema, alertsQuerySchema } from '#core/contracts/http/alerts.ts';
import { evolve } from '#core/call/evolve.ts';
import { callIdSchema } from '#core/ids.ts';
import { maySee } from '#core/access.ts';
import { alertSchema, type Alert } from '#core/alert.ts';
import { changesBetween } from '#core/changes.ts';
import { changeCall } from '../call-writer.ts';
import { handle } from './alert-handling.ts';
import type { Api } from './api.ts';
import { daysOf } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';
import { conflict, json, notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const USUAL_DAYS = 2;

const alertsRoute = auditedRoute(
  { nothing: 'alerts are what a supervisor works on' },
  {
    method: 'get',
    path: '/alerts',
    summary: 'Alerts of all calls, the newest first',
    request: { query: alertsQuerySchema },
    responses: { 200: json('A page', alertsPageSchema), ...refusals },
  },
);

const alertRoute = auditedRoute(
  { kind: 'alerts' },
  {
    method: 'patch',
    path: '/calls/{callId}/alerts/{alertId}',
    summary: 'Acknowledge, assign, resolve or judge an alert',
    request: {
      params: z.object({ callId: callIdSchema, alertId: z.string().min(1).max(128) }),
      body: { required: true, content: { 'application/json': { schema: alertPatchSchema } } },
    },
    responses: { 200: json('The alert as it is now', alertSchema), ...refusals, ...notFound, ...conflict },
  },
);

/** Alerts, and their handling by people. */
export function addAlertRoutes(app: Api, dependencies: ApiDependencies): void {
  const { alerts, calls, now } = dependencies;

  app.openapi(alertsRoute, async (c) => {
    const { state, kind, level, limit, cursor, ...range } = c.req.valid('query');
    const { restriction } = c.get('me');
    const visibleCalls = async (callIds: readonly string[]) =>
      (await calls.states(callIds)).filter(({ metadata }) => maySee(restriction, metadata));
    const days = daysOf(range, USUAL_DAYS, now());
    const page = await alerts.list(days, { state, kind, level }, visibleCalls, { limit, cursor });
    const rows = page.found.map(({ alert, call: { startedAt, status, metadata } }) => ({
      ...alert,
      call: { startedAt, status, metadata },
    }));
    return c.json({ alerts: rows, ...(page.cursor !== undefined && { cursor: page.cursor }) }, 200);
  });

  app.openapi(alertRoute, async (c) => {
    const { callId, alertId } = c.req.valid('param');
    const patch = c.req.valid('json');
    const { person, restriction } = c.get('me');
    let before: Alert | undefined;
    const change = await changeCall(
      callId,
      async (state) => {
        const alert = await alerts.load(callId, alertId);
        if (!state || !alert || !maySee(restriction, state.metadata)) {
          throw new ProblemError(404, 'No such alert is stored.', 'alertId');
        }
        if ((alert.handling?.version ?? 0) !== patch.version) {
          throw new ProblemError(409, 'Somebody else changed this alert in between.', 'version');
        }
        before = alert;
        const handled = handle(alert, patch, person, now());
        return { state: evolve(state, { type: 'AlertUpdated', alert: handled }), alerts: [handled] };
      },
      dependencies,
    );
    const [handled] = change?.alerts ?? [];
    if (!handled) throw new Error('The change of an alert wrote no alert.');
    c.get('note')({
      what: `Handled the alert ${alertId}.`,
      changes: changesBetween(before && handlingOf(before), handlingOf(handled), (field) => field === 'note'),
      callId,
    });
    return c.json(handled, 200);
  });
}

/** What people do with an alert, as far as its audit shows it: a note is about a customer. */
function handlingOf({ state, handling }: Alert) {
  return { state, assignee: handling?.assignee?.name, verdict: handling?.verdict, note: handling?.note };
}
