import { z } from 'zod';
import { correctedLanguageSchema } from '#core/contracts/http/language.ts';
import { callIdSchema } from '#core/ids.ts';
import type { Api } from './api.ts';
import { visibleState } from './calls.ts';
import { commandRelay } from './command-relay.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const route = auditedRoute(
  { kind: 'language' },
  {
    method: 'put',
    path: '/calls/{callId}/language',
    summary: 'Says what language is spoken on a live call from now on',
    request: {
      params: z.object({ callId: callIdSchema }),
      body: { required: true, content: { 'application/json': { schema: correctedLanguageSchema } } },
    },
    responses: {
      202: { description: 'The relay was asked; the call says so when it has done it' },
      409: problemResponse('The call is over, or its relay cannot be reached'),
      ...refusals,
      ...notFound,
    },
  },
);

/** What is spoken on a call, by a person who listens. */
export function addLanguageRoute(app: Api, dependencies: ApiDependencies): void {
  app.openapi(route, async (c) => {
    const { callId } = c.req.valid('param');
    const { tag } = c.req.valid('json');
    const call = await visibleState(callId, c.get('me').restriction, dependencies.calls);
    if (call.status !== 'live') throw new ProblemError(409, 'The call is over: its language stays as it is.');
    await commandRelay(call.relayId, { type: 'language', callId, tag }, dependencies);
    const { language } = call.metadata;
    const isNew = language?.tag !== tag || language.from !== 'person';
    c.get('note')(...(isNew ? [{ what: `Set the language of a call to ${tag}.`, callId }] : []));
    return c.body(null, 202);
  });
}
