import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { MONITOR_TIMEOUT_MS, monitorSchema, type Monitor } from '#core/monitor.ts';
import { monitorRequestSchema } from '#core/contracts/http/monitors.ts';
import { callIdSchema } from '#core/ids.ts';
import { maySee } from '#core/access.ts';
import type { Settings } from '#core/settings.ts';
import type { Api } from './api.ts';
import type { Telephone } from './claims.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { json, notFound, refusals } from './response.ts';

const route = createRoute({
  method: 'post',
  path: '/calls/{callId}/monitors',
  summary: 'Has your own telephone rung, to listen to a live call, whisper to its agent, or barge in',
  request: {
    params: z.object({ callId: callIdSchema }),
    body: { required: true, content: { 'application/json': { schema: monitorRequestSchema } } },
  },
  responses: {
    202: json('The request; what becomes of it is told to the call’s viewers', monitorSchema),
    409: problemResponse('The call is over, or your telephone is not known'),
    ...refusals,
    ...notFound,
  },
});

/** Supervisors on the line. */
export function addMonitorRoute(
  app: Api,
  { calls, monitors, settings, sendToRelay, now, newRequestId }: ApiDependencies,
): void {
  app.openapi(route, async (c) => {
    const { callId } = c.req.valid('param');
    const { mode } = c.req.valid('json');
    const { person, restriction } = c.get('me');
    const call = await calls.load(callId);
    if (!call || !maySee(restriction, call.metadata)) {
      throw new ProblemError(404, 'No such call is stored.', 'callId');
    }
    if (call.status !== 'live') throw new ProblemError(409, 'The call is over: nobody can join it any more.');
    const extension = extensionOf(c.get('telephone'), await settings.load());

    const former = await monitors.ofCall(callId);
    const waiting = former.find(
      (monitor) =>
        monitor.by.sub === person.sub &&
        monitor.mode === mode &&
        monitor.outcome === 'requested' &&
        now() - monitor.requestedAt < MONITOR_TIMEOUT_MS,
    );
    // Asked twice, a telephone rings once.
    if (waiting) return c.json(waiting, 202);

    const requestId = newRequestId();
    const asked: Monitor = {
      requestId,
      callId,
      mode,
      by: person,
      extension,
      requestedAt: now(),
      outcome: 'requested',
    };
    await monitors.put(asked);
    const delivery = await sendToRelay(call.relayId, { type: 'monitor', requestId, callId, mode, extension });
    if (delivery !== 'gone') return c.json(asked, 202);
    return c.json((await monitors.settle(asked, 'relay-offline', now())) ?? asked, 202);
  });
}

/**
 * The extension of whoever asks: as the user pool has it, or as an admin entered it.
 * @throws ProblemError 409 saying what to do, where neither is known
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
