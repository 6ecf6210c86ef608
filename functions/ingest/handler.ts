import type { EventBridgeEvent } from 'aws-lambda';
import { scoreIn } from '#core/sentiment/engine.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  callDescribedSchema,
  callEndedSchema,
  callStartedSchema,
  utteranceTranscribedSchema,
} from '#core/call/events.ts';
import { UTTERANCE_CONFLICT } from '#core/contracts/counted-logs.ts';
import { requirePlausible } from '#core/call/plausible.ts';
import { requireSender } from '#core/contracts/relay-identity.ts';
import { z } from 'zod';
import { CallTable } from '../adapters/call-table.ts';
import { cachedRules, RuleTable } from '../adapters/rule-table.ts';
import { openSentiment } from '../adapters/sentiment.ts';
import { openTable } from '../adapters/table.ts';
import { readEnv } from '../env.ts';
import { dropIfRefused } from '../refused-events.ts';
import { log } from '../telemetry.ts';
import { ingest, type IngestDependencies, type RelayCallEvent } from './ingest.ts';

const RULES_MAX_AGE_MS = 10_000;
const PAUSE_STEP_MS = 20;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'SENTIMENT');
const table = openTable(env.TABLE_NAME);
const sentiment = await openSentiment(env.SENTIMENT);
const dependencies: IngestDependencies = {
  calls: new CallTable(table, env.RETENTION_DAYS),
  rules: cachedRules(new RuleTable(table), RULES_MAX_AGE_MS, Date.now),
  score: async (text, tag) => scoreIn(sentiment, text, tag),
  now: Date.now,
  onConflict: ({ relayId, callId, seq }) => {
    log.error(UTTERANCE_CONFLICT, { relayId, callId, seq });
  },
  pause: (attempt) => sleep(Math.random() * PAUSE_STEP_MS * attempt),
};

const detailSchema = z.discriminatedUnion('type', [
  callStartedSchema,
  callDescribedSchema,
  utteranceTranscribedSchema,
  callEndedSchema,
]);

/**
 * Ingests a relay's event about one call from the bus. One that does not come from the call's relay is counted and
 * dropped.
 * @throws ZodError or ImplausibleEventError for an event that cannot be of a call; it goes to the dead-letter queue
 */
export async function handler({ source, detail, time }: EventBridgeEvent<string, unknown>): Promise<void> {
  const event = detailSchema.parse(detail);
  await dropIfRefused(source, event, async () => {
    requireSender(source, event);
    requirePlausible(event, Date.parse(time));
    await ingestEvent(event);
  });
}

async function ingestEvent(event: RelayCallEvent): Promise<void> {
  const alerts = await ingest(event, dependencies);
  const { type, callId } = event;
  // At level debug: a line for each utterance would cost half as much as its row in the table.
  log.debug('event ingested', { type, callId, seq: type === 'UtteranceTranscribed' ? event.seq : undefined });
  if (alerts.length > 0) log.info('alerts raised', { callId, alertIds: alerts.map(({ alertId }) => alertId) });
}
