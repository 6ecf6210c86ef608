import { z } from 'zod';
import { isSwapped } from '#core/call/sides.ts';
import { sidesSchema } from '#core/contracts/http/sides.ts';
import { callIdSchema } from '#core/ids.ts';
import type { Api } from './api.ts';
import { visibleState } from './calls.ts';
import { commandRelay } from './command-relay.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const route = auditedRoute(
  { kind: 'sides' },
  {
    method: 'put',
    path: '/calls/{callId}/sides',
    summary: 'Says whether who is taken for the agent of a live call is its caller',
    request: {
      params: z.object({ callId: callIdSchema }),
      body: { required: true, content: { 'application/json': { schema: sidesSchema } } },
    },
    responses: {
      202: { description: 'The relay was asked; the call says so when it has done it' },
      409: problemResponse('The call is over, or its relay cannot be reached'),
      ...refusals,
      ...notFound,
    },
  },
);

/** Who is who on a call, by a person who listens. */
export function addSidesRoute(app: Api, dependencies: ApiDependencies): void {
  app.openapi(route, async (c) => {
    const { callId } = c.req.valid('param');
    const wanted = c.req.valid('json').isSwapped;
    const call = await visibleState(callId, c.get('me').restriction, dependencies.calls);
    if (call.status !== 'live') throw new ProblemError(409, 'The call is over: its sides stay as they are.');
    await commandRelay(call.relayId, { type: 'sides', callId, isSwapped: wanted }, dependencies);
    const isNew = isSwapped(call.metadata) !== wanted;
    c.get('note')(...(isNew ? [{ what: 'Swapped the sides of a call.', callId }] : []));
    return c.body(null, 202);
  });
}
