import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { cloudVersionOf } from '#core/contracts/version.ts';
import { handle } from 'hono/aws-lambda';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { version } from '../../package.json';
import { AgentListTable } from '../adapters/agent-list-table.ts';
import { AlertTable } from '../adapters/alert-table.ts';
import { AuditTable } from '../adapters/audit-table.ts';
import { CallerTable } from '../adapters/caller-table.ts';
import { CallTable } from '../adapters/call-table.ts';
import { HeldNoticeTable } from '../adapters/held-notice-table.ts';
import { HistoryTable } from '../adapters/history-table.ts';
import { Monitors } from '../adapters/monitors.ts';
import { PipelineTable } from '../adapters/pipeline-table.ts';
import { RecapTable } from '../adapters/recap-table.ts';
import { RelayConnections, sendToRelay } from '../adapters/relay-connections.ts';
import { RelayTable } from '../adapters/relay-table.ts';
import { RuleTable } from '../adapters/rule-table.ts';
import { secretReader } from '../adapters/secret-reader.ts';
import { SettingsTable } from '../adapters/settings-table.ts';
import { openTable } from '../adapters/table.ts';
import { Tickets } from '../adapters/tickets.ts';
import { openPeople } from '../adapters/user-pool.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { openModel } from '../recap/models/registry.ts';
import { log } from '../telemetry.ts';
import { createApp } from './app.ts';

const PAUSE_STEP_MS = 20;
const POST_TIMEOUT_MS = 2000;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'WEBSOCKET_URL', 'CALLBACK_URL', 'STAGE', 'USER_POOL_ID', 'RECAP');
const table = openTable(env.TABLE_NAME);
const relayDependencies = {
  relayConnections: new RelayConnections(table),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
};
let model: ReturnType<typeof openModel> | undefined;
const app = createApp({
  calls: new CallTable(table, env.RETENTION_DAYS),
  alerts: new AlertTable(table),
  history: new HistoryTable(table),
  rules: new RuleTable(table),
  relays: new RelayTable(table),
  agentLists: new AgentListTable(table),
  pipeline: new PipelineTable(table),
  people: openPeople(table, env.USER_POOL_ID),
  tickets: new Tickets(table),
  callers: new CallerTable(table, env.RETENTION_DAYS),
  recaps: new RecapTable(table, env.RETENTION_DAYS),
  model: async () => (model ??= openModel(env.RECAP, { secret: secretReader(new SecretsManagerClient()) })),
  monitors: new Monitors(table, env.RETENTION_DAYS),
  settings: new SettingsTable(table),
  audit: new AuditTable(table),
  heldNotices: new HeldNoticeTable(table),
  sendToRelay: async (relayId, command) => sendToRelay(relayId, command, relayDependencies),
  stage: env.STAGE,
  cloud: cloudVersionOf(version),
  webSocketUrl: env.WEBSOCKET_URL,
  now: Date.now,
  pause: async (attempt) => sleep(Math.random() * PAUSE_STEP_MS * attempt),
  newRequestId: randomUUID,
  newTicket: () => randomBytes(24).toString('base64url'),
  onError: (error) => {
    log.error('request failed', { error });
  },
});

/** Handles a request of API Gateway. */
export const handler = handle(app);
