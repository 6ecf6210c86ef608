import { z } from 'zod';
import { relayIdSchema } from '#core/contracts/relay-identity.ts';
import { trunkAnswerSchema } from '#core/trunks.ts';
import { requireAdmin, type Api } from './api.ts';
import { commandRelay } from './command-relay.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problemResponse } from './problem.ts';
import { refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const route = auditedRoute(
  { kind: 'settings' },
  {
    method: 'put',
    path: '/relays/{relayId}/trunks',
    summary: 'Answers whether channels of a PBX lead outside (admins)',
    request: {
      params: z.object({ relayId: relayIdSchema }),
      body: { required: true, content: { 'application/json': { schema: trunkAnswerSchema } } },
    },
    responses: {
      202: { description: 'The relay was asked, keeps the answer, and stops asking' },
      409: problemResponse('The relay cannot be reached'),
      ...refusals,
    },
  },
);

/** An admin's answers to what relays ask about trunks. */
export function addTrunkRoute(app: Api, dependencies: ApiDependencies): void {
  app.openapi(route, async (c) => {
    requireAdmin(c);
    const { relayId } = c.req.valid('param');
    const answer = c.req.valid('json');
    await commandRelay(relayId, { type: 'trunk', ...answer }, dependencies);
    const { prefix, leadsOutside } = answer;
    c.get('note')({ what: `Relay ${relayId}: channels ${prefix} ${leadsOutside ? 'lead' : 'do not lead'} outside.` });
    return c.body(null, 202);
  });
}
