import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { callIdSchema } from '#core/ids.ts';
import { maySee } from '#core/access.ts';
import type { Restriction } from '#core/people.ts';
import { activeCallsSchema, callDetailSchema } from '#core/contracts/http/calls.ts';
import { summaryOf } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import type { StoredCall } from '../adapters/call-table.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';
import { json, notFound, refusals } from './response.ts';

const callsRoute = createRoute({
  method: 'get',
  path: '/calls',
  summary: 'The live calls and the relays’ last reports',
  responses: { 200: json('Live calls, the newest first', activeCallsSchema), ...refusals },
});

const callRoute = createRoute({
  method: 'get',
  path: '/calls/{callId}',
  summary: 'One call with its transcript, its alerts and its monitors',
  request: { params: z.object({ callId: callIdSchema }) },
  responses: { 200: json('The call', callDetailSchema), ...refusals, ...notFound },
});

/** Live calls, and one call in detail. */
export function addCallRoutes(app: Api, { calls, relays }: ApiDependencies): void {
  app.openapi(callsRoute, async (c) => {
    const { restriction } = c.get('me');
    const [live, reports] = await Promise.all([calls.active(), relays.all()]);
    const visible = live.filter(({ metadata }) => maySee(restriction, metadata));
    return c.json({ calls: visible.map(summaryOf), relays: restriction ? only(reports, visible) : reports }, 200);
  });

  app.openapi(callRoute, async (c) => {
    const { state, ...words } = await visibleCall(c.req.valid('param').callId, c.get('me').restriction, calls);
    return c.json({ call: summaryOf(state), ...words }, 200);
  });
}

/**
 * Loads a call that a person may see.
 * @throws ProblemError 404 for any other, so that its existence is not revealed
 */
export async function visibleCall(
  callId: string,
  restriction: Restriction | undefined,
  calls: Pick<ApiDependencies['calls'], 'detail'>,
): Promise<StoredCall> {
  const found = await calls.detail(callId);
  if (!found || !maySee(restriction, found.state.metadata)) {
    throw new ProblemError(404, 'No such call is stored.', 'callId');
  }
  return found;
}

/** The relays’ reports, reduced to these calls. */
function only(reports: readonly RelayReport[], visible: readonly { callId: string }[]): RelayReport[] {
  const ids = new Set(visible.map(({ callId }) => callId));
  return reports.map((report) => ({ ...report, calls: report.calls.filter(({ callId }) => ids.has(callId)) }));
}
