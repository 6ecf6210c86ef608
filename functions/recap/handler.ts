import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EventBridgeEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { callCompletedSchema } from '#core/contracts/events.ts';
import { CallTable } from '../adapters/call-table.ts';
import { CallerTable } from '../adapters/caller-table.ts';
import { EventBus } from '../adapters/event-bus.ts';
import { RecapTable } from '../adapters/recap-table.ts';
import { secretReader } from '../adapters/secret-reader.ts';
import { openTable } from '../adapters/table.ts';
import { readEnv } from '../env.ts';
import { openModel } from './models/registry.ts';
import { recapCall } from './recap-call.ts';

/** Nobody waits for it. */
const MODEL_TIMEOUT_MS = 45_000;
const PAUSE_STEP_MS = 1_000;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'BUS_NAME', 'RECAP');
const table = openTable(env.TABLE_NAME);
const model = openModel(env.RECAP, { secret: secretReader(new SecretsManagerClient()) });
const dependencies = {
  calls: new CallTable(table, env.RETENTION_DAYS),
  callers: new CallerTable(table, env.RETENTION_DAYS),
  recaps: new RecapTable(table, env.RETENTION_DAYS),
  bus: new EventBus(env.BUS_NAME),
  now: Date.now,
  pause: async (attempt: number) => sleep(PAUSE_STEP_MS * attempt),
  timeoutMs: MODEL_TIMEOUT_MS,
};

/** Writes the recap of a call that is over. */
export async function recapCompleted({ detail }: EventBridgeEvent<'CallCompleted', unknown>): Promise<void> {
  await recapCall(callCompletedSchema.parse(detail), { ...dependencies, model: await model });
}
