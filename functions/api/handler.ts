import { randomBytes } from 'node:crypto';
import { CallTable } from '../adapters/call-table.ts';
import { RelayTable } from '../adapters/relay-table.ts';
import { openTable } from '../adapters/table.ts';
import { Viewers } from '../adapters/viewers.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { createApp } from './app.ts';
import { lambdaOf } from './lambda.ts';

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'WEBSOCKET_URL');
const table = openTable(env.TABLE_NAME);
const app = createApp({
  calls: new CallTable(table, env.RETENTION_DAYS),
  relays: new RelayTable(table),
  viewers: new Viewers(table),
  webSocketUrl: env.WEBSOCKET_URL,
  now: Date.now,
  newTicket: () => randomBytes(24).toString('base64url'),
  onError: (error) => {
    log.error('request failed', { error });
  },
});

/** Answers a request of API Gateway. */
export const handler = lambdaOf(app);
