import { systemSchema, type SystemStatus } from '#core/contracts/http/system.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

/** Live calls whose newest utterances are sampled for the lag. */
const SAMPLED_CALLS = 20;

const systemRoute = auditedRoute(
  { nothing: 'health without words' },
  {
    method: 'get',
    path: '/system',
    summary: 'The health of the relays and of the pipeline',
    responses: { 200: json('As of now', systemSchema), ...refusals },
  },
);

/** The health of the system. */
export function addSystemRoute(app: Api, { calls, relays, pipeline, stage, cloud }: ApiDependencies): void {
  app.openapi(systemRoute, async (c) => {
    const [live, reports, found] = await Promise.all([calls.active(), relays.all(), pipeline.load()]);
    const lag = lagOf(await calls.newestUtterances(live.slice(0, SAMPLED_CALLS).map(({ callId }) => callId)));
    const status: SystemStatus = {
      stage,
      cloud,
      // Everybody may see the relays’ health, but not which calls and queues there are.
      relays: c.get('me').restriction ? reports.map(({ queues: _, ...report }) => ({ ...report, calls: [] })) : reports,
      liveCalls: live.length,
      ...(lag && { lag }),
      ...(found && { pipeline: found }),
    };
    return c.json(status, 200);
  });
}

/** The lag from the last word to the table, over some utterances; undefined for none. */
export function lagOf(utterances: readonly ScoredUtterance[]): SystemStatus['lag'] {
  if (utterances.length === 0) return undefined;
  const lags = utterances.map(({ spokenAt, ingestedAt }) => Math.max(0, ingestedAt - spokenAt)).sort((a, b) => a - b);
  const at = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0;
  return {
    utterances: lags.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    newestAt: Math.max(...utterances.map(({ ingestedAt }) => ingestedAt)),
  };
}
