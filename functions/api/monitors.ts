import { z } from 'zod';
import { MONITOR_TIMEOUT_MS, monitorSchema, type Monitor, type MonitorMode } from '#core/monitor.ts';
import { monitorRequestSchema } from '#core/contracts/http/monitors.ts';
import { callIdSchema } from '#core/ids.ts';
import type { Settings } from '#core/settings.ts';
import type { Api } from './api.ts';
import { visibleState } from './calls.ts';
import type { Telephone } from './claims.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { json, notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const route = auditedRoute(
  { kind: 'joining' },
  {
    method: 'post',
    path: '/calls/{callId}/monitors',
    summary: 'Rings your own telephone, to listen to a live call, whisper to its agent, or barge in',
    request: {
      params: z.object({ callId: callIdSchema }),
      body: { required: true, content: { 'application/json': { schema: monitorRequestSchema } } },
    },
    responses: {
      202: json('The request; its outcome is pushed to the call’s viewers', monitorSchema),
      409: problemResponse('The call is over, or your telephone is unknown'),
      ...refusals,
      ...notFound,
    },
  },
);

/** Requests of supervisors to join a call. */
export function addMonitorRoute(
  app: Api,
  { calls, monitors, settings, sendToRelay, now, newRequestId }: ApiDependencies,
): void {
  app.openapi(route, async (c) => {
    const { callId } = c.req.valid('param');
    const { mode } = c.req.valid('json');
    const { person, restriction } = c.get('me');
    const call = await visibleState(callId, restriction, calls);
    if (call.status !== 'live') throw new ProblemError(409, 'The call is over: nobody can join it any more.');
    const extension = extensionOf(c.get('telephone'), await settings.load());

    const former = await monitors.ofCall(callId);
    const waiting = former.find(
      ({ by, mode: formerMode, outcome, requestedAt }) =>
        by.sub === person.sub &&
        formerMode === mode &&
        outcome === 'requested' &&
        now() - requestedAt < MONITOR_TIMEOUT_MS,
    );
    // A repeated request does not ring the telephone again.
    c.get('note')(...(waiting ? [] : [{ what: deeds[mode], callId }]));
    if (waiting) return c.json(waiting, 202);

    const requestId = newRequestId();
    const monitor: Monitor = {
      requestId,
      callId,
      mode,
      by: person,
      extension,
      requestedAt: now(),
      outcome: 'requested',
    };
    await monitors.put(monitor);
    const delivery = await sendToRelay(call.relayId, { type: 'monitor', requestId, callId, mode, extension });
    if (delivery !== 'gone') return c.json(monitor, 202);
    return c.json((await monitors.settle(monitor, 'relay-offline', now())) ?? monitor, 202);
  });
}

const deeds: Record<MonitorMode, string> = {
  listen: 'Listened to a call.',
  whisper: 'Whispered to the agent of a call.',
  barge: 'Barged into a call.',
};

/**
 * A person's extension: from the user pool, or as entered by an admin.
 * @throws ProblemError 409 that explains what to do if neither is known
 */
function extensionOf({ extension, email }: Telephone, { extensions }: Settings): string {
  const known = extension ?? extensions.find((entry) => entry.email === email)?.extension;
  if (known !== undefined) return known;
  throw new ProblemError(
    409,
    email === undefined
      ? 'Earshot knows neither your telephone nor a verified e-mail address of yours. Ask an administrator to set your attribute custom:extension in the user pool, and sign in anew.'
      : `Earshot does not know your telephone. Ask an administrator to enter the extension of ${email} under Settings.`,
  );
}
