import { z } from 'zod';
import { callIdSchema } from '#core/ids.ts';
import { isCurrent, recapSchema, type Recap } from '#core/recap/recap.ts';
import { writeRecap } from '../recap/write-recap.ts';
import type { Api } from './api.ts';
import { visibleState } from './calls.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';
import { json, notFound, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const recapRoute = auditedRoute(
  { kind: 'reading' },
  {
    method: 'get',
    path: '/calls/{callId}/recap',
    summary: 'What happened so far in a live call, or the summary of one that is over',
    request: { params: z.object({ callId: callIdSchema }) },
    responses: { 200: json('Sentences, each with the lines that it rests on', recapSchema), ...refusals, ...notFound },
  },
);

/** Somebody waits for it, and the API's own limit is 30 s. */
const MODEL_TIMEOUT_MS = 15_000;

/** Catch-ups and summaries. A catch-up is written when it is asked for, and serves for some lines more. */
export function addRecapRoutes(app: Api, dependencies: ApiDependencies): void {
  app.openapi(recapRoute, async (c) => {
    const { callId } = c.req.valid('param');
    const state = await visibleState(callId, c.get('me').restriction, dependencies.calls);
    const isFinal = state.status !== 'live';
    c.get('note')(...(isFinal ? [{ what: 'Read the summary of a past call.', callId }] : []));
    const stored = await dependencies.recaps.load(callId, { isFinal });
    const lastSeq = state.lastUtterance?.seq ?? 0;
    const recap = stored && isCurrent(stored, lastSeq) ? stored : await newRecap(callId, dependencies);
    if (!recap) throw new ProblemError(404, 'Nothing was said in this call yet.', 'callId');
    return c.json(recap, 200);
  });
}

async function newRecap(callId: string, dependencies: ApiDependencies): Promise<Recap | undefined> {
  const call = await dependencies.calls.detail(callId);
  if (!call) return undefined;
  const isLive = call.state.status === 'live';
  const { model, pause, now } = dependencies;
  const recap = await writeRecap(call, {
    // That of a call that is over is written once, when the bus says so: until then the extract serves.
    model: isLive ? await model() : undefined,
    timeoutMs: MODEL_TIMEOUT_MS,
    now,
    pause,
  });
  // One that lacks lines which are still on their way serves this reader alone.
  if (recap && isLive && recap.lastSeq < call.state.nextSeq) await dependencies.recaps.putCatchUp(call.state, recap);
  return recap;
}
