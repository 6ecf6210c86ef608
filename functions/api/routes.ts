import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { callIdSchema } from '#core/ids.ts';
import { activeCallsSchema, callDetailSchema, ticketSchema } from '#core/views.ts';
import { problemResponse } from './problem.ts';

const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

const forbidden = problemResponse('The token’s owner has no role here');

export const callsRoute = createRoute({
  method: 'get',
  path: '/calls',
  summary: 'The live calls and the relays’ last reports',
  responses: { 200: json('Live calls, the newest first', activeCallsSchema), 403: forbidden },
});

export const callRoute = createRoute({
  method: 'get',
  path: '/calls/{callId}',
  summary: 'One call with its transcript and alerts',
  request: { params: z.object({ callId: callIdSchema }) },
  responses: {
    200: json('The call', callDetailSchema),
    400: problemResponse('The callId is malformed'),
    403: forbidden,
    404: problemResponse('No such call is stored'),
  },
});

export const ticketRoute = createRoute({
  method: 'post',
  path: '/tickets',
  summary: 'A ticket that opens one WebSocket within 30 s: append `?ticket=` to its url',
  responses: { 201: json('The ticket', ticketSchema), 403: forbidden },
});
