import type { EventBridgeEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  callDescribedSchema,
  callEndedSchema,
  callStartedSchema,
  utteranceTranscribedSchema,
} from '#core/call/events.ts';
import { requirePlausible } from '#core/call/plausible.ts';
import { z } from 'zod';
import { CallTable } from '../adapters/call-table.ts';
import { cachedRules, RuleTable } from '../adapters/rule-table.ts';
import { openSentiment } from '../adapters/sentiment.ts';
import { openTable } from '../adapters/table.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { ingest, type IngestDependencies } from './ingest.ts';

const RULES_MAX_AGE_MS = 10_000;
const PAUSE_STEP_MS = 20;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'SENTIMENT');
const table = openTable(env.TABLE_NAME);
const sentiment = await openSentiment(env.SENTIMENT);
const dependencies: IngestDependencies = {
  calls: new CallTable(table, env.RETENTION_DAYS),
  rules: cachedRules(new RuleTable(table), RULES_MAX_AGE_MS, Date.now),
  score: (text) => sentiment.score(text),
  now: Date.now,
  pause: (attempt) => sleep(Math.random() * PAUSE_STEP_MS * attempt),
};

const detailSchema = z.discriminatedUnion('type', [
  callStartedSchema,
  callDescribedSchema,
  utteranceTranscribedSchema,
  callEndedSchema,
]);

/**
 * Ingests a relay's event about one call from the bus.
 * @throws ZodError or ImplausibleEventError for an event that cannot be of a call; it goes to the dead-letter queue
 */
export async function handler({ detail, time }: EventBridgeEvent<string, unknown>): Promise<void> {
  const event = detailSchema.parse(detail);
  requirePlausible(event, Date.parse(time));
  const alerts = await ingest(event, dependencies);
  const { type, callId } = event;
  // At level debug: a line for each utterance would cost half as much as its row in the table.
  log.debug('event ingested', { type, callId, seq: type === 'UtteranceTranscribed' ? event.seq : undefined });
  if (alerts.length > 0) log.info('alerts raised', { callId, alertIds: alerts.map(({ alertId }) => alertId) });
}
